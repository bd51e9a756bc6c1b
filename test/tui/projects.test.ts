import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingsOf, projectsOf } from '../../source/engine/projects.ts';
import type { Finding } from '../../source/model/finding.ts';
import { keysOfLine } from '../../source/tui/linear/line.ts';
import { saidOf } from '../../source/tui/linear/said.tsx';
import { SPOKEN } from '../../source/tui/linear/size.ts';
import { choicesOf, projectName } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { pictured } from './kitchen/made.tsx';
import { fakeFindings, fakeMachine } from './fake-shop.ts';
import { several } from './kitchen/machines.ts';

const titles = (findings: readonly Finding[]): readonly string[] => findings.map((one) => one.subjects.map((s) => s.name).join(' '));

describe('several compose projects under one folder', () => {
  it('are told by their folders, with what of each runs', () => {
    const found = projectsOf({ ...fakeMachine, ...several.machine });
    assert.deepEqual(found.map(({ folder, name, services, running }) => [folder, name, services, running]), [['shop', 'shop', 5, 4], ['博客/deploy', 'blog', 2, 0]]);
  });
  it('each has its own findings, and those that belong to none', () => {
    const machine = { ...fakeMachine, ...several.machine };
    const inFile = (file: string): Finding => ({ ...fakeFindings[0]!, id: file, subjects: [{ kind: 'file', name: file }], places: [{ ...fakeFindings[0]!.places[0]!, file }] });
    const findings = [...several.findings, inFile('博客/deploy/app/settings.py'), inFile('tools/x.py'), inFile('/etc/supervisor/supervisord.conf')];
    assert.deepEqual(titles(findingsOf('博客/deploy', machine, findings)), ['blog/db', '博客/deploy/app/settings.py', 'tools/x.py', '/etc/supervisor/supervisord.conf']);
    assert.ok(!titles(findingsOf('shop', machine, findings)).includes('blog/db'));
  });
  it('are chosen from before the list, and the choice is the whole wizard\'s', async () => {
    const driven = await drive(several);
    await driven.keys('enter');
    assert.equal(driven.name(), 'projects');
    const chosen = await driven.keys('2', 'enter');
    assert.equal(driven.name(), 'findings');
    assert.equal(projectName(chosen), 'blog');
    assert.deepEqual(titles(chosen.looking.findings), ['blog/db']);
    const other = await driven.keys('esc', '1', 'enter', 'f');
    assert.equal(projectName(other), 'shop');
    assert.equal(other.looking.findings.length, fakeFindings.length - 1);
    assert.deepEqual(choicesOf(other).map((one) => one.finding), ['F1']);
    // What was chosen in the other one is not in this one's plan, and stands when we come back.
    assert.deepEqual(choicesOf(await driven.keys('esc', '2', 'enter')), []);
    assert.deepEqual(choicesOf(await driven.keys('esc', '1', 'enter')).map((one) => one.finding), ['F1']);
    const all = await driven.keys('esc', 'G', 'enter');
    assert.equal(all.looking.findings.length, fakeFindings.length);
  });
  it('are asked about where enter was typed ahead, too, and not again after a second look', async () => {
    const open: (() => void)[] = [];
    const driven = await drive({ ...several, gate: () => new Promise((go) => open.push(go)) });
    await driven.keys('enter');
    assert.equal(driven.name(), 'looking');
    for (const go of open.splice(0)) go();
    await driven.keys();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(driven.name(), 'projects');
    await driven.keys('2', 'enter');
    await driven.tell({ kind: 'edited' });
    for (const go of open.splice(0)) go();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(driven.name(), 'findings');
    assert.equal(projectName(driven.store.get()), 'blog');
  });
  it('one alone is no choice', async () => {
    const driven = await drive();
    await driven.keys('enter');
    assert.equal(driven.name(), 'findings');
  });
  it('are sentences for a screen reader, and a number in a line chooses', async () => {
    const driven = await drive(several, { linear: 'lines', ascii: true }, SPOKEN);
    const wizard = await driven.keys('enter');
    const { rows } = saidOf(wizard);
    assert.ok(rows.some((row) => /^> 1 shop/.test(row)), rows.join('\n'));
    assert.ok(rows.some((row) => /5 services, 4 running/.test(row)), rows.join('\n'));
    assert.deepEqual(keysOfLine('2', wizard), ['2', 'enter']);
    assert.deepEqual(keysOfLine('4', wizard), [], 'a number that nobody has is no key');
  });
  it('are each on one row, whatever they are called', async () => {
    const driven = await drive({ ...several, machine: { ...several.machine, services: several.machine.services!.map((s, i) => ({ ...s, compose: { ...s.compose!, project: 'x'.repeat(70), directory: `${'deep/'.repeat(30)}${i % 2}` } })) } });
    const rows = pictured(await driven.keys('enter')).map((row) => row.trimEnd());
    assert.equal(rows.filter((row) => /x…/.test(row) && /services/.test(row)).length, 2, rows.join('\n'));
  });
});
