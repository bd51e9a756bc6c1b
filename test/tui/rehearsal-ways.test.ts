// Where a rehearsal leads: ways on that can help, each at its price, and what it shows of findings and of rows that have no room.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Shown } from '../../source/model/rehearsal.ts';
import { text } from '../../source/model/text.ts';
import { update } from '../../source/tui/update.ts';
import { choicesOf, shown, type Wizard } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { BREAKS, HOLDS } from './fake-rehearsal.ts';
import { faults, frame } from './frame.tsx';
import { held, PLANNED, untilFound } from './rehearsing.ts';

const chosen = (wizard: Wizard) => choicesOf(wizard).map((choice) => `${choice.finding}=${choice.fix}`);

describe('where a rehearsal breaks', () => {
  it('offers what can help where a step was dropped, and no other: the step, what mends it, without the services, the plan', async () => {
    const driven = await drive({ rehearsals: [BREAKS, HOLDS] });
    await driven.keys(...PLANNED, 'j', 'j', 'j', 'j', 'j', 'j', 'x', 'x', 'enter');
    const rows = frame(driven.store.get());
    assert.deepEqual(faults(rows), []);
    const at = rows.findIndex((row) => row.startsWith(' Ways on'));
    assert.deepEqual(rows.slice(at, at + 5).map((row) => row.trimEnd()), [
      ' Ways on',
      ' ❯ 1 Put step 9 back           recommended; then rehearse again',
      '   2 Step down at start        the container mends the volume whenever it starts',
      '   3 Leave web and worker out  keeps the fixes of admin, 2 of 5',
      '   4 Back to the plan          nothing is changed',
    ]);
    assert.match(rows.join(' ').replace(/\s+/g, ' '), /It is step 9 that gives media to 10001, and it was dropped\./);
    // It says that it rehearses again, and does.
    const again = await driven.keys('enter');
    assert.deepEqual([shown(again).name, again.without, driven.session.asked.filter((one) => one.startsWith('rehearse')).length], ['rehearsal', [], 2]);
    assert.match(frame(again).join('\n'), /Holds: 7 gone/);
  });

  it('leads on: another way, or without what broke, and then it is rehearsed again', async () => {
    const driven = await drive({ rehearsals: [BREAKS, HOLDS] });
    const other = await driven.keys(...PLANNED, 'enter', 'enter');
    assert.deepEqual([shown(other).name, chosen(other)], ['rehearsal', ['F1=json-only', 'F2=step-down', 'F3=group-socket', 'F4=uid-gid', 'F6=high-port']]);
    assert.match(frame(other).join('\n'), /Holds/);
    assert.deepEqual((await driven.keys('esc', 'esc')).stack.map((one) => one.name), ['looking', 'findings']);
    assert.deepEqual(chosen(await driven.keys('z')).filter((one) => one.startsWith('F2')), ['F2=named-user'], 'a way on is a decision, and can be taken back');

    const second = await drive({ rehearsals: [BREAKS] });
    const without = await second.keys(...PLANNED, 'enter', '2', 'enter');
    assert.deepEqual(chosen(without), ['F3=group-socket', 'F4=uid-gid']);
    assert.equal(shown(without).name, 'rehearsal', 'rehearsed again at once');
  });

  it('offers what was taken out of the plan, where the service that breaks may need it', async () => {
    const driven = await drive({ rehearsals: [BREAKS] });
    // Step 2 edits the Dockerfile for F2 and F6: both are dropped with it, then F2 alone is taken again.
    await driven.keys(...PLANNED, 'j', 'x', 'x', 'esc', 'g', 'j', 'f', 'p', 'enter');
    assert.match(frame(driven.store.get()).join('\n'), /1 Put back: web listens on port 443 as root/);
    const wizard = await driven.keys('enter');
    assert.deepEqual(chosen(wizard).filter((one) => one.startsWith('F6')), ['F6=high-port']);
  });

  it('offers to leave out what was found by trials without the other choices', async () => {
    const driven = await drive({ rehearsals: [{ ...BREAKS, rows: BREAKS.rows.slice(0, 2), breakage: { ...BREAKS.breakage!, log: ['chown(): Operation not permitted'] } }] });
    const wizard = await driven.keys(...PLANNED, 'enter');
    assert.doesNotMatch(frame(wizard).join('\n'), /Leave out:/);
    const plan = { ...wizard.draft!.plan!, owed: [{ finding: 'F6', proofs: [{ kind: 'capabilities' as const, service: 'web', allowed: [] }] }] };
    const tried = { ...wizard, draft: { ...wizard.draft!, plan }, rehearsal: { ...wizard.rehearsal!, plan } };
    const rows = frame(tried);
    assert.deepEqual(faults(rows), []);
    assert.match(rows.join('\n'), /❯ 1 Leave out: web listens on port 443 as root +tried without the/);
    assert.match(rows.join('\n'), /every upload would fail/);
    assert.deepEqual(chosen(update(tried, { kind: 'key', key: 'enter' }).wizard).filter((one) => one.startsWith('F6')), []);
  });

  it('offers the other ways of the finding whose step failed, and not those of the service', async () => {
    const driven = await drive({ rehearsals: [{ outcome: 'breaks', rows: [], untried: [], ms: 1, buildMs: 1, breakage: { service: 'worker', what: text('The key could not be made.', '做不出密钥。'), log: ["No module named 'cryptography'"], findings: ['F1'] } }] });
    const rows = frame(await driven.keys(...PLANNED, 'enter')).join('\n');
    assert.match(rows, /❯ 1 Instead: JSON in two steps +goes on reading pickle/);
    assert.match(rows, /2 Leave out: Celery takes pickle[^\n]* keeps 4 of 5/);
    assert.doesNotMatch(rows, /Find out which one/);
  });

  it('finds out which fix it is by rehearsing parts, and leaves that one out', async () => {
    // All of it breaks; then the first half, its halves, and so on: whatever holds F2 breaks.
    const driven = await drive({ rehearsals: [BREAKS], guilty: 'F2' });
    await driven.keys(...PLANNED, 'enter', '3', 'enter');
    await untilFound(driven);
    const rows = frame(driven.store.get());
    assert.deepEqual(faults(rows), []);
    assert.match(rows.join(' ').replace(/\s+/g, ' '), /It is "web and worker run as root": web was asked to write a file there/);
    assert.match(rows.join('\n'), /2 Leave out: web and worker run as root +keeps 4 of 5/);
    assert.ok(driven.session.asked.filter((one) => one.startsWith('rehearse')).length > 2);
    const without = await driven.keys('2', 'enter');
    assert.deepEqual(chosen(without), ['F1=json-only', 'F3=group-socket', 'F4=uid-gid', 'F6=high-port']);
    assert.ok(!driven.session.asked.includes('apply'));
  });

  it('goes on saying that it breaks where the search was stopped', async () => {
    const gates = held();
    const driven = await drive({ rehearsals: [BREAKS], guilty: 'F2', gate: gates.gate });
    await driven.keys(...PLANNED, 'enter');
    gates.close();
    await driven.keys('3', 'enter');
    assert.match(frame(driven.store.get()).join('\n'), /Finding out which one it is/);
    await driven.keys('esc');
    gates.open();
    await untilFound(driven);
    assert.match(frame(driven.store.get()).join('\n'), /Breaks: one thing gets worse/);
    assert.equal(driven.store.get().left, undefined);
  });
});

describe('what a rehearsal shows', () => {
  it('says how many of the findings are gone, whatever rows there are, and which are not', async () => {
    const found = (id: string, outcome: Shown['outcome']): Shown => ({ finding: id, title: text(`finding ${id}`, `问题 ${id}`), outcome });
    const seen = async (findings: readonly Shown[], lang: 'en' | 'zh-CN' = 'en'): Promise<string> => {
      const driven = await drive({ rehearsals: [{ ...HOLDS, findings }] }, { lang });
      const rows = frame(await driven.keys(...PLANNED, 'enter'));
      assert.deepEqual(faults(rows), []);
      return rows.join('\n');
    };
    assert.match(await seen([found('F1', 'gone'), found('F2', 'gone'), found('F3', 'gone')]), /Holds: 7 gone, 5 same, 0 worse\.[^\n]*\n All 3 findings of the plan are gone on the copies\./);
    assert.match(await seen([found('F1', 'gone'), found('F2', 'cannot-tell'), found('F3', 'not-here')]), /1 of 3 findings of the plan is gone on the copies; cannot tell of: finding F2;\s+seen only where it really runs: finding F3\./);
    assert.match(await seen([found('F1', 'gone'), found('F2', 'later')], 'zh-CN'), /方案里的 2 个问题，在副本上消除了 1 个；按方案留到第二步：问题 F2。/);
  });

  it('shows every row in full by a key, also where it breaks; esc is the way back to the outcome', async () => {
    const long = 'worker itself says: pickle, json, yaml and msgpack, and answers all of them as uid 0';
    for (const result of [HOLDS, BREAKS]) {
      const row = { ...result.rows[0]!, asIs: text(long, long), findings: ['F2'] };
      const driven = await drive({ rehearsals: [{ ...result, rows: [row, ...result.rows.slice(1)] }] });
      const before = frame(await driven.keys(...PLANNED, 'enter'));
      assert.ok(!before.join(' ').replace(/\s+/g, ' ').includes(long), 'it has no room in the table');
      assert.match(before[23]!, / e in full /);
      const rows = frame(await driven.keys('e'));
      assert.deepEqual(faults(rows), []);
      assert.ok(rows.join(' ').replace(/\s+/g, ' ').includes(long), rows.join('\n'));
      assert.match(rows.join('\n'), /proof of +web and worker run as root/);
      assert.ok(!frame(await driven.keys('G')).join('\n').includes('proof of') || result === BREAKS);
      assert.match(frame(await driven.keys('esc')).join('\n'), result === HOLDS ? /Holds:/ : /Breaks:/);
    }
    const wide = await drive({ rehearsals: [{ ...HOLDS, rows: [{ ...HOLDS.rows[0]!, asIs: text(long, long) }, ...HOLDS.rows.slice(1)] }] }, {}, { columns: 140, rows: 45 });
    const rows = frame(await wide.keys(...PLANNED, 'enter'));
    assert.ok(!rows.join('\n').includes('…'), 'where it has room nothing is cut');
  });

  it('ends its log with what the app said', async () => {
    const driven = await drive({ rehearsals: [BREAKS] });
    assert.match(frame(await driven.keys(...PLANNED, 'enter', 'b')).join('\n'), / web said, in the copy as planned\n +PermissionError: \[Errno 13\]/);
  });
});
