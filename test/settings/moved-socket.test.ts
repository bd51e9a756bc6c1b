import assert from 'node:assert/strict';
import { it } from 'node:test';
import { movedSocket } from '../../source/settings/open-socket.ts';
import { machineOf } from '../helpers/case.ts';

const machine = (socket: string) => machineOf({
  'compose.yaml': 'services:\n  app:\n    build: .\n',
  Dockerfile: 'FROM debian:bookworm-slim\nCOPY app.ini /etc/app.ini\nCMD ["uwsgi", "--ini", "/etc/app.ini"]\n',
  'app.ini': `[uwsgi]\nmodule = app\nsocket = ${socket}\n`,
}, {});

void it('a socket is looked for where the same run has put it, by its name', async () => {
  assert.equal(movedSocket(await machine('/run/app/app.sock'), 'app', '/tmp/app.sock'), '/run/app/app.sock');
  assert.equal(movedSocket(await machine('/tmp/app.sock'), 'app', '/tmp/app.sock'), '/tmp/app.sock');
  assert.equal(movedSocket(await machine('/run/app/other.sock'), 'app', '/tmp/app.sock'), '/tmp/app.sock');
});
