// Two builds of equal files: a builder without the step in its cache makes another layer of them.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { differsInTimesAlone } from '../../source/engine/same-copy.ts';
import { realDocker, realSystem, resolveEndpoint } from '../../source/system/real/index.ts';
import { docker, engineTest, unique } from '../helpers/engine.ts';

engineTest('a COPY that was made anew is the same one, unless more than its times changed', async (t) => {
  const box = mkdtempSync(path.join(tmpdir(), 'ht-copy-'));
  const name = unique('ht-copy');
  const tags = ['running', 'again', 'compose', 'mode', 'words', 'below', 'moved'].map((tag) => `${name}:${tag}`);
  t.after(() => {
    rmSync(box, { recursive: true, force: true });
    docker('rmi', '-f', ...tags);
  });
  // The builder keeps what it was sent by the folder's name, and sends again what differs in size or time.
  const app = path.join(box, name);
  mkdirSync(app);
  const build = (tag: string, dockerfile = 'FROM debian:bookworm-slim\nWORKDIR /srv\nWORKDIR app\nCOPY . .\nVOLUME /srv/app/data\n'): void => {
    writeFileSync(path.join(app, 'Dockerfile'), dockerfile);
    utimesSync(path.join(app, 'Dockerfile'), 0, tag === 'running' ? 1e9 : 1.1e9);
    docker('build', '-q', '--no-cache', '-t', `${name}:${tag}`, app);
  };
  const put = (text: string, mode: number, at: number): void => {
    writeFileSync(path.join(app, 'book.py'), text);
    chmodSync(path.join(app, 'book.py'), mode);
    utimesSync(path.join(app, 'book.py'), at, at);
  };
  put('print(1)\n', 0o644, 1e9);
  mkdirSync(path.join(app, 'data'));
  writeFileSync(path.join(app, 'data/seed'), '1\n');
  build('running');
  put('print(1)\n', 0o644, 1.1e9);
  build('again');
  writeFileSync(path.join(app, 'compose.yaml'), 'services: {}\n');
  build('compose');
  rmSync(path.join(app, 'compose.yaml'));
  put('print(1)\n', 0o600, 1.2e9);
  build('mode');
  put('print(2)\n', 0o644, 1.3e9);
  build('words');
  put('print(1)\n', 0o644, 1.4e9);
  writeFileSync(path.join(app, 'data/seed'), 'other\n');
  build('below');
  writeFileSync(path.join(app, 'data/seed'), '1\n');
  build('moved', 'FROM debian:bookworm-slim\nWORKDIR /srv\nWORKDIR other\nCOPY . .\n');

  const engine = await realDocker(await resolveEndpoint({}, process.env), realSystem.shell);
  const service = { name: 'app', containers: [], build: { context: 'app', dockerfile: 'app/Dockerfile', args: {} }, compose: { project: 'p', files: ['compose.yaml', 'app/compose.yaml'], service: 'app', directory: '', envFiles: [] } };
  const same = async (tag: string): Promise<boolean> => {
    const [old, now] = await Promise.all([engine.look.image(`${name}:running`), engine.look.image(`${name}:${tag}`)]);
    assert.notDeepEqual(old!.RootFS.Layers, now!.RootFS.Layers, `${tag} has a layer of its own`);
    return differsInTimesAlone(engine, service, old!, now!, { old: await engine.look.history(old!.Id), now: await engine.look.history(now!.Id) });
  };
  assert.equal(await same('again'), true);
  assert.equal(await same('compose'), true, 'a compose file is none of the app\'s');
  for (const other of ['mode', 'words', 'below', 'moved']) assert.equal(await same(other), false, other);
});
