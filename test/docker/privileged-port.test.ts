// gunicorn as root for the sake of port 443.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { engineTest, longTest } from '../helpers/engine.ts';
import { closedLoop, fixHolds, makeRepository } from '../helpers/loop.ts';
import { listening } from '../helpers/processes.ts';
import { get, until } from '../helpers/requests.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

/** Not root, listening where it should, the same answer from outside, and the health check agrees. */
async function serves(project: Project, port: number): Promise<void> {
  const seen = project.processes('server').filter((p) => /gunicorn/.test(p.args.join(' ')));
  assert.ok(seen.length >= 3, `${seen.length} processes`);
  assert.ok(seen.every((p) => p.uid !== 0), JSON.stringify(seen.map((p) => p.uid)));
  assert.deepEqual(listening(seen[0]!.pid), [port]);
  const answer = await get(project.url);
  assert.deepEqual([answer.status, JSON.parse(answer.text)], [200, { policies: ['badges', 'doors'] }]);
  await until('the health check says healthy', () => project.container('server')['State'].Health.Status === 'healthy');
}

const publishes = (project: Project): string[] => Object.keys(project.container('server')['HostConfig'].PortBindings);

// Together: they mostly wait.
void describe('privileged-port', { concurrency: true }, () => {
  engineTest('privileged-port, from scan to undo', (t) =>
    withScenario(t, 'privileged-port', { before: ({ root }) => makeRepository('none', root) }, async (project) => {
      await closedLoop(t, project, {
        repository: 'none',
        facts: async () => {
          await serves(project, 8443);
          assert.ok(project.processes('server').every((p) => p.caps === 0n));
          assert.deepEqual(publishes(project), ['8443/tcp']);
        },
      });

      await fixHolds(t, project, {
        repository: 'none',
        words: ['--fix', 'root-container=compose-user'],
        facts: async () => {
          await serves(project, 8443);
          assert.match(project.container('server')['Config'].User, /^10001:10001$/);
        },
      });
    }));

  longTest('privileged-port, the port kept', (t) =>
    withScenario(t, 'privileged-port', {}, async (project) => {
      await fixHolds(t, project, {
        repository: 'none',
        words: ['--fix', 'privileged-port=keep-port'],
        facts: async () => {
          await serves(project, 443);
          assert.deepEqual(publishes(project), ['443/tcp']);
        },
      });
    }));

  longTest('privileged-port, a capability on the file', (t) =>
    withScenario(t, 'privileged-port', {}, async (project) => {
      await fixHolds(t, project, {
        repository: 'none',
        words: ['--fix', 'privileged-port=setcap'],
        facts: async () => {
          await serves(project, 443);
          const { stdout } = await project.exec('server', ['sh', '-c', 'getcap "$(readlink -f "$(which python3)")"']);
          assert.match(stdout, /cap_net_bind_service/);
        },
      });
    }));
});
