import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { copyScenario } from '../../source/demo/index.ts';
import { allScenarios, scenariosFolder } from '../../source/demo/scenario.ts';
import { Stop } from '../../source/model/errors.ts';
import { realSystem } from '../../source/system/real/index.ts';
import type { Ran, System } from '../../source/system/system.ts';
import { root } from '../listing.ts';

const { files } = realSystem;
const scenarios = await allScenarios(files, await scenariosFolder(files));

function box(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'harden-tui-copy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** This machine, on which the given ports are taken and no other. */
const withTaken = (...ports: number[]): System => ({ ...realSystem, net: { ...realSystem.net, connects: async (_host, port) => ports.includes(port) } });

const shellThat = (answer: Ran): System => ({ ...realSystem, shell: { ask: async () => answer, run: async () => answer, hand: async () => 0 } });

function* below(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* [...below(path.join(folder, entry.name))].map((name) => path.join(entry.name, name));
    else yield entry.name;
  }
}

for (const { name, make } of scenarios) {
  test(`${name} is copied byte for byte, with its own names and modes`, async (t) => {
    const copy = await copyScenario(realSystem, name, box(t));
    assert.equal(path.basename(copy.root), name);
    const shipped = path.join(root, 'scenarios', name, 'project');
    const named = (file: string) => file.split(path.sep).map((part) => part.replace(/^dot\./, '.')).join(path.sep);
    const made = make.flatMap(({ cert }) => [`${cert}.crt`, `${cert}.key`]);
    assert.deepEqual([...below(copy.root)].sort(), [...[...below(shipped)].map(named), ...made].sort());
    for (const file of below(shipped)) {
      const [from, to] = [path.join(shipped, file), path.join(copy.root, named(file))];
      assert.ok(readFileSync(from).equals(readFileSync(to)), file);
      assert.equal(statSync(to).mode & 0o777, (statSync(from).mode & 0o111) === 0 ? 0o644 : 0o755, file);
    }
  });

  test(`${name}: every port it publishes is known, and the copy has it on 127.0.0.1 alone`, async (t) => {
    const folder = box(t);
    const copy = await copyScenario(withTaken(), name, folder, { ports: 'loopback' });
    const published = (text: string) => text.match(/- "[\d.:]+"/g) ?? [];
    const before = readFileSync(path.join(root, 'scenarios', name, 'project/compose.yaml'), 'utf8');
    const after = readFileSync(path.join(copy.root, 'compose.yaml'), 'utf8');
    assert.equal(published(before).length, Object.keys(copy.scenario.ports).length);
    assert.deepEqual(published(after), published(before).map((port) => port.replace('"', '"127.0.0.1:')));
    assert.equal(after.replaceAll('"127.0.0.1:', '"'), before);
    for (const { get, post } of copy.scenario.answers) assert.equal(new URL(get ?? post ?? '').hostname, '127.0.0.1');
  });
}

test('a port that is taken becomes another, in the file and in the questions', async (t) => {
  const { root: at, scenario } = await copyScenario(withTaken(443), 'shop', box(t), { ports: 'loopback' });
  const { web, proxy } = scenario.ports;
  assert.ok(web && web >= 20_000 && web < 30_000);
  assert.equal(proxy, 8080);
  assert.match(readFileSync(path.join(at, 'compose.yaml'), 'utf8'), new RegExp(`"127.0.0.1:${web}:443"[^]*"127.0.0.1:8080:8080"`));
  assert.deepEqual(scenario.answers.map((a) => a.get ?? a.post), [`https://127.0.0.1:${web}/`, `https://127.0.0.1:${web}/upload`, 'http://127.0.0.1:8080/']);
});

test('a low port is left alone where the engine may not have it', async (t) => {
  const { scenario } = await copyScenario(withTaken(), 'privileged-port', box(t), { ports: 'loopback', mayUse: (port) => port >= 1024 });
  assert.ok((scenario.ports['server'] ?? 0) >= 20_000);
});

test('the certificate belongs to its key, for localhost, readable by everybody', async (t) => {
  const { root: at } = await copyScenario(realSystem, 'privileged-port', box(t));
  const [crt, key] = [path.join(at, 'tls/dev.crt'), path.join(at, 'tls/dev.key')];
  const openssl = (...words: string[]) => execFileSync('openssl', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  assert.equal(openssl('x509', '-in', crt, '-noout', '-pubkey'), openssl('pkey', '-in', key, '-pubout'));
  assert.match(openssl('x509', '-in', crt, '-noout', '-subject'), /CN ?= ?localhost/);
  for (const file of [crt, key]) assert.equal(statSync(file).mode & 0o777, 0o644);
});

test('without openssl it says what is missing and what can be done', async (t) => {
  const folder = box(t);
  await assert.rejects(copyScenario(shellThat({ code: 127, stdout: '', stderr: '' }), 'shop', folder), (error) => {
    assert.ok(error instanceof Stop);
    assert.match(error.what.en, /openssl.*not installed/);
    assert.match(error.what['zh-CN'], /openssl.*没有安装/);
    assert.ok(error.next.some((n) => n.en.includes('apt install openssl')));
    return true;
  });
});

test('a failing openssl is quoted', async (t) => {
  await assert.rejects(copyScenario(shellThat({ code: 1, stdout: '', stderr: 'a\nno entropy left\n' }), 'shop', box(t)), /no entropy left/);
});

test('an unknown name and a folder that is there are refused', async (t) => {
  const folder = box(t);
  for (const name of ['nonesuch', '../scenarios/shop', '']) {
    await assert.rejects(copyScenario(realSystem, name, folder), (error) => error instanceof Stop && error.next.some((n) => n.en === 'harden-tui demo shop'));
  }
  assert.deepEqual(readdirSync(folder), []);
  await copyScenario(realSystem, 'root-container', folder);
  await assert.rejects(copyScenario(realSystem, 'root-container', folder), /is there already/);
});

test('the folder can have another name, for the sake of its compose project', async (t) => {
  const { root: at } = await copyScenario(realSystem, 'socket-mode', box(t), { folder: 'socket-mode-7' });
  assert.equal(path.basename(at), 'socket-mode-7');
  assert.ok(existsSync(path.join(at, 'compose.yaml')));
});
