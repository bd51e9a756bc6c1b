// Two gunicorns of a museum: workers as root under supervisord behind an open socket, and a root master whose configuration its workers may write.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { engineTest } from '../helpers/engine.ts';
import { closedLoop, fixHolds, makeRepository } from '../helpers/loop.ts';
import { get } from '../helpers/requests.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

const SOCKET = '/run/tickets/tickets.sock';
const CONNECT = `import errno, socket, sys
try:
    socket.socket(socket.AF_UNIX).connect(sys.argv[1])
    print("OK")
except OSError as error:
    print(errno.errorcode[error.errno])`;

const connectsAs = async (project: Project, user: string): Promise<string> => (await project.exec('tickets', ['python3', '-c', CONNECT, SOCKET], { user })).stdout.trim();

const gunicorns = (project: Project, service: string) => project.processes(service).filter((p) => p.args.some((w) => /(?:^|\/)gunicorn$/.test(w)));

/** Who the app is, told by its master and by all its workers. */
function identities(project: Project, service: string): { master: string; workers: readonly string[] } {
  const [first, ...rest] = gunicorns(project, service).map((p) => `${p.uid}:${p.gid}`);
  return { master: first ?? '', workers: rest };
}

async function socketIsNginxs(project: Project): Promise<void> {
  assert.equal(await connectsAs(project, '4242:4242'), 'EACCES', 'a stranger gets in');
  assert.equal(await connectsAs(project, '33:33'), 'OK', 'nginx does not get in');
  const [first] = gunicorns(project, 'tickets');
  assert.equal((statSync(`/proc/${first!.pid}/root${SOCKET}`).mode & 0o777).toString(8), '660');
}

const sold = async (project: Project): Promise<number> => (JSON.parse((await get(project.url)).text) as { sold: number }).sold;

/** As the workers of the board: one more line of Python for the root master. */
const boardMayWrite = async (project: Project, path: string): Promise<boolean> => (await project.exec('board', ['test', '-w', path], { user: '1700:1700' })).code === 0;

engineTest('gunicorn-root, from scan to undo', (t) =>
  withScenario(t, 'gunicorn-root', { before: ({ root }) => makeRepository('here', root) }, async (project) => {
    const back = async (): Promise<void> => {
      assert.deepEqual(identities(project, 'tickets'), { master: '0:0', workers: ['0:0', '0:0'] });
      assert.equal(await connectsAs(project, '4242:4242'), 'OK');
      assert.ok(await boardMayWrite(project, 'gunicorn.conf.py'));
      assert.ok((await sold(project)) >= 4, 'tickets that were sold meanwhile are lost');
    };
    await t.test('as it is, the workers are root, and a stranger and the board may write what they should not', async () => {
      assert.deepEqual(identities(project, 'board'), { master: '0:0', workers: ['1700:1700', '1700:1700'] });
      assert.equal(await connectsAs(project, '4242:4242'), 'OK');
      assert.ok(await boardMayWrite(project, 'gunicorn.conf.py'));
    });

    await closedLoop(t, project, {
      repository: 'here',
      facts: async () => {
        const { master, workers } = identities(project, 'tickets');
        assert.equal(master, '0:0', 'a root master is by design here');
        assert.deepEqual(workers, ['10001:33', '10001:33']);
        await socketIsNginxs(project);
        assert.ok((await sold(project)) >= 3, 'the old tickets are gone');
        for (const path of ['gunicorn.conf.py', '.']) assert.ok(!(await boardMayWrite(project, path)), `the board may still write ${path}`);
        assert.deepEqual(identities(project, 'board').workers, ['1700:1700', '1700:1700']);
      },
      back,
    });

    await fixHolds(t, project, {
      repository: 'here',
      words: ['--fix', 'gunicorn-root-workers=supervisor-user', '--fix', 'root-reads-writable-config=non-root-start'],
      facts: async () => {
        const { master, workers } = identities(project, 'tickets');
        assert.deepEqual([master, ...workers], ['10001:33', '10001:33', '10001:33'], 'nothing of gunicorn is root');
        const board = identities(project, 'board');
        assert.deepEqual([board.master, ...board.workers], ['1700:1700', '1700:1700', '1700:1700'], 'the board has a root master still');
        await socketIsNginxs(project);
        assert.ok((await sold(project)) >= 3, 'the old tickets are gone');
      },
      back,
    });
  }), { timeout: 10 * 60_000 });
