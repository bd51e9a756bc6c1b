// A policy server in the manner of OPAL: the port stands in a variable, far from the command that uses it.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { longTest } from '../helpers/engine.ts';
import { closedLoop, fixHolds, makeRepository } from '../helpers/loop.ts';
import { listening } from '../helpers/processes.ts';
import { until } from '../helpers/requests.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

/** Master and workers without root, on the port that is meant, and a new policy is stored. */
async function serves(project: Project, port: number): Promise<void> {
  const seen = project.processes('opal_server').filter((p) => /gunicorn/.test(p.args.join(' ')));
  assert.ok(seen.length >= 3, `${seen.length} processes`);
  assert.deepEqual([...new Set(seen.map((p) => p.uid === 0))], [false]);
  assert.deepEqual(listening(seen[0]!.pid), [port]);
  const stored = await project.post(`${project.url}policy/locker`, 'package locker');
  assert.equal(stored.status, 201, stored.text);
  await until('the health check says healthy', () => project.container('opal_server')['State'].Health.Status === 'healthy');
}

void describe('opal-443', { concurrency: true }, () => {
  longTest('opal-443, from scan to undo', (t) =>
    withScenario(t, 'opal-443', { before: ({ root }) => makeRepository('here', root) }, (project) =>
      closedLoop(t, project, {
        repository: 'here',
        left: ['broadcast'],
        facts: async () => {
          await serves(project, 8443);
          assert.ok(project.processes('opal_server').every((p) => p.caps === 0n));
        },
      })));

  longTest('opal-443, the low port kept inside', (t) =>
    withScenario(t, 'opal-443', {}, (project) =>
      fixHolds(t, project, { repository: 'none', words: ['--fix', 'privileged-port=keep-port'], left: ['broadcast'], facts: () => serves(project, 443) })));
});
