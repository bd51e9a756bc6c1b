import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { newRisk, Refused, register, variable } from '../../scripts/new-risk.ts';

const LIST = `import type { Risk } from '../model/risk.ts';
import { pickleSerializer } from './pickle-serializer/index.ts';
import { rootContainer } from './root-container/index.ts';

/** All of them. */
export const RISKS: readonly Risk[] = [
  pickleSerializer,
  rootContainer,
];
`;

/** A copy of the parts that the script touches. */
function house(t: test.TestContext): string {
  const root = mkdtempSync(path.join(tmpdir(), 'new-risk-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(path.join(root, 'source/risks'), { recursive: true });
  cpSync(path.join(import.meta.dirname, '../../source/risks/_template'), path.join(root, 'source/risks/_template'), { recursive: true });
  writeFileSync(path.join(root, 'source/risks/index.ts'), LIST);
  return root;
}

test('a risk is registered where it sorts: first, between, last', () => {
  const at = (id: string) => register(LIST, id).split('\n').flatMap((line, number) => (line.includes(variable(id)) ? [number] : []));
  assert.deepEqual(at('debug-server'), [1, 7]);
  assert.deepEqual(at('privileged-port'), [2, 8]);
  assert.deepEqual(at('socket-mode'), [3, 9]);
  assert.match(register(LIST, 'privileged-port'), /\n {2}pickleSerializer,\n {2}privilegedPort,\n {2}rootContainer,\n\];/);
});

test('the list of this repository takes one more', () => {
  const index = path.join(import.meta.dirname, '../../source/risks/index.ts');
  assert.match(register(readFileSync(index, 'utf8'), 'zz-last'), /import \{ zzLast \}[\s\S]* {2}zzLast,\n\];/);
});

test('a list in another shape is left to a person', () => {
  assert.throws(() => register('export const RISKS = [];\n', 'a-risk'), Refused);
});

test('a new risk has its own id everywhere and is complete', (t) => {
  const root = house(t);
  const made = newRisk(root, 'log-files-open');
  assert.ok(made.includes('source/risks/log-files-open/README.zh-CN.md'));
  assert.ok(made.includes('source/risks/log-files-open/cases/plain/before/Dockerfile'));
  const index = readFileSync(path.join(root, 'source/risks/log-files-open/index.ts'), 'utf8');
  assert.match(index, /export const logFilesOpen: Risk = \{/);
  assert.match(readFileSync(path.join(root, 'source/risks/log-files-open/detect.ts'), 'utf8'), /ID = 'log-files-open'/);
  for (const file of made) assert.doesNotMatch(readFileSync(path.join(root, file), 'utf8'), /template-?risk/i);
});

test('a malformed id or one that exists is refused, and nothing is written', (t) => {
  const root = house(t);
  for (const id of ['', 'Exposed-Port', 'exposed_port', '-x', 'x-', '../x', '_template', 'constructor/x', '9lives']) {
    assert.throws(() => newRisk(root, id), Refused, id);
  }
  assert.throws(() => newRisk(root, 'root-container'), Refused, 'in the list, though its folder is gone');
  newRisk(root, 'a-risk');
  assert.throws(() => newRisk(root, 'a-risk'), Refused);
  assert.ok(!existsSync(path.join(root, 'source/risks/root-container')));
});
