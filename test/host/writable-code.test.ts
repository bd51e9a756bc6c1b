import assert from 'node:assert/strict';
import { chownSync, lstatSync, mkdirSync } from 'node:fs';
import { freePort, hostProject, hostTest, supervisord, untilAnswers, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

const NOBODY = 65534;

hostTest('code of a gunicorn of this machine that its own user may write', ['supervisord', 'gunicorn'], async (t) => {
  const port = await freePort();
  const program = `\n[program:kiosk]\ncommand=/usr/bin/gunicorn -b 127.0.0.1:${port} app:app\ndirectory=ROOT/kiosk\nuser=nobody\n`;
  const project = hostProject(t, { 'kiosk/app.py': WSGI, 'kiosk/views/page.py': 'A = 1\n', 'kiosk/media/one.txt': 'one\n', 'supervisord.conf': supervisord(program) });
  const at = (path: string): string => `${project.root}/kiosk/${path}`;
  mkdirSync(at('uploads'));
  for (const path of ['', 'app.py', 'views', 'views/page.py', 'media', 'media/one.txt', 'uploads']) chownSync(at(path), NOBODY, 65534);
  const owners = (): Record<string, string> => Object.fromEntries(['', 'app.py', 'views/page.py', 'media', 'media/one.txt', 'uploads'].map((path) => { const s = lstatSync(at(path)); return [path, `${s.uid} ${(s.mode & 0o777).toString(8)}`]; }));
  project.start('supervisord', '-c', 'supervisord.conf');
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  const before = owners();

  const fixed = await project.harden('fix', '--yes', '--risk', 'writable-code');
  assert.equal(fixed.code, 0, said(fixed));
  assert.deepEqual(owners(), { '': '0 755', 'app.py': '0 644', 'views/page.py': '0 644', media: `${NOBODY} 755`, 'media/one.txt': `${NOBODY} 644`, uploads: `${NOBODY} 755` });
  await untilAnswers(url);

  const back = await project.harden('undo', '--yes');
  assert.equal(back.code, 0, said(back));
  assert.deepEqual(owners(), before);
}, { long: true });
