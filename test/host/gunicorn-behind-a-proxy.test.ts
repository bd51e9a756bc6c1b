// gunicorn on this machine behind a real nginx: whom it believes, on which address it listens, and when it starts anew.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, hostProject, hostTest, supervisord, untilAnswers } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

const outside = (): string => Object.values(networkInterfaces()).flat().find((a) => a && !a.internal && a.family === 'IPv4')?.address ?? '';

const asks = (host: string, port: number, headers: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve) => {
    get({ host, port, headers, timeout: 3000 }, (answer) => {
      let body = '';
      answer.on('data', (part: Buffer) => (body += part.toString())).on('end', () => resolve(body));
    }).on('error', () => resolve('refused'));
  });

const APP = `VERSION = 1


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['wsgi.url_scheme']} {VERSION}\\n".encode()]
`;
const LIE = { 'X-Forwarded-Proto': 'https' };

hostTest('a gunicorn behind nginx that believes everybody, listens to everybody and reloads itself', ['supervisord', 'gunicorn', 'nginx'], async (t) => {
  const [port, door] = [await freePort(), await freePort()];
  const project = hostProject(t, {
    'app.py': APP,
    'nginx.conf': `daemon off;\npid ROOT/nginx.pid;\nerror_log ROOT/nginx.log;\nevents {}\nhttp {\n    access_log off;\n    server {\n        listen 127.0.0.1:${door};\n        location / {\n            proxy_pass http://127.0.0.1:${port};\n        }\n    }\n}\n`,
    'supervisord.conf': supervisord(`\n[program:pier]\ncommand=/usr/bin/gunicorn --bind 0.0.0.0:${port} --reload --forwarded-allow-ips=* app:app\ndirectory=ROOT\nuser=nobody\n\n[program:front]\ncommand=nginx -c ROOT/nginx.conf\n`),
  });
  const before = project.read('supervisord.conf');
  project.start('supervisord', '-c', 'supervisord.conf');
  const url = `http://127.0.0.1:${door}/`;
  const version = async (): Promise<string> => (await untilAnswers(url)).trim().split(' ')[1]!;
  await untilAnswers(url);
  const far = outside();
  assert.notEqual(far, '', 'this machine has no address but loopback');

  await t.test('as it is, a stranger says https, and new code runs by itself', async () => {
    assert.match(await asks(far, port, LIE), /^https/);
    project.write('app.py', APP.replace('VERSION = 1', 'VERSION = 2'));
    for (let i = 0; i < 40 && (await version()) !== '2'; i++) await pause(200);
    assert.equal(await version(), '2');
  });

  const fixed = async (risk: string, facts: () => Promise<void>): Promise<void> => {
    await t.test(`${risk} holds, and undo brings it back`, async () => {
      const told = await project.harden('fix', '--yes', '--risk', risk);
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /^gone /m);
      await untilAnswers(url);
      await facts();
      const back = await project.harden('undo', '--yes');
      assert.equal(back.code, 0, said(back));
      assert.equal(project.read('supervisord.conf'), before);
      await untilAnswers(url);
    });
  };

  await fixed('trust-all-proxies', async () => {
    assert.match(await asks(far, port, LIE), /^http /, 'a stranger is still believed');
    assert.match(await asks('127.0.0.1', port, LIE), /^https/, 'the proxy is not believed any more');
  });
  await fixed('app-server-exposed', async () => {
    assert.equal(await asks(far, port), 'refused');
    assert.match(await asks('127.0.0.1', port), /^http/);
  });
  await fixed('reload-in-service', async () => {
    const now = await version();
    project.write('app.py', APP.replace('VERSION = 1', 'VERSION = 9'));
    await pause(4000);
    assert.equal(await version(), now, 'new code ran by itself');
  });
}, { timeout: 10 * 60_000 });
