import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stop } from '../../source/model/errors.ts';
import { text } from '../../source/model/text.ts';
import { farewell } from '../../source/tui/farewell.ts';
import { hostOf, wanted } from '../../source/tui/screens/confirm/question.ts';
import { confirmContent, type ConfirmScreen } from '../../source/tui/screens/confirm/state.ts';
import { counts, listed, type FindingsScreen } from '../../source/tui/screens/findings/state.ts';
import type { Change } from '../../source/model/change.ts';
import { textOf } from '../../source/tui/lines.ts';
import { viewOf } from '../../source/tui/view.ts';
import { clampTop, moved, windowAround } from '../../source/tui/scroll.ts';
import { choicesOf, shown, type Wizard } from '../../source/tui/wizard.ts';
import { frame } from './frame.tsx';
import { drive } from './drive.ts';
import { fakeFindings, fakeMachine } from './fake-shop.ts';

const onFindings = (wizard: Wizard): FindingsScreen => {
  const screen = shown(wizard);
  assert.equal(screen.name, 'findings');
  return screen as FindingsScreen;
};
const chosen = (wizard: Wizard) => choicesOf(wizard).map((choice) => `${choice.finding}=${choice.fix}`);
const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'p'] as const;
const remote = { docker: { ...fakeMachine.docker!, remote: true, endpoint: 'ssh://me@staging:22' } };

describe('looking', () => {
  it('goes on by itself when enter was pressed before everything was seen', async () => {
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => { open = resolve; });
    const driven = await drive({ gate: () => held });
    await driven.keys('enter');
    assert.equal(driven.name(), 'looking');
    open();
    await driven.keys();
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(driven.name(), 'findings');
  });
  it('says what stops it and tries again', async () => {
    const driven = await drive({ stop: new Stop(text('There is no folder x.', '没有目录 x。'), [text('Give another.', '换一个。')]) });
    assert.equal(driven.name(), 'trouble');
    await driven.keys('enter');
    assert.equal(driven.session.asked.filter((one) => one === 'inspect').length, 2);
  });
  it('has no key for calls that nobody counts', async () => {
    const driven = await drive();
    assert.equal(shown(await driven.keys('c')).name, 'looking');
    const counted = await drive({}, { can: { edit: false, calls: true } });
    assert.deepEqual((await counted.keys('c')).calls, [['GET', '/info']]);
  });
});

describe('the list', () => {
  it('folds low ones until l', async () => {
    const driven = await drive();
    assert.equal(listed(onFindings(await driven.keys('enter')), driven.store.get()).length, 7);
    assert.equal(listed(onFindings(await driven.keys('l')), driven.store.get()).length, 15);
    assert.equal(listed(onFindings(await driven.keys('l')), driven.store.get()).length, 7);
  });
  it('takes the recommended way and goes to the next open one; the same key again undoes nothing', async () => {
    const driven = await drive();
    const wizard = await driven.keys('enter', 'f');
    assert.deepEqual(chosen(wizard), ['F1=json-only']);
    assert.equal(onFindings(wizard).at, 'F2');
    assert.deepEqual(chosen(await driven.keys('k', 'f')), ['F1=json-only']);
    assert.deepEqual(chosen(await driven.keys('z')), []);
  });
  it('takes three with three fast keys, before a single way is known', async () => {
    const driven = await drive();
    await driven.keys('enter');
    for (const key of ['f', 'f', 'f']) driven.store.tell({ kind: 'key', key });
    assert.equal(onFindings(driven.store.get()).at, 'F4');
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(chosen(driven.store.get()), ['F1=json-only', 'F2=named-user', 'F3=group-socket']);
    assert.equal(onFindings(driven.store.get()).at, 'F4');
  });
  it('skips, and opens again what was skipped', async () => {
    const driven = await drive();
    assert.deepEqual(counts(await driven.keys('enter', 's')), { chosen: 0, skipped: 1, ignored: 0, open: 6, low: 8 });
    assert.deepEqual(counts(await driven.keys('k', 's')), { chosen: 0, skipped: 0, ignored: 0, open: 7, low: 8 });
  });
  it('never takes a way that is only by hand', async () => {
    const driven = await drive();
    const wizard = await driven.keys('enter', 'j', 'j', 'j', 'j', 'f');
    assert.deepEqual(chosen(wizard), []);
    assert.match(wizard.notice ?? '', /by hand/);
  });
  it('filters with /, and esc shows all again', async () => {
    const driven = await drive();
    const filtered = await driven.keys('enter', '/', 's', 'o', 'c', 'k', 'q', 'backspace', 'enter');
    assert.deepEqual(listed(onFindings(filtered), filtered).map((finding) => finding.id), ['F3']);
    assert.equal(filtered.left, undefined, 'q was a letter there');
    const all = await driven.keys('esc');
    assert.equal(listed(onFindings(all), all).length, 7);
    assert.equal(shown(await driven.keys('esc')).name, 'looking');
  });
  it('comes back as it was left', async () => {
    const driven = await drive();
    await driven.keys('enter', 'j', 'j', 'l', 'esc');
    const screen = onFindings(await driven.keys('enter'));
    assert.deepEqual([screen.at, screen.low], ['F3', true]);
  });
  it('wants something chosen before it plans', async () => {
    const driven = await drive();
    const wizard = await driven.keys('enter', 'p');
    assert.match(wizard.notice ?? '', /Nothing is chosen/);
    assert.equal(driven.name(), 'findings');
  });
});

describe('a finding', () => {
  it('highlights by digit and arrow, around the ends, and chooses with enter', async () => {
    const driven = await drive();
    await driven.keys('enter', 'enter', '2');
    assert.deepEqual(chosen(await driven.keys('enter')), ['F1=drain-first']);
    assert.equal(driven.name(), 'findings');
    await driven.keys('k', 'enter', 'k', 'k');
    assert.match(frame(driven.store.get()).join('\n'), /This way cannot be taken here: openssl/, 'the third way is refused here');
    assert.match((await driven.keys('enter')).notice ?? '', /Nothing was chosen/);
    assert.deepEqual(chosen(driven.store.get()), ['F1=drain-first']);
  });
  it('opens the words of a way by hand, and chooses nothing', async () => {
    const driven = await drive();
    const wizard = await driven.keys('enter', 'j', 'enter', '6', 'enter');
    assert.equal(shown(wizard).name, 'explain');
    assert.deepEqual(chosen(wizard), []);
    assert.equal(shown(await driven.keys('esc')).name, 'finding');
  });
  it('opens the deciding line in the editor and looks again', async () => {
    const driven = await drive({}, { can: { edit: true, calls: false } });
    await driven.keys('enter', 'enter', 'o');
    assert.deepEqual(driven.copied, ['shop/tasks.py:7']);
    assert.equal(driven.session.asked.filter((one) => one === 'inspect').length, 2);
    assert.equal(driven.name(), 'findings');
  });
});

describe('the plan', () => {
  it('takes a step out only when asked twice, with all that falls', async () => {
    const driven = await drive();
    await driven.keys(...PLANNED, 'x');
    assert.equal(choicesOf(await driven.keys('j')).length, 4, 'another key keeps it');
    const wizard = await driven.keys('x', 'x');
    assert.deepEqual(chosen(wizard), ['F1=json-only', 'F3=group-socket', 'F4=uid-gid']);
    assert.equal(shown(wizard).name, 'plan');
  });
  it('ends there in a dry run', async () => {
    const driven = await drive({}, { dryRun: true });
    const wizard = await driven.keys(...PLANNED, 'enter', 'y');
    assert.equal(shown(wizard).name, 'plan');
    assert.ok(!driven.session.asked.includes('apply'));
    assert.deepEqual([(await driven.keys('q')).left, farewell(driven.store.get())[0]], [0, 'harden-tui: shop, dry run. 4 findings chosen: 4 files, 3 images, 3 containers, 1 volume would change.']);
  });
  it('ends there where Docker is another machine and that was not allowed', async () => {
    const driven = await drive({ machine: remote });
    assert.equal(shown(await driven.keys(...PLANNED, 'enter')).name, 'plan');
  });
  it('copies a command', async () => {
    const driven = await drive();
    await driven.keys(...PLANNED, 'c', 'j', 'y');
    assert.deepEqual(driven.copied, ['docker compose -p shop stop worker web admin']);
  });
});

describe('the one confirmation', () => {
  it('asks for the name of the project where data changes its owner', async () => {
    const driven = await drive();
    const wizard = await driven.keys(...PLANNED, 'enter');
    assert.deepEqual(wanted(wizard), { kind: 'project', word: 'shop' });
    await driven.keys('y', 'enter');
    assert.ok(!driven.session.asked.includes('apply'), 'a y is a letter there');
    await driven.keys('s', 'h', 'o', 'enter');
    assert.ok(!driven.session.asked.includes('apply'));
    await driven.keys('s', 'h', 'o', 'p', 'enter');
    assert.ok(driven.session.asked.includes('apply'));
  });
  it('asks for the host where Docker is another machine', async () => {
    const driven = await drive({ machine: remote }, { allowRemote: true });
    assert.deepEqual(wanted(await driven.keys(...PLANNED, 'enter')), { kind: 'host', word: 'staging' });
    assert.deepEqual(['tcp://10.0.0.5:2376', 'ssh://staging', 'tcp://[::1]:2375'].map(hostOf), ['10.0.0.5', 'staging', '[::1]']);
  });
  it('is content with y elsewhere, and never with enter', async () => {
    const driven = await drive();
    await driven.keys('enter', 'f', 'p', 'enter');
    assert.equal(wanted(driven.store.get()), undefined);
    await driven.keys('enter');
    assert.ok(!driven.session.asked.includes('apply'));
    await driven.keys('y');
    assert.ok(driven.session.asked.includes('apply'));
  });
  it('asks for every file outside the project by itself, before it asks for the plan', async () => {
    const unit: Change = { kind: 'edit-file', path: '/etc/systemd/system/shop.service', hash: 'h', edits: [] };
    const driven = await drive({ besides: [unit, { kind: 'make-account', name: 'shop' }, { kind: 'by-hand', services: ['cron'], words: text('stop cron and start it again', '停止 cron 再启动'), commands: [['kill', '7']] }] });
    await driven.keys('enter', 'f', 'p', 'enter');
    const content = () => confirmContent(shown(driven.store.get()) as ConfirmScreen, driven.store.get(), viewOf(driven.store.get())).map(textOf).join('\n');
    assert.match(content(), /1 of 2 outside the project: \/etc\/systemd\/system\/shop\.service/);
    assert.match(content(), /By you +stop cron/);
    await driven.keys('y');
    assert.match(content(), /2 of 2 outside the project: a system account of its own, shop\. May it be made\?/);
    assert.ok(!driven.session.asked.includes('apply'));
    await driven.keys('y');
    assert.match(content(), /Apply it\?/);
    assert.ok(!driven.session.asked.includes('apply'), 'each of them is no yes to the plan');
    await driven.keys('y');
    assert.ok(driven.session.asked.includes('apply'));
  });
  it('takes nothing of a pasted text for a key, and only its first line for the name', async () => {
    const driven = await drive();
    await driven.keys('enter', 'f', 'p', 'enter');
    await driven.tell({ kind: 'pasted', text: 'y' });
    assert.ok(!driven.session.asked.includes('apply'));
    await driven.keys('esc', 'esc', 'f', 'p', 'enter');
    const screen = shown(await driven.tell({ kind: 'pasted', text: 'shop\nrm -rf /\n' }));
    assert.ok(screen.name === 'confirm' && screen.typed === 'shop');
    assert.ok(!driven.session.asked.includes('apply'));
  });
});

describe('q while something is under way', () => {
  it('is told how to stop it, and leaves nothing half done', async () => {
    let open = (): void => undefined;
    const gate = () => new Promise<void>((resolve) => { open = resolve; });
    const held = await drive({ gate });
    open();
    await held.keys();
    await held.keys('enter', 'f', 'p', 'enter', 'y');
    const wizard = await held.keys('q');
    assert.deepEqual([wizard.left, wizard.notice], [undefined, 'q leaves when this has ended. To stop it: ctrl-c']);
  });
});

describe('after it', () => {
  it('shows the verdicts, and undoes', async () => {
    const driven = await drive();
    await driven.keys('enter', 'f', 'p', 'enter', 'y');
    assert.equal(driven.name(), 'done');
    assert.equal(shown(await driven.keys('u')).name, 'undo');
    assert.ok(!driven.session.asked.includes('undo 1'), 'it asks first');
    await driven.keys('enter');
    assert.ok(!driven.session.asked.includes('undo 1'), 'enter is never the yes');
    const wizard = await driven.keys('y');
    assert.ok(driven.session.asked.includes('undo 1'));
    assert.deepEqual(farewell(wizard), ['harden-tui: shop, run 1 is undone; 1 risk came back.', 'Every run: harden-tui history']);
  });
  it('is taken back when a step fails: exit code 3, and the rest can be tried without it', async () => {
    const driven = await drive({ fails: 4 });
    const failed = await driven.keys('enter', 'f', 'j', 'f', 'f', 'p', 'enter', 'y');
    assert.equal(shown(failed).name, 'taken-back', JSON.stringify(driven.session.asked));
    assert.equal((await driven.keys('q')).left, 3);
  });
  it('leaves out what failed and plans the rest', async () => {
    const driven = await drive({ fails: 2 });
    // Steps: 1 tasks.py (F1), 2 uwsgi.ini (F3, F4)
    const failed = await driven.keys('enter', 'f', 'j', 'f', 'f', 'p', 'enter', 'y');
    assert.equal(shown(failed).name, 'taken-back');
    const again = await driven.keys('2', 'enter');
    assert.deepEqual([shown(again).name, chosen(again)], ['plan', ['F1=json-only']]);
  });
  it('says four things at most when it is left', async () => {
    const driven = await drive();
    const wizard = await driven.keys('enter', 'f', 'p', 'enter', 'y', 'q');
    assert.equal(wizard.left, 0);
    assert.deepEqual(farewell(wizard), [
      'harden-tui: shop, run 1. 1 gone, 6 left, 5 answers as before; web was away 3.4 s.',
      'Changed, not committed: shop/tasks.py',
      'Cannot tell: whether every task call is content with JSON.',
      'Take it back: harden-tui undo',
    ]);
  });
});

describe('leaving', () => {
  it('asks once if something is chosen, and any other key stays', async () => {
    const driven = await drive();
    assert.equal((await driven.keys('enter', 'f', 'q')).left, undefined);
    assert.equal((await driven.keys('j')).left, undefined);
    assert.equal((await driven.keys('q', 'q')).left, 0);
    assert.equal(farewell(driven.store.get())[1], 'No file, image or container was changed.');
  });
  it('asks nothing when nothing is chosen', async () => assert.equal((await (await drive()).keys('enter', 'q')).left, 0));
  it('tells a bug from a situation', async () => {
    const driven = await drive({ stop: new TypeError('ours') as never });
    assert.equal((driven.broken[0] as Error).message, 'ours');
  });
});

describe('scrolling', () => {
  it('stops where the end is in sight', () => assert.deepEqual([clampTop(99, 30, 20), clampTop(-3, 30, 20), clampTop(5, 10, 20)], [10, 0, 0]));
  it('moves by rows, pages and to the ends', () => {
    assert.deepEqual(['j', 'down', 'pagedown', 'G', 'g', 'k'].map((key) => moved(5, key, 100, 20)), [6, 6, 24, 99, 0, 4]);
  });
  it('keeps the highlighted row in sight', () => {
    for (let at = 0; at < 50; at++) {
      const { from, to } = windowAround(at, 50, 8);
      assert.ok(from <= at && at < to && to - from === 8);
    }
  });
  it('knows the findings of the fake', () => assert.equal(fakeFindings.length, 15));
});
