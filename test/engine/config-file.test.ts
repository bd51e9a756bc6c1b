import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, existsSync, symlinkSync, writeFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { writeConfig } from '../../source/engine/config-file.ts';
import { pagesIn } from '../../source/cli/pages.ts';
import { CONFIG } from '../../source/engine/suppress.ts';
import { realFiles } from '../../source/system/real/files.ts';
import { machine } from '../cli/helpers/world.ts';

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'harden-tui-config-'));

describe('the project\'s own settings', () => {
  it('are made, changed and taken away, and the machine knows them', async () => {
    const root = folder();
    const made = await writeConfig(realFiles, machine({ root }), undefined, 'ignore: []\n');
    assert.equal(made.files.get(CONFIG)?.text, 'ignore: []\n');
    assert.equal(statSync(path.join(root, CONFIG)).mode & 0o777, 0o644);
    const changed = await writeConfig(realFiles, made, 'ignore: []\n', 'a: 1\n');
    assert.equal(readFileSync(path.join(root, CONFIG), 'utf8'), 'a: 1\n');
    const gone = await writeConfig(realFiles, changed, 'a: 1\n', undefined);
    assert.deepEqual([existsSync(path.join(root, CONFIG)), gone.files.has(CONFIG), gone.files.has('Dockerfile')], [false, false, true]);
  });
  it('are left alone where they are not what was shown, or no plain file', async () => {
    const root = folder();
    writeFileSync(path.join(root, CONFIG), 'b: 2\n');
    await assert.rejects(writeConfig(realFiles, machine({ root }), undefined, 'a: 1\n'), /changed since/);
    await assert.rejects(writeConfig(realFiles, machine({ root }), 'a: 1\n', 'c: 3\n'), /changed since/);
    assert.equal(readFileSync(path.join(root, CONFIG), 'utf8'), 'b: 2\n');
    const linked = folder();
    symlinkSync(path.join(root, CONFIG), path.join(linked, CONFIG));
    await assert.rejects(writeConfig(realFiles, machine({ root: linked }), 'b: 2\n', 'c: 3\n'), /not a plain file/);
  });
});

describe('a report', () => {
  it('gets a name that is free, and nothing is written over', async () => {
    const root = folder();
    const io = { cwd: path.dirname(root), home: path.dirname(root), doors: { files: async () => realFiles } } as unknown as Parameters<typeof pagesIn>[1];
    const pages = pagesIn(root, io);
    const said = (name: string): string => `~/${path.join(path.basename(root), name)}`;
    assert.equal(await pages.place('report'), said('harden-tui-report.md'));
    assert.deepEqual([await pages.write('report', 'one'), await pages.place('report'), await pages.write('report', 'two')], ['harden-tui-report.md', 'harden-tui-report-2.md', 'harden-tui-report-2.md'].map(said));
    assert.equal(await pages.write('plan', '{}'), path.join(path.basename(root), 'harden-tui-plan.json'), 'as it can be typed here');
    assert.equal(await pagesIn(root, { ...io, home: '/home/else' }).place('report'), path.join(root, 'harden-tui-report-3.md'), 'where it lies, from any folder');
    assert.equal(readFileSync(path.join(root, 'harden-tui-report.md'), 'utf8'), 'one');
    await assert.rejects(pagesIn(path.join(root, 'nope'), io).write('report', 'x'), /ENOENT|could not be written/);
  });
});
