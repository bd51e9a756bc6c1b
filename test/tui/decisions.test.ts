import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CONFIG } from '../../source/engine/suppress.ts';
import { text } from '../../source/model/text.ts';
import { counts, listed, type FindingsScreen } from '../../source/tui/screens/findings/state.ts';
import { choicesOf, shown, type Wizard } from '../../source/tui/wizard.ts';
import { drive, type Driven } from './drive.ts';
import { fakeFindings, fakeMachine } from './fake-shop.ts';
import { faults, frame } from './frame.tsx';

const onFindings = (wizard: Wizard): FindingsScreen => {
  const screen = shown(wizard);
  assert.equal(screen.name, 'findings');
  return screen as FindingsScreen;
};
const chosen = (wizard: Wizard) => choicesOf(wizard).map((choice) => `${choice.finding}=${choice.fix}`);
const config = (wizard: Wizard) => wizard.looking.machine?.files.get(CONFIG)?.text;
const written = ({ session }: Driven) => session.asked.filter((one) => one.startsWith('writeConfig'));
const LINES = 'ignore:\n  - risk: pickle-serializer\n    where: worker\n    reason: later\n';
const file = (content: string) => ({ files: new Map([[CONFIG, { path: CONFIG, text: content, hash: 'h', mode: 0o644, uid: 0, gid: 0 }]]) });

describe('ignoring', () => {
  it('asks for a reason and a day, shows the lines, and writes them with the second enter', async () => {
    const driven = await drive();
    await driven.keys('enter', 'i', 'enter');
    assert.match(driven.store.get().notice ?? '', /A reason is needed/);
    const rows = frame(await driven.keys(...'later', 'enter', ...'2999-01-31'));
    for (const row of [/^ \.harden-tui\.yaml +\+5$/, /^ \+ignore:$/, /^ \+ {2}- risk: pickle-serializer$/, /^ \+ {4}until: 2999-01-31$/]) assert.ok(rows.some((one) => row.test(one)), rows.join('\n'));
    assert.deepEqual(faults(rows), []);
    assert.deepEqual(written(driven), []);
    const wizard = await driven.keys('enter');
    assert.equal(config(wizard), `${LINES}    until: 2999-01-31\n`);
    assert.deepEqual(counts(wizard), { chosen: 0, skipped: 0, ignored: 1, open: 6, low: 8 });
    assert.equal(onFindings(wizard).at, 'F2');
    const list = frame(wizard);
    assert.match(list[5]!, /^ {3}i critical/);
    assert.match(list[21]!, /^ 1 ignored, 6 open|^ 0 chosen, 1 ignored, 6 open/);
  });
  it('is the same from the finding, and back on the list', async () => {
    const driven = await drive();
    const wizard = await driven.keys('enter', 'enter', 'i', ...'later', 'tab', 'tab', 'enter', 'enter');
    assert.equal(config(wizard), LINES);
    assert.equal(shown(wizard).name, 'findings');
  });
  it('takes no day that is over or none at all', async () => {
    const driven = await drive();
    await driven.keys('enter', 'i', ...'later', 'enter', ...'2020-01-01', 'enter');
    assert.match(driven.store.get().notice ?? '', /over already/);
    await driven.keys(...Array.from({ length: 10 }, () => 'backspace'), ...'soon', 'enter');
    assert.match(driven.store.get().notice ?? '', /2027-01-31/);
    assert.deepEqual(written(driven), []);
    assert.equal(shown(await driven.keys('esc')).name, 'findings');
  });
  it('is taken back with z or with i, byte for byte, as long as the lines are ours', async () => {
    for (const key of ['z', 'k', undefined] as const) {
      const driven = await drive({ machine: file('# ours\n') });
      await driven.keys('enter', 'i', ...'later', 'enter', 'enter');
      assert.equal(config(driven.store.get()), `# ours\n${LINES}`);
      const wizard = await driven.keys(...(key === 'z' ? ['z'] : ['k', 'i']));
      assert.equal(config(wizard), '# ours\n');
      assert.deepEqual(counts(wizard), { chosen: 0, skipped: 0, ignored: 0, open: 7, low: 8 });
    }
  });
  it('gives way to another decision, and comes back with z', async () => {
    const driven = await drive();
    await driven.keys('enter', 'i', ...'later', 'enter', 'enter', 'k');
    const fixed = await driven.keys('f');
    assert.deepEqual([config(fixed), chosen(fixed)], [undefined, ['F1=json-only']]);
    const again = await driven.keys('z');
    assert.deepEqual([config(again), chosen(again), counts(again).ignored], [LINES, [], 1]);
  });
  it('writes nothing in a dry run, and marks it all the same', async () => {
    const driven = await drive({}, { dryRun: true });
    const wizard = await driven.keys('enter', 'i', ...'later', 'enter', 'enter');
    assert.deepEqual([written(driven), counts(wizard).ignored], [[], 1]);
    assert.equal(counts(await driven.keys('z')).ignored, 0);
  });
  it('says what can\'t be written, and decides nothing', async () => {
    const odd = await drive({ machine: file('ignore: all\n') });
    await odd.keys('enter', 'i', ...'x', 'enter', 'enter');
    assert.match(odd.store.get().notice ?? '', /can't be added/);
    const denied = await drive({ unwritable: true });
    const wizard = await denied.keys('enter', 'i', ...'x', 'enter', 'enter');
    assert.deepEqual([shown(wizard).name, wizard.decisions.size], ['trouble', 0]);
  });
  it('takes letters for letters, q and ? too', async () => {
    const driven = await drive();
    const screen = shown(await driven.keys('enter', 'i', 'q', '?', 'space', 'z'));
    assert.ok(screen.name === 'ignore' && screen.reason === 'q? z');
  });
});

describe('taking back the last decision', () => {
  it('goes back one by one, to what stood before', async () => {
    const driven = await drive();
    await driven.keys('enter', 'f', 's', 'k', 'k', 's');
    assert.deepEqual(counts(driven.store.get()), { chosen: 0, skipped: 2, ignored: 0, open: 5, low: 8 });
    assert.deepEqual(chosen(await driven.keys('z')), ['F1=json-only']);
    assert.equal(onFindings(driven.store.get()).at, 'F1');
    assert.deepEqual(counts(await driven.keys('z')), { chosen: 1, skipped: 0, ignored: 0, open: 6, low: 8 });
    assert.deepEqual(counts(await driven.keys('z')), { chosen: 0, skipped: 0, ignored: 0, open: 7, low: 8 });
    assert.equal((await driven.keys('z')).notice, undefined, 'there is no such key then');
  });
});

describe('what z says', () => {
  it('is whether it is chosen again, or chosen no longer', async () => {
    const driven = await drive();
    assert.match((await driven.keys('enter', 'f', 'z')).notice ?? '', /^Chosen no longer: Celery takes pickle/);
    assert.match((await driven.keys('s', 'z')).notice ?? '', /^Open again: /);
    await driven.keys('g', 'f', 'g', 's');
    assert.match((await driven.keys('z')).notice ?? '', /^Put back: Celery takes pickle/);
  });
});

describe('this way for all like it', () => {
  const like = (id: string, where: string) => ({ ...fakeFindings[1]!, id, title: text(`${where} runs as root`, `${where} 以 root 身份运行`), subjects: [{ kind: 'service' as const, name: where }] });
  const findings = [fakeFindings[0]!, fakeFindings[1]!, like('F2b', 'admin'), like('F2c', 'proxy')];
  it('chooses it where it is offered and not refused, says how many, and is taken back at once', async () => {
    const driven = await drive({ findings });
    assert.match(frame(await driven.keys('enter', 'j', 'enter'))[23]!, /A this way for all 3/);
    const before = driven.store.get();
    await driven.tell({ kind: 'offers', machine: before.looking.machine!, finding: 'F2b', offers: [{ fix: 'named-user', title: text('a', 'a'), price: text('', ''), safety: 'review', recommended: true, diffs: [], words: text('', '') }] });
    const wizard = await driven.keys('A');
    assert.deepEqual(chosen(wizard), ['F2=named-user', 'F2b=named-user']);
    assert.match(wizard.notice ?? '', /Chosen for 2\. Not possible for 1\./);
    assert.equal(shown(wizard).name, 'findings');
    assert.deepEqual(chosen(await driven.keys('z')), []);
  });
  it('is no key where there is none like it', async () => {
    const driven = await drive();
    assert.doesNotMatch(frame(await driven.keys('enter', 'enter'))[23]!, /this way for all/);
    assert.deepEqual(chosen(await driven.keys('A')), []);
  });
});

describe('grouping', () => {
  const ids = (wizard: Wizard) => listed(onFindings(wizard), wizard).map((one) => one.id).join(' ');
  it('cycles through service, risk and file; numbers and the highlighted one stay', async () => {
    const driven = await drive();
    const service = await driven.keys('enter', 'j', 'j', 'v');
    assert.equal(ids(service), 'F1 F2 F2 F6 F7 F3 F4 F5 F7');
    const rows = frame(service);
    assert.deepEqual(rows.slice(2, 4).map((row) => row.trim()), ['7 findings in 5 services, by service: each under all of its services (9 rows).', '8 more are low: l shows them.']);
    assert.ok(rows.includes(' ❯ 3 high      running   uWSGI socket is open to every user (666)     admin'), rows.join('\n'));
    assert.match(rows.join('\n'), /^ admin +2\n ❯ 3 high/m);
    assert.deepEqual(faults(rows), []);
    await driven.keys('v');
    assert.match(frame(driven.store.get()).join('\n'), /^ socket-mode +1$/m);
    const file_ = await driven.keys('v');
    assert.equal(ids(file_), 'F1 F2 F6 F3 F4 F5 F7');
    assert.match(frame(await driven.keys('G')).join('\n'), /^ decided by no file +1$/m);
    assert.equal(onFindings(await driven.keys('v')).group, 'severity');
  });
  it('has one number for one row, whatever it stands under, and counts it once', async () => {
    const driven = await drive();
    const numbers = (wizard: Wizard) => new Map(frame(wizard).flatMap((row) => ((found) => (found ? [[found[2]!.trim(), found[1]!] as const] : []))(/^ [❯ ] (\d+) +\S+ +\S+ +(.{40})/.exec(row))));
    const plain = numbers(await driven.keys('enter', 'l'));
    for (const group of ['service', 'risk', 'file']) {
      for (const [title, number] of numbers(await driven.keys('v', 'g'))) assert.equal(plain.get(title) ?? number, number, `${group}: ${title}`);
      const rows = listed(onFindings(driven.store.get()), driven.store.get());
      const heads = new Map<string, number>();
      for (const { under = '' } of rows) heads.set(under, (heads.get(under) ?? 0) + 1);
      assert.equal([...heads.values()].reduce((a, n) => a + n, 0), rows.length);
      assert.equal(new Set(rows.map((one) => one.id)).size, 15, 'what stands there twice is the same one');
    }
  });
  it('goes through what stands under two heads one after the other, and decides it once', async () => {
    const driven = await drive();
    const at = (wizard: Wizard) => [onFindings(wizard).at, onFindings(wizard).under];
    assert.deepEqual(at(await driven.keys('enter', 'v', 'j')), ['F2', 'worker']);
    assert.deepEqual(at(await driven.keys('j')), ['F2', 'web']);
    assert.match(frame(driven.store.get()).join('\n'), /^ web +3\n ❯ 2 high/m);
    const wizard = await driven.keys('f');
    assert.deepEqual(chosen(wizard), ['F2=named-user']);
    assert.equal(frame(wizard).filter((row) => /^ [❯ ] ✓/.test(row)).length, 2);
    assert.deepEqual(counts(wizard), { chosen: 1, skipped: 0, ignored: 0, open: 6, low: 8 });
  });
  it('parts low ones of one row where their heads do, under the number of that row', async () => {
    const low = (id: string, service: string) => ({ ...fakeFindings[7]!, id, plural: text('keep all', '保留'), subjects: [{ kind: 'service' as const, name: service }], places: [{ ...fakeFindings[0]!.places[0]!, file: `${service}.conf` }] });
    const driven = await drive({ findings: [fakeFindings[0]!, low('A', 'web'), low('B', 'admin')] });
    for (const keys of [['enter', 'l', 'v'], ['v', 'v']]) {
      const rows = frame(await driven.keys(...keys));
      assert.equal(rows.filter((row) => /^ {3}2 low/.test(row)).length, 2, rows.join('\n'));
      assert.match(rows.join(''), /2 findings in 3 services, by (?:service|file): each under all of its (?:services|files) \(3 rows\)\. 1 of *them is low/);
    }
    assert.match(frame(await driven.keys('g', 'j', 'enter')).join('\n'), /2 of 2$/m);
  });
  it('moves over heads, and takes what is highlighted', async () => {
    const driven = await drive();
    assert.deepEqual(chosen(await driven.keys('enter', 'v', 'v', 'v', 'j', 'j', 'f')), ['F6=high-port']);
  });
});

describe('a word in the list', () => {
  it('says on top that it filters, how many of how many, and how to see all again', async () => {
    const driven = await drive();
    const rows = frame(await driven.keys('enter', '/', ...'root'));
    assert.match(rows[2]!, /^ Filter "root": \d+ of 15 findings\. esc shows all\.$/);
    assert.match(rows[23]!, /^ enter find /, 'as the key that led here is called');
    const held = await driven.keys('enter', 'enter');
    assert.match(frame(held)[2]!, /2 of 15$/);
    await driven.keys('esc');
    assert.match(frame(await driven.keys('esc'))[2]!, /7 findings in 5 services/);
  });
  it('is gone through with n and N, and stands out', async () => {
    const driven = await drive();
    await driven.keys('enter', '/', ...'root', 'enter');
    assert.equal(onFindings(await driven.keys('n')).at, 'F4');
    // Folded ones are found, too.
    assert.equal(onFindings(await driven.keys('N', 'N')).at, 'L8');
    assert.equal(fakeMachine.name, 'shop');
  });
});

describe('wide', () => {
  const size = { columns: 160, rows: 48 };
  it('shows the finding beside the list, and its diff as one moves', async () => {
    const driven = await drive({}, {}, size);
    const rows = frame(await driven.keys('enter'));
    assert.deepEqual(faults(rows, size), [], rows.join('\n'));
    assert.match(rows.join('\n'), /│  critical   seen running   pickle-serializer .* 1 of 7\n.*❯ 1 critical/s);
    assert.match(rows.join('\n'), /│ +\+ {4}accept_content=\["json"\]/);
    assert.match(frame(await driven.keys('j')).join('\n'), /│ +\+USER 10001:10001/);
  });
  it('gives the keys to the other pane with tab, and keeps the place when it gets narrow', async () => {
    const driven = await drive({}, {}, size);
    assert.equal(shown(await driven.keys('enter', 'j', 'tab')).name, 'finding');
    assert.match(frame(driven.store.get())[47]!, /enter choose/);
    await driven.keys('2');
    assert.equal(shown(await driven.keys('tab')).name, 'findings');
    assert.match(frame(driven.store.get())[47]!, /f take recommended/);
    assert.match(frame(driven.store.get()).join('\n'), /❯ 2 A bare number/, 'what was highlighted there stays highlighted');
    await driven.keys('tab');
    const narrow = frame(await driven.tell({ kind: 'size', columns: 80, rows: 24 }));
    assert.deepEqual(faults(narrow), []);
    assert.match(narrow.join('\n'), /❯ 2 A bare number/);
    assert.deepEqual(chosen(await driven.keys('enter')), ['F2=numeric-user']);
  });
  it('has no tab where there is one pane', async () => assert.equal(shown(await (await drive()).keys('enter', 'tab')).name, 'findings'));
});
