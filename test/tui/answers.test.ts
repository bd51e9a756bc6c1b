import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { isLight, listener, WHEEL, type Answers } from '../../source/tui/answers.ts';
import { hasManyColours, look, wantsColour } from '../../source/tui/theme.ts';
import { manyFindings } from './kitchen/machines.ts';
import { fakeSession } from './fake-session.ts';
import { faults } from './frame.tsx';
import { leftClean } from './left.ts';
import { closeAll, walk } from './terminal.ts';

after(closeAll);

const E = '\u001b';
function heard(asked: boolean, ...chunks: readonly string[]) {
  const answers: Answers[] = [];
  const ears = listener(asked, true, (one) => answers.push(one));
  return { typed: chunks.map((chunk) => ears.keys(chunk)).join(''), answers, over: ears.answered() };
}

describe('what a terminal says by itself', () => {
  it('is told from what is typed, whole, in pieces, and between keys', () => {
    const said = `${E}]11;rgb:ffff/ffff/ffff${E}\\${E}[1;4R`;
    assert.deepEqual(heard(true, `j${said}k`), { typed: 'jk', answers: [{ ground: 'light' }, { wide: false }], over: true });
    for (let i = 1; i < said.length; i++) {
      // A lone escape, or one with a bracket, may be a key: those beginnings are passed on, and Ink puts them together.
      if (!/[\]<].*$/s.test(said.slice(0, i)) || /\u001b(?:\[[\d;]*)?$/.test(said.slice(0, i))) continue;
      const { typed, answers } = heard(true, `j${said.slice(0, i)}`, `${said.slice(i)}k`);
      assert.deepEqual([typed, answers.length], ['jk', 2], `cut at ${i}`);
    }
  });
  it('in every form that terminals use', () => {
    assert.deepEqual(heard(true, `${E}]11;rgb:0000/0000/0000\u0007${E}[12;7R`).answers, [{ ground: 'dark' }, { wide: true }]);
    assert.deepEqual([isLight('11;rgb:fd/f6/e3'), isLight('11;rgba:1e1e/1e1e/1e1e/ffff'), isLight('11;?')], [true, false, undefined]);
  });
  it('leaves keys alone: arrows, function keys, a lone esc, and a cursor report that nobody asked for', () => {
    for (const keys of [`${E}[A`, `${E}OP`, E, `${E}[15~`, `${E}[200~pasted${E}[201~`, `${E}[1;2R`]) assert.equal(heard(false, keys).typed, keys);
  });
  it('turns the wheel into keys, and clicks into nothing', () => {
    assert.equal(heard(false, `${E}[<64;10;5M${E}[<65;10;5M${E}[<69;1;1M`).typed, WHEEL.up + WHEEL.down + WHEEL.down);
    assert.equal(heard(false, `${E}[<0;10;5M${E}[<0;10;5m${E}[<66;1;1M`).typed, '');
    assert.equal(heard(false, `${E}[<6`, '4;10;5M').typed, WHEEL.up);
  });
});

describe('colours', () => {
  it('are wanted by a flag, then FORCE_COLOR, then NO_COLOR', () => {
    assert.deepEqual([wantsColour({}, true), wantsColour({ NO_COLOR: '1' }, true), wantsColour({ NO_COLOR: '' }, true), wantsColour({ NO_COLOR: '1', FORCE_COLOR: '1' }, true), wantsColour({ FORCE_COLOR: '0' }, true), wantsColour({ FORCE_COLOR: '3' }, false)], [true, false, true, true, false, false]);
  });
  it('are many or few by what the terminal says of itself', () => {
    assert.deepEqual([{ TERM: 'xterm' }, { TERM: 'xterm-256color' }, { TERM: 'xterm', COLORTERM: 'truecolor' }, { TERM: 'linux' }, { TERM: 'linux', FORCE_COLOR: '2' }].map(hasManyColours), [false, true, true, false, true]);
  });
  it('can be read on a bright ground: each has a contrast of 4.5 or there is none', () => {
    const light = (hex: string): number => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
    for (const role of ['medium', 'gone', 'path', 'unsure', 'added'] as const) {
      assert.ok(1.05 / (light(look(role, true, 'light').color as string) + 0.05) > 4.5, role);
      assert.equal(look(role, true, 'light-few').color, undefined, role);
    }
    assert.equal(look('high', true, 'light-few').color, 'red');
    assert.equal(look('medium', false, 'light').color, undefined);
  });
});

describe('on a terminal', () => {
  it('the wheel moves a list by one and a text by three, and is given back', async () => {
    const at = walk(fakeSession({ findings: manyFindings(40) }));
    await at.until('goes on');
    assert.equal(at.modes().mouse, true);
    await at.press('enter', `${E}[<65;10;5M`, `${E}[<65;10;5M`);
    await at.until(/❯ +3 /);
    await at.press(`${E}[<0;10;5M`, `${E}[<0;10;5m`, `${E}[<64;10;5M`);
    await at.until(/❯ +2 /);
    await at.press('?');
    await at.until('mouse wheel');
    await at.press('ctrl-c');
    await leftClean(at, 130);
  });
  it('keeps its mouse to itself with --no-mouse', async () => {
    const at = walk(fakeSession(), { mouse: false });
    await at.until('goes on');
    assert.deepEqual([at.modes().mouse, at.written().includes('?1000')], [false, false]);
    await at.press('ctrl-c');
    await at.exit;
  });
  it('is asked once what it is, draws with letters where signs are too wide, and prints nothing of it', async () => {
    const at = walk(fakeSession(), { ask: true, manyColours: true });
    await at.until('goes on');
    await at.press(`${E}]11;rgb:ffff/ffff/ffff${E}\\${E}[1;7R`);
    await at.until('-'.repeat(80));
    await at.press('enter');
    await at.until(/> 1 +critical/);
    assert.deepEqual(faults(at.rows(), undefined, '-'), []);
    await at.press('ctrl-c');
    await leftClean(at, 130);
  });
  it('that answers nothing is waited for half a second at most, and only when left at once', async () => {
    const before = performance.now();
    const at = walk(fakeSession(), { ask: true });
    await at.press('ctrl-c');
    await leftClean(at, 130);
    assert.ok(performance.now() - before < 5000);
  });
  it('pastes into a word that is typed, and nowhere else', async () => {
    const at = walk(fakeSession());
    await at.until('goes on');
    await at.press('enter', `${E}[200~qqjj\rf${E}[201~`);
    await at.settled();
    await at.until(/❯ 1 critical/);
    await at.until('0 chosen, 7 open');
    await at.press('/', `${E}[200~redis\nq${E}[201~`);
    await at.until('/redis');
    await at.press('esc', 'ctrl-c');
    await leftClean(at, 130);
  });
  it('sends home, end and page keys in many ways', async () => {
    const at = walk(fakeSession({ findings: manyFindings(40) }));
    await at.until('goes on');
    await at.press('enter');
    for (const [end, home] of [['[F', '[H'], ['OF', 'OH'], ['[4~', '[1~'], ['[8~', '[7~']]) {
      await at.press(E + end);
      await at.until(/❯ 40 /);
      await at.press(E + home);
      await at.until(/❯ +1 /);
    }
    // Keys that are none of ours write nothing: focus, insert, ctrl and an arrow, alt and a letter with a code.
    await at.press(`${E}[27;5;106~`, `${E}[1;5P`, `${E}[2~`);
    await at.settled();
    await at.until(/❯ +1 /);
    await at.press('ctrl-c');
    await leftClean(at, 130);
  });
});
