import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { freePort, hostProject, hostTest, supervisord, untilAnswers, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

/** What a port says to whoever connects, without being asked; undefined where nobody listens. */
const told = (host: string, port: number): Promise<string | undefined> => new Promise((resolve) => {
  let text = '';
  const socket = connect({ host, port, timeout: 3_000 }, () => undefined);
  socket.on('data', (part) => { text += String(part); });
  socket.on('end', () => resolve(text));
  socket.on('error', () => resolve(undefined));
  socket.on('timeout', () => { socket.destroy(); resolve(undefined); });
});

/** An address of this machine that others could use. */
const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []).find((a) => a.family === 'IPv4' && !a.internal)?.address;

hostTest('a uWSGI that tells its statistics to everybody', ['supervisord', 'uwsgi'], async (t) => {
  const [port, stats] = [await freePort(), await freePort()];
  const ini = `[uwsgi]\nplugin = python3\nhttp-socket = 127.0.0.1:${port}\nmodule = app:app\nmaster = true\ndie-on-term = true\nuid = 10021\ngid = 10021\nstats = :${stats}\n`;
  const project = hostProject(t, { 'app.py': WSGI, 'desk.ini': ini, 'supervisord.conf': supervisord('\n[program:desk]\ncommand=/usr/bin/uwsgi --ini desk.ini\ndirectory=ROOT\n') });
  project.start('supervisord', '-c', 'supervisord.conf');
  await untilAnswers(`http://127.0.0.1:${port}/`);
  if (outside) assert.match((await told(outside, stats)) ?? '', /"uid":10021/);

  const fixed = await project.harden('fix', '--yes', '--risk', 'stats-exposed');
  assert.equal(fixed.code, 0, said(fixed));
  assert.match(project.read('desk.ini'), new RegExp(`^stats = 127\\.0\\.0\\.1:${stats}$`, 'm'));
  assert.match((await told('127.0.0.1', stats)) ?? '', /"uid":10021/);
  if (outside) assert.equal(await told(outside, stats), undefined);

  const back = await project.harden('undo', '--yes');
  assert.equal(back.code, 0, said(back));
  assert.equal(project.read('desk.ini'), ini);
});
