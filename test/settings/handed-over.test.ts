import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isRefusal } from '../../source/model/risk.ts';
import { handedTo } from '../../source/settings/handed-over.ts';
import { programsOf } from '../../source/settings/program.ts';
import { machineOf } from '../helpers/case.ts';

const FILES = {
  'compose.yaml': 'services:\n  app:\n    build: .\n    volumes: ["kept:/kept"]\nvolumes:\n  kept:\n',
  Dockerfile: 'FROM debian:bookworm-slim\nWORKDIR /app\nCOPY . .\nCMD ["supervisord", "-n", "-c", "/app/supervisord.conf"]\n',
  'supervisord.conf': '[program:poll]\ncommand=python3 /app/poll.py\n\n[program:send]\ncommand=python3 /app/send.py\n',
};

/** Whether the volume, which neither program's words name, is handed over with a program's user. */
async function handed(name: string, writes: readonly string[], more: Readonly<Record<string, string>> = {}, command = 'python3 /app/poll.py'): Promise<boolean> {
  const machine = await machineOf({ ...FILES, ...more, 'supervisord.conf': FILES['supervisord.conf'].replace('python3 /app/poll.py', command) }, {
    containers: [{
      service: 'app',
      mounts: [{ type: 'volume', source: 'case_kept', target: '/kept', readOnly: false, anonymous: false }],
      processes: [
        { pid: 1, uid: 0, argv: ['/usr/bin/supervisord', '-n', '-c', '/app/supervisord.conf'] },
        { pid: 7, ppid: 1, uid: 0, argv: command.split(' '), writes: writes.map((path) => ({ path, uid: 0 })) },
        { pid: 8, ppid: 1, uid: 0, argv: ['python3', '/app/send.py'] },
      ],
    }],
  });
  const program = programsOf(machine).find((p) => p.name === name)!;
  const given = handedTo(machine, program, { uid: 10001, gid: 10001 });
  return !isRefusal(given) && given.some((c) => c.kind === 'own-mount');
}

void it('a volume goes with the program that is seen writing there, though no word of it says so', async () => {
  assert.equal(await handed('poll', ['/kept/rows.db']), true);
  assert.equal(await handed('send', ['/kept/rows.db']), false);
});

void it('a volume that nobody is seen writing goes with each app of the container: where it writes stands in its code, and whose code is whose nobody can tell', async () => {
  assert.equal(await handed('poll', []), true);
  assert.equal(await handed('send', []), true);
  // One is at work there now; the code that names it may be the other's.
  assert.equal(await handed('send', ['/kept/rows.db'], { 'send.py': "open('/kept/sent', 'a')\n" }), true);
});

void it('what a server of data keeps is no app\'s, and nothing of the apps\' is its own', async () => {
  assert.equal(await handed('send', [], {}, 'redis-server --dir /kept'), false);
  assert.equal(await handed('poll', [], {}, 'redis-server --dir /kept'), true);
  assert.equal(await handed('poll', [], {}, 'redis-server --save 60'), false);
  assert.equal(await handed('send', [], {}, 'redis-server --save 60'), true);
});

void it('the folder in which supervisord opens its logs is nobody\'s to have', async () => {
  assert.equal(await handed('send', [], {}, 'python3 /app/poll.py\nstdout_logfile=/kept/poll.log'), false);
});
