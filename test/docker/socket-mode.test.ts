// A uWSGI socket with mode 666 that nginx shares through a volume.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { describe } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { longTest } from '../helpers/engine.ts';
import { closedLoop, fixHolds, makeRepository } from '../helpers/loop.ts';
import { get } from '../helpers/requests.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

const SOCKET = '/run/desk/desk.sock';
const CONNECT = `import errno, socket, sys
try:
    socket.socket(socket.AF_UNIX).connect(sys.argv[1])
    print("OK")
except OSError as error:
    print(errno.errorcode[error.errno])`;

/** A real connect inside the container, as somebody. */
const connectsAs = async (project: Project, user: string): Promise<string> =>
  (await project.exec('app', ['python3', '-c', CONNECT, SOCKET], { user })).stdout.trim();

/** nginx's own number, from its worker. */
const nginx = (project: Project): { uid: number; gid: number } => {
  const worker = project.processes('proxy').find((p) => p.args.join(' ').includes('worker process'));
  assert.ok(worker && worker.uid !== 0);
  return worker;
};

async function closed(project: Project): Promise<void> {
  const { uid, gid } = nginx(project);
  for (const stranger of ['4242:4242', '65534:65534']) assert.equal(await connectsAs(project, stranger), 'EACCES', stranger);
  assert.equal(await connectsAs(project, `${uid}:${gid}`), 'OK');
  // Through the kernel, in the root of a process that lives there.
  const [first] = project.processes('app');
  const { mode } = statSync(`/proc/${first!.pid}/root${SOCKET}`);
  assert.equal(mode & 0o007, 0, `mode ${(mode & 0o777).toString(8)}`);
  const board = await get(project.url);
  assert.deepEqual([board.status, board.type], [200, 'text/html']);
  assert.match(board.text, /Ferry to the lighthouse/);
}

// Together: they mostly wait.
void describe('socket-mode', { concurrency: true }, () => {
  longTest('socket-mode, from scan to undo', (t) =>
    withScenario(t, 'socket-mode', { before: ({ root }) => makeRepository('above', root) }, async (project) => {
      await t.test('as it is, a stranger gets in', async () => assert.equal(await connectsAs(project, '4242:4242'), 'OK'));

      await closedLoop(t, project, {
        repository: 'above',
        facts: async () => {
          await closed(project);
          const [first] = project.processes('app');
          const { mode, uid } = statSync(`/proc/${first!.pid}/root${SOCKET}`);
          assert.deepEqual([(mode & 0o777).toString(8), uid], ['660', nginx(project).uid], 'not 660, or not owned by nginx');
        },
        back: async () => assert.equal(await connectsAs(project, '4242:4242'), 'OK'),
      });
    }));

  longTest('socket-mode, a folder of its own', (t) =>
    withScenario(t, 'socket-mode', {}, async (project) => {
      await fixHolds(t, project, {
        repository: 'none',
        words: ['--fix', 'socket-mode=private-directory'],
        facts: async () => {
          await closed(project);
          // The folder hides even the name from strangers.
          assert.notEqual((await project.exec('app', ['ls', '/run/desk'], { user: '4242:4242' })).code, 0);
        },
        back: async () => assert.equal(await connectsAs(project, '4242:4242'), 'OK'),
      });
    }));

  // uWSGI as root is chosen with it, as fix does: one way ends both.
  longTest('socket-mode, the app owns it', (t) =>
    withScenario(t, 'socket-mode', {}, async (project) => {
      await fixHolds(t, project, {
        repository: 'none',
        words: ['--fix', 'socket-mode=app-socket'],
        facts: async () => {
          await closed(project);
          const processes = project.processes('app');
          const ids = [...new Set(processes.map((p) => `${p.uid}:${p.gid}`))];
          assert.deepEqual(ids, [`10001:${nginx(project).gid}`], 'not all of it is the app, in the group of nginx');
          const { mode, uid, gid } = statSync(`/proc/${processes[0]!.pid}/root${SOCKET}`);
          assert.deepEqual([(mode & 0o777).toString(8), uid, gid], ['660', 10001, nginx(project).gid]);
          // What it costs: the owner may open it again. (Done on a file beside it, so that the proof stays true.)
          const again = await project.exec('app', ['sh', '-c', 'touch /run/desk/try && chmod 666 /run/desk/try && stat -c %a /run/desk/try; rm -f /run/desk/try']);
          assert.equal(again.stdout.trim(), '666');
          // It makes its socket anew by itself, with nobody's help.
          await project.compose('restart', 'app');
          for (let i = 0; i < 60 && (await get(project.url)).status !== 200; i++) await setTimeout(250);
          await closed(project);
        },
        back: async () => assert.equal(await connectsAs(project, '4242:4242'), 'OK'),
      });
    }));
});
