import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { listScenarios } from '../../source/demo/index.ts';
import { scenariosFolder } from '../../source/demo/scenario.ts';
import { headOf } from '../../source/demo/stories.ts';
import { realSystem } from '../../source/system/real/index.ts';
import { root } from '../listing.ts';

const folder = path.join(root, 'scenarios');
const all = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'scenario.json')));
const services = (name: string): number => (JSON.parse(readFileSync(path.join(folder, name, 'scenario.json'), 'utf8')) as { services?: string[] }).services?.length ?? 0;

test('the menu: every scenario, the smallest first, each with a title and one line', async () => {
  const menu = await listScenarios(realSystem, 'en');
  assert.deepEqual(menu.map((s) => s.name).sort(), all.sort());
  const sizes = menu.map((s) => services(s.name));
  assert.deepEqual(sizes, [...sizes].sort((a, b) => a - b));
  for (const { title, line } of menu) {
    assert.match(title, /^The [a-z ]+$/);
    assert.match(line, /\.$/);
    assert.ok(line.length <= 76 && !line.includes('\n'), line);
  }
});

test('the menu in Chinese', async () => {
  const menu = await listScenarios(realSystem, 'zh-CN');
  assert.equal(menu.length, all.length);
  for (const { title, line } of menu) {
    assert.match(title, /^\p{Script=Han}+$/u);
    assert.match(line, /。$/);
  }
});

test('a paragraph over several lines is one line', () => {
  const story = '# The shop\r\n\r\nFive services,\r\nthree diseases.\r\n\r\n## What runs here\r\n';
  assert.deepEqual(headOf(story, 'en'), { title: 'The shop', line: 'Five services, three diseases.' });
  assert.deepEqual(headOf('# 小店\n\n五个服务，\n三种病。\n', 'zh-CN'), { title: '小店', line: '五个服务，三种病。' });
  assert.deepEqual(headOf('# Bare', 'en'), { title: 'Bare', line: '' });
});

test('the packaged folder is found from the sources, from dist, and from an installation', async (t) => {
  const { files } = realSystem;
  assert.equal(await scenariosFolder(files), path.join(root, 'scenarios'));
  assert.equal(await scenariosFolder(files, path.join(root, 'dist')), path.join(root, 'scenarios'));
  // bin/ has a package.json of its own, and the user's project has one as well.
  assert.equal(await scenariosFolder(files, path.join(root, 'bin')), path.join(root, 'scenarios'));
  const box = mkdtempSync(path.join(tmpdir(), 'harden-tui-found-'));
  t.after(() => rmSync(box, { recursive: true }));
  const installed = path.join(box, 'node_modules/harden-tui');
  mkdirSync(path.join(installed, 'dist'), { recursive: true });
  writeFileSync(path.join(box, 'package.json'), '{"name": "theirs"}');
  writeFileSync(path.join(installed, 'package.json'), '{"name": "harden-tui"}');
  assert.equal(await scenariosFolder(files, path.join(installed, 'dist')), path.join(installed, 'scenarios'));
  rmSync(path.join(installed, 'package.json'));
  await assert.rejects(scenariosFolder(files, path.join(installed, 'dist')), /no package.json of harden-tui/);
});
