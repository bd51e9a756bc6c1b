// supervisord with uWSGI, Celery and a script, all of them root; nginx in front, redis behind.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { describe } from 'node:test';
import { engineTest } from '../helpers/engine.ts';
import { closedLoop, makeRepository } from '../helpers/loop.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

/** The redis without a password is another test's. */
const RISKS = ['uwsgi-root', 'socket-mode', 'supervisor-root-program', 'celery-root-worker', 'supervisor-open-control', 'sudoers-wildcard'];

const CTL = ['supervisorctl', '-c', '/board/supervisord.conf'];

const uids = (project: Project, word: string): number[] => [...new Set(project.processes('app').filter((p) => p.args.join(' ').includes(word)).map((p) => p.uid))];

/** The real supervisorctl in the container, as somebody. */
const asks = async (project: Project, user: string, ...words: string[]): Promise<string> => {
  const { stdout, stderr } = await project.exec('app', [...CTL, ...words], { user });
  return stdout + stderr;
};

/** A notice that a reader posts is written by the app and announced by the worker. */
async function works(project: Project): Promise<void> {
  const before = (await project.logs('app')).length;
  const told = await project.post(`${project.url}notices`, 'Boat for sale', 'text/plain');
  assert.equal(told.status, 201);
  for (let i = 0; i < 60; i++) {
    if ((await project.exec('app', [...CTL, 'tail', '-4000', 'worker', 'stderr'])).stdout.includes('succeeded') || (await project.logs('app')).slice(before).includes('notice:')) return;
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
  assert.fail('the worker announced nothing');
}

void describe('uwsgi-stack', () => {
  engineTest('uwsgi-stack, from scan to undo', (t) =>
    withScenario(t, 'uwsgi-stack', { before: ({ root }) => makeRepository('here', root) }, async (project) => {
      await t.test('as it is, all of it is root, and a stranger commands it', async () => {
        for (const word of ['uwsgi.ini', 'celery', 'counter.py']) assert.deepEqual(uids(project, word), [0], word);
        assert.match(await asks(project, '65534:65534', 'restart', 'counter'), /counter: started/);
        await works(project);
      });

      await closedLoop(t, project, {
        repository: 'here',
        words: RISKS.flatMap((risk) => ['--risk', risk]),
        facts: async () => {
          for (const word of ['uwsgi.ini', 'celery', 'counter.py']) assert.deepEqual(uids(project, word), [10001], word);
          const [first] = project.processes('app');
          assert.equal(first?.uid, 0, 'supervisord itself has to stay root');
          assert.equal((statSync(`/proc/${first!.pid}/root/run/board/board.sock`).mode & 0o777).toString(8), '660');
          assert.match(await asks(project, '65534:65534', 'status'), /Permission denied/);
          assert.match(await asks(project, '0', 'status'), /counter\s+RUNNING/);
          await works(project);
        },
        back: async () => assert.deepEqual(uids(project, 'counter.py'), [0]),
      });
    }), { timeout: 15 * 60_000 });
});
