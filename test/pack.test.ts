// What people get from `npx harden-tui`: the packed files, installed offline into an empty folder and started.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after } from 'node:test';
import { root } from './listing.ts';

const box = mkdtempSync(path.join(tmpdir(), 'harden-tui-pack-'));
after(() => rmSync(box, { recursive: true, force: true }));

const sh = (cwd: string, ...words: string[]) =>
  execFileSync(words[0]!, words.slice(1), { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

// Scripts are off: the build has been made, and others may be running from it.
const pack = sh(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', box);
const [{ filename, files, size }] = JSON.parse(pack) as [{ filename: string; files: { path: string }[]; size: number }];
const packed = new Set(files.map((file) => file.path));

function* below(folder: string): Generator<string> {
  if (!existsSync(path.join(root, folder))) return;
  for (const name of readdirSync(path.join(root, folder))) {
    const file = path.posix.join(folder, name);
    if (lstatSync(path.join(root, file)).isDirectory()) yield* below(file);
    else yield file;
  }
}

test('everything that runs is packed, and nothing else', () => {
  for (const file of ['bin/harden-tui.js', 'bin/load.js', 'bin/package.json', 'LICENSE', 'THIRD-PARTY-NOTICES.txt', ...below('dist')]) {
    assert.ok(packed.has(file) || file.endsWith('.tmp'), `${file} is not packed`);
  }
  const ours = /^(bin|dist|scenarios|schema)\/|^(package\.json|LICENSE|THIRD-PARTY-NOTICES\.txt|(README|CHANGELOG)[^/]*\.md)$/;
  assert.deepEqual([...packed].filter((file) => !ours.test(file)), []);
  assert.ok(size < 2_000_000, `${size} bytes packed: npx should feel instant`);
});

test('scenarios arrive whole', () => {
  for (const file of below('scenarios')) {
    const hint = 'npm drops some dot files, what they name, and links: store dot.NAME, which is renamed when a scenario is copied';
    assert.ok(!/\/\./.test(file), `${file}: ${hint}`);
    assert.ok(!lstatSync(path.join(root, file)).isSymbolicLink(), `${file}: ${hint}`);
    assert.ok(packed.has(file), `${file} is not packed: ${hint}`);
  }
});

test('it installs offline into an empty folder and starts', () => {
  const home = path.join(box, 'home');
  mkdirSync(home);
  writeFileSync(path.join(home, 'package.json'), '{}');
  sh(home, 'npm', 'install', '--offline', '--no-audit', '--no-fund', path.join(box, filename));
  assert.deepEqual(readdirSync(path.join(home, 'node_modules')).filter((name) => !name.startsWith('.')), ['harden-tui']);

  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  assert.equal(sh(home, 'npx', '--offline', 'harden-tui', '--version').trim(), version);
  assert.match(sh(home, 'npx', '--offline', 'harden-tui', '--help'), /harden-tui/);
});

test('started in a folder that is not there any more, it says so', () => {
  const { status, stderr } = spawnSync('sh', ['-c', 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" scan', process.execPath, path.join(root, 'bin/harden-tui.js')], { cwd: box, encoding: 'utf8', env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' } });
  assert.equal(status, 2, stderr);
  assert.equal(stderr.trim(), '启动命令时所在的目录已经不存在。\n  请先进入一个项目：cd');
});
