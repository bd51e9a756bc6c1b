// Five services, all of it at once: the diff and the verdicts are what the storyboard shows.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { json, pickled } from '../helpers/celery.ts';
import { engineTest } from '../helpers/engine.ts';
import { closedLoop, makeRepository } from '../helpers/loop.ts';
import { listening } from '../helpers/processes.ts';
import { get, until, untilItAnswers } from '../helpers/requests.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

/** Lines that go and come, file by file, in the order of the file. Context differs: Debian's packages stand in for pip. */
const EXPECTED: Record<string, string[]> = {
  Dockerfile: [
    '-EXPOSE 443',
    '-CMD ["gunicorn", "-b", "0.0.0.0:443", "--certfile", "/tls/dev.crt", \\',
    '+RUN groupadd -g 10001 app && useradd -u 10001 -g app -d /app app \\',
    '+    && mkdir -p media && chown app:app media',
    '+USER 10001:10001',
    '+EXPOSE 8443',
    '+CMD ["gunicorn", "-b", "0.0.0.0:8443", "--certfile", "/tls/dev.crt", \\',
  ],
  'compose.yaml': ['-      - "PORT:443"', '+      - "PORT:8443"', '-    environment:', '-      C_FORCE_ROOT: "1"'],
  'admin/uwsgi.ini': [
    '-chmod-socket = 666',
    '+uid = 10002',
    '+gid = 10002',
    '+; owner is nginx: an owner may change the mode, the app may not',
    '+chown-socket = 33:10002',
    '+chmod-socket = 660',
  ],
  'shop/tasks.py': [
    '-    task_serializer="pickle",',
    '-    result_serializer="pickle",',
    '-    accept_content=["pickle", "json"],',
    '+    task_serializer="json",',
    '+    result_serializer="json",',
    '+    accept_content=["json"],',
  ],
};

function changesOf(patch: string): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  for (const part of patch.split(/^(?=diff --git )/m).filter((p) => p.startsWith('diff'))) {
    const file = /^diff --git a\/(.*) b\//.exec(part)![1]!;
    files[file] = part.split('\n').filter((line) => /^[+-]/.test(line) && !/^(\+\+\+|---) /.test(line)).map((line) => line.trimEnd());
  }
  return files;
}

const SOCKET = '/run/admin/admin.sock';
const CONNECT = 'import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])';

async function send(project: Project, text: string): Promise<void> {
  assert.equal((await project.exec('redis', ['redis-cli', '-x', 'lpush', 'celery'], { input: text })).code, 0);
}

// What the storyboard mends; redis without a password and the open ports have tests of their own.
const STORY = ['pickle-serializer', 'root-container', 'socket-mode', 'uwsgi-root', 'privileged-port'].flatMap((risk) => ['--risk', risk]);

engineTest('shop, from scan to undo', (t) =>
  withScenario(t, 'shop', { before: ({ root }) => makeRepository('above', root) }, async (project) => {
    const files = async (): Promise<number> => (JSON.parse((await get(project.url)).text) as { files: number }).files;
    const ofMedia = async (): Promise<string> => (await project.exec('web', ['sh', '-c', 'find media -printf "%U:%G\\n" | sort | uniq -c'], { user: '0' })).stdout.trim().replace(/\s+/g, ' ');
    assert.equal(await files(), 23);

    await closedLoop(t, project, {
      repository: 'above',
      files: true,
      words: STORY,
      left: ['redis', 'proxy'],
      diff: (patch) => {
        const changes = changesOf(patch.replaceAll(`"127.0.0.1:${project.port('web')}:`, '"PORT:').replaceAll(`/${project.name}/`, '/'));
        assert.deepEqual(Object.keys(changes).sort(), Object.keys(EXPECTED).sort());
        for (const [file, lines] of Object.entries(EXPECTED)) assert.deepEqual(changes[file], lines, file);
      },
      facts: async ({ stdout, stderr }) => {
        const told = (stdout + stderr).replace(/\s+/g, ' ');
        for (const verdict of [
          /gone Celery takes pickle.* worker itself says: json, nothing else/,
          /gone web and worker run as root web: 10001, 2 processes, no capabilities; worker: 10001, 3 processes, no capabilities/,
          /gone uWSGI socket is open.* 660, 33:10002; stranger refused/,
          /gone uWSGI runs as root admin: 10002, 3 processes, no capabilities/,
          /gone web listens on port 443 as root.* 8443 inside/,
        ]) assert.match(told, verdict);

        // Its people go on as ever: what is fixed stays fixed, and undo does not mind.
        await project.compose('up', '-d', '--build');
        await untilItAnswers(project.scenario.answers);
        for (const service of ['web', 'worker', 'admin']) {
          const seen = await until(`${service} has its processes`, () => project.processes(service).length >= 2 && project.processes(service));
          assert.ok(seen.every((p) => p.uid !== 0 && p.caps === 0n), `${service}: ${JSON.stringify(seen.map((p) => [p.uid, p.caps.toString(16)]))}`);
        }
        assert.deepEqual(listening(project.processes('web')[0]!.pid), [8443]);
        assert.equal(await files(), 23);
        assert.equal(await ofMedia(), '24 10001:10001', 'the folder and its 23 files');

        const socket = statSync(`/proc/${project.processes('admin')[0]!.pid}/root${SOCKET}`);
        assert.deepEqual([(socket.mode & 0o777).toString(8), socket.uid, socket.gid], ['660', 33, 10002]);
        const stranger = await project.exec('admin', ['python3', '-c', CONNECT, SOCKET], { user: '4242:4242' });
        assert.match(stranger.stderr, /PermissionError/);

        await send(project, pickled().text);
        await until('the worker refuses a pickled message', async () => (await project.logs('worker')).includes('ContentDisallowed'));
        const message = json('shop.tasks.thumbnail', ['photo-01.bin']);
        await send(project, message.text);
        await until('a json message is done', async () => (await project.exec('redis', ['redis-cli', '-n', '1', 'get', `celery-task-meta-${message.id}`])).stdout.includes('thumb-photo-01.bin'));
      },
      back: async () => {
        // 23 files that were, and one uploaded in between, in a folder; what undo's own check uploads is root's anyway.
        assert.match(await ofMedia(), /^\d+ 0:0$/);
        assert.ok((await files()) >= 24, 'a photo that came in between is lost');
      },
    });
  }));
