import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checked } from '../../source/changes/checked.ts';
import { createFile } from '../../source/changes/create-file.ts';
import { StepFailed, type Bench } from '../../source/changes/deed.ts';
import { editFile } from '../../source/changes/edit-file.ts';
import { hashOf } from '../../source/inspect/files.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import { preview } from '../../source/system/preview.ts';
import { realSystem } from '../../source/system/real/index.ts';
import type { Ran, RunOptions, System } from '../../source/system/system.ts';

interface Asked {
  readonly argv: readonly string[];
  readonly input: string | undefined;
}

/** A machine whose checkers answer with the code that `code` gives for a text. */
function machine(files: Record<string, string>, code: (input: string, argv: readonly string[]) => number): { system: System; asked: Asked[]; read: (path: string) => string | undefined } {
  const memory = memoryFiles(files);
  const asked: Asked[] = [];
  const ask = async (argv: readonly string[], options?: RunOptions): Promise<Ran> => {
    asked.push({ argv, input: options?.input });
    return { code: code(options?.input ?? '', argv), stdout: '', stderr: 'line 3: syntax error\n' };
  };
  const system = memorySystem(memory);
  return { system: { ...system, shell: { ...system.shell, ask } }, asked, read: (path) => memory.all.get(path)?.bytes.toString() };
}

const bench = (system: System): Bench => ({ system, root: '/p', run: '1', say: () => undefined });
const good = (input: string): number => (input.includes('bad') ? 1 : 0);

const edit = (path: string, before: string, after: string): Parameters<typeof editFile.prepare>[0] => ({ kind: 'edit-file', path, hash: hashOf(Buffer.from(before)), edits: [{ start: 0, end: before.length, text: after }] });

async function edited(m: ReturnType<typeof machine>, path: string, before: string, after: string): Promise<void> {
  const change = edit(path, before, after);
  await editFile.run(change, await editFile.prepare(change, bench(m.system)), bench(m.system));
}

describe('before a new text takes the place of the old one', () => {
  it('its owner is asked, and what it accepts is written', async () => {
    const m = machine({ '/p/sudoers.d/shop': 'old' }, good);
    await edited(m, 'sudoers.d/shop', 'old', 'new');
    assert.deepEqual(m.asked, [{ argv: ['visudo', '-cf', '-'], input: 'new' }]);
    assert.equal(m.read('/p/sudoers.d/shop'), 'new');
  });

  it('what it refuses is not written, and the step fails with its words', async () => {
    const m = machine({ '/p/sudoers.d/shop': 'old' }, good);
    await assert.rejects(edited(m, 'sudoers.d/shop', 'old', 'bad'), (e) => e instanceof StepFailed && /^visudo does not accept/.test(e.message) && e.log.includes('line 3: syntax error'));
    assert.equal(m.read('/p/sudoers.d/shop'), 'old');
    await assert.rejects(createFile.run({ kind: 'create-file', path: 'sudoers.d/more', text: 'bad', mode: 0o440 }, { absent: true }, bench(m.system)), StepFailed);
    assert.equal(m.read('/p/sudoers.d/more'), undefined);
  });

  it('what it complained about before is none of our doing', async () => {
    const m = machine({ '/p/compose.yaml': 'bad: 1' }, good);
    await edited(m, 'compose.yaml', 'bad: 1', 'bad: 2');
    assert.equal(m.read('/p/compose.yaml'), 'bad: 2');
    assert.deepEqual(m.asked.map((a) => a.argv.slice(0, 2).join(' ')), ['docker compose', 'docker compose']);
  });

  it('an absent checker is no obstacle, nor is a machine without a shell', async () => {
    const m = machine({ '/p/app.py': 'x' }, () => 127);
    await edited(m, 'app.py', 'x', 'bad');
    assert.equal(m.read('/p/app.py'), 'bad');
    await checked(memorySystem(memoryFiles({})), '/p', 'app.py', 'x', 'bad');
  });

  it('files that nobody checks are written as they are', async () => {
    const m = machine({ '/p/uwsgi.ini': 'old' }, () => 1);
    await edited(m, 'uwsgi.ini', 'old', 'bad');
    assert.deepEqual(m.asked, []);
  });

  it('nothing is asked on paper', async () => {
    const m = machine({ '/p/sudoers.d/shop': 'old' }, () => assert.fail('a dry run asked'));
    const paper = preview(m.system);
    const change = edit('sudoers.d/shop', 'old', 'bad');
    await editFile.run(change, await editFile.prepare(change, bench(paper.system)), bench(paper.system));
    assert.equal(paper.files()[0]?.after?.toString(), 'bad');
  });
});

describe('the real checkers, where they are', () => {
  const has = async (argv: readonly string[]): Promise<boolean> => (await realSystem.shell.ask(argv)).code === 0;
  const cases: readonly { path: string; version: readonly string[]; good: string; bad: string }[] = [
    { path: 'sudoers.d/shop', version: ['visudo', '-V'], good: 'deploy ALL = /bin/ls\n', bad: 'deploy ALL = ls\n' },
    { path: 'compose.yaml', version: ['docker', 'compose', 'version'], good: 'services:\n  web:\n    image: a\n', bad: 'services:\n  web:\n    imagine: a\n' },
    { path: 'x.service', version: ['systemd-analyze', '--version'], good: '[Service]\nExecStart=/bin/true\n', bad: '[Service]\nRestart=on-failure\n' },
    { path: 'settings.py', version: ['python3', '--version'], good: 'raise SystemExit(7)\n', bad: 'a = [1,\n' },
  ];
  for (const one of cases) {
    it(`${one.version[0]} accepts the one and refuses the other ${one.path}`, async (t) => {
      if (!(await has(one.version))) return t.skip(`${one.version[0]} is not here`);
      await checked(realSystem, '/', one.path, one.good, one.good);
      await assert.rejects(checked(realSystem, '/', one.path, one.good, one.bad), StepFailed);
    });
  }
});
