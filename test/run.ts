// All tests: the parts named (unit, pack, host, docker, setup), or single files. Started by scripts/test.mjs.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { listing, root } from './listing.ts';
import { prepare } from './setup/engine.ts';

const total = { passed: 0, failed: 0, skipped: 0 };
const say = (text: string) => process.stdout.write(`${text}\n`);

/**
 * One group of files. Those of the engine run three at a time: every project has a name, ports and a state of its own, and most
 * of the time is waiting (8 s for a process to settle). Those of the machine's own programs share it, one at a time. Children
 * get our own --import flags from node.
 */
async function group(name: string, files: string[], concurrency: number): Promise<void> {
  if (files.length === 0) return;
  const start = Date.now();
  const paths = files.map((file) => path.resolve(root, file));
  const empty: string[] = [];
  // All of the corpus takes a while; each of its services has an end of its own.
  const minutes = process.env.HARDEN_TUI_ALL === '1' ? 90 : 10;
  const stream = run({ files: paths, concurrency, timeout: minutes * 60_000 });
  stream.on('test:fail', (event) => {
    if (event.todo !== undefined) total.skipped += 1;
    else if (event.details.type !== 'suite') total.failed += 1;
  });
  stream.on('test:pass', (event) => {
    if (event.details.type === 'suite') return;
    // Node reports a file without a single test as a test that passed, under the file's own name.
    if (paths.includes(event.name)) empty.push(event.name);
    else if (event.skip !== undefined || event.todo !== undefined) total.skipped += 1;
    else total.passed += 1;
  });
  for await (const text of stream.compose(new spec())) process.stdout.write(String(text));

  for (const file of empty) {
    total.failed += 1;
    say(`no test in ${path.relative(root, file)}`);
  }
  say(`${name}: ${files.length} files, ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

// Nobody's locale, colours or journal: the same result on every machine.
const state = mkdtempSync(path.join(tmpdir(), 'harden-tui-state-'));
Object.assign(process.env, { XDG_STATE_HOME: state, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', TZ: 'UTC' });
for (const name of ['LANGUAGE', 'NO_COLOR', 'FORCE_COLOR', 'HARDEN_TUI_LANG']) delete process.env[name];

const { values, positionals: words } = parseArgs({ options: { failed: { type: 'string' } }, allowPositionals: true });
const named = words.filter((word) => word.includes('.'));
const parts = words.filter((word) => !named.includes(word));
const wants = (part: string) => words.length === 0 || parts.includes(part);
const { unit, pack, docker, host, stray } = listing();

// What failed before the tests is counted with them: the closing line is what is read.
for (const part of values.failed?.split(',') ?? []) {
  total.failed += 1;
  say(`failed before the tests: ${part}`);
}
for (const file of stray) {
  total.failed += 1;
  say(`never run, as it lies or is named where no test is looked for: ${file}`);
}
if (!(await prepare())) total.failed += 1;

const cores = availableParallelism();
if (wants('unit')) await group('unit', unit, cores);
if (wants('pack')) await group('pack', pack, cores);
if (named.length > 0) await group('named', named, cores);
// The machine's own programs and the engine's do not meet.
await Promise.all([wants('host') ? group('host', host, 1) : undefined, wants('docker') ? group('docker', docker, 3) : undefined]);

rmSync(state, { recursive: true, force: true });
const testsWanted = words.some((word) => word !== 'setup') || words.length === 0;
if (testsWanted && total.passed + total.failed + total.skipped === 0) {
  total.failed += 1;
  say('no test ran at all');
}
if (testsWanted) say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
