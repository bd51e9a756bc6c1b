import assert from 'node:assert/strict';
import xterm from '@xterm/headless';
import { describe, it } from 'node:test';
import type { Key } from 'ink';
import fc from 'fast-check';
import type { Event } from '../../source/engine/session.ts';
import { keysOf } from '../../source/tui/input.ts';
import { clip, line, lineWidth, marked, sides, textOf } from '../../source/tui/lines.ts';
import { changes, diffOfFile, startOfDiff, wholeDiff } from '../../source/tui/parts/diff.ts';
import { explained } from '../../source/tui/parts/explain.ts';
import { foreign, plain } from '../../source/tui/plain.ts';
import { heard } from '../../source/tui/run.ts';
import { painter } from '../../source/tui/painted.ts';
import { some } from '../../source/tui/some.ts';
import { look } from '../../source/tui/theme.ts';
import { cell, fit, squeeze, width } from '../../source/tui/width.ts';
import { newRun } from '../../source/tui/wizard.ts';
import { wrap, wrapIn } from '../../source/tui/wrap.ts';
import { fakeDiffs } from './fake-offers.ts';
import { fakePlan } from './fake-session.ts';

const ESC = '\u001b';

describe('text from containers and files', () => {
  it('cannot colour, move, title or fill the clipboard', () => {
    assert.equal(plain(`${ESC}[31mred${ESC}[0m ${ESC}[2J${ESC}[10;10Hhere`), 'red here');
    for (const hostile of [`${ESC}]0;title\u0007x`, `${ESC}]52;c;aGk=${ESC}\\x`, `${ESC}P1$r${ESC}\\x`, `${ESC}cx`, 'a\u009b31mb', 'a\u0090b', 'a\u0007\u0008b']) {
      assert.doesNotMatch(plain(hostile), /[\u0000-\u001f\u007f-\u009f]/, JSON.stringify(hostile));
    }
  });
  it('hides nothing of a line: what is not obeyed is shown', () => {
    assert.equal(plain(`RUN ok ${ESC}]8;;x`), 'RUN ok ^[]8;;x');
    assert.equal(plain('user = "\u202egnorw"'), 'user = "<202e>gnorw"');
    assert.equal(plain('RUN a\rRUN b'), 'RUN a^MRUN b');
  });
  it('loses the end of a Windows line, and tabs become spaces', () => assert.equal(plain('\tUSER app\r'), '    USER app'));
  it('keeps every language and emoji', () => assert.equal(plain('用户 👩‍🚀 naïve'), '用户 👩‍🚀 naïve'));
  it('never leaves a control character, whatever comes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/.test(plain(text))));
  });
  it('shows no value of what looks like a secret', () => {
    assert.equal(foreign('+      DB_PASSWORD: hunter2'), '+      DB_PASSWORD: [secret]');
  });
});

describe('width', () => {
  it('counts wide characters as two', () => assert.deepEqual(['web', '运行中', '（666）', '👍'].map(width), [3, 6, 7, 2]));
  it('fits with a mark, never splitting a character', () => {
    assert.equal(fit('运行中', 5), '运行…');
    assert.equal(fit('运行中', 4), '运…');
    assert.equal(cell('运', 4), '运  ');
    assert.equal(fit('abc', 0), '');
  });
  it('wraps to the width, losing no letter', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('web', '容器', '，', ' ', '（', '）', 'x'.repeat(30), '。', 'a')), fc.integer({ min: 4, max: 40 }), (parts, columns) => {
      const text = parts.join('');
      const rows = wrap(text, columns);
      assert.ok(rows.every((row) => width(row) <= Math.max(columns, 4)), JSON.stringify(rows));
      assert.equal(rows.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
    }));
  });
  it('does not begin a line with Chinese punctuation', () => {
    assert.deepEqual(wrap('谁能往里放消息，谁就能执行代码。', 14), ['谁能往里放消', '息，谁就能执行', '代码。']);
  });
  it('puts what has no room on the last line as it was: no blank comes between Chinese characters', () => {
    assert.deepEqual(wrapIn('谁能往里放消息。谁就能用 gunicorn 执行代码。', 14, 2), ['谁能往里放消', '息。谁就能用 gunicorn 执行代码。']);
    assert.deepEqual(wrapIn('one line more than fits', 12, 2), ['one line', 'more than fits']);
    assert.deepEqual(wrapIn('one line more', 40, 2), ['one line more']);
  });
  it('breaks English between words only', () => assert.deepEqual(wrap('one line more than fits', 12), ['one line', 'more than', 'fits']));
});

describe('what has no room', () => {
  it('is cut between words, in both languages', () => {
    assert.equal(fit('root can read it, nobody else', 20), 'root can read it, …');
    assert.equal(fit('no capabilities at all', 18), 'no capabilities …');
    assert.equal(fit('2 个进程，没有任何 capability', 22), '2 个进程，没有任何 …');
    assert.equal(fit('它在监听，谁都能连', 10), '它在监…', 'a mark stays with what is before it');
    assert.equal(fit('shop-worker-of-the-night', 12), 'shop-worker…', 'one word alone');
    assert.equal(fit('a long sentence on the left', 14), 'a long senten…', 'where less than half would be left');
  });
  it('is never wider than its room, and loses no more than it must', () => {
    const words = fc.array(fc.constantFrom('redis', '容器', '/run/app.sock', '，', ' ', 'a', '（666）'));
    fc.assert(fc.property(words, fc.integer({ min: 0, max: 40 }), (all, columns) => {
      const text = all.join('');
      for (const cut of [fit(text, columns), squeeze(text, columns)]) assert.ok(width(cut) <= columns || width(text) <= columns, `${text}|${cut}|${columns}`);
      assert.ok(width(text) > columns || fit(text, columns) === text);
    }));
  });
  it('has of a list whole items, and how many more there are', () => {
    const said = (shown: readonly string[], left: number): string => shown.join(', ') + (left > 0 ? ` and ${left} more` : '');
    assert.equal(some(['web', 'worker', 'redis', 'proxy'], 40, said, '…'), 'web, worker, redis, proxy');
    assert.equal(some(['web', 'worker', 'redis', 'proxy'], 24, said, '…'), 'web, worker and 2 more');
    assert.equal(some(['say who runs it', 'another'], 22, said, '…'), 'say who … and 1 more');
    assert.equal(some(['say who runs it'], 10, said, '…'), 'say who …');
  });
});

describe('rows', () => {
  it('are cut to the width with a mark, styles kept', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('abc', '容器', 'x y')), fc.integer({ min: 1, max: 20 }), (parts, columns) => lineWidth(clip(line(...parts), columns)) <= columns));
  });
  it('have a left and a right, and the left gives way', () => {
    const row = sides(line('a long sentence on the left'), line('right'), 20);
    assert.equal(textOf(row), 'a long senten… right');
    assert.equal(lineWidth(row), 20);
  });
  it('mark every place of a word', () => {
    assert.deepEqual(marked(line('redis and Redis'), 'redis').filter((part) => part.role === 'found').map((part) => part.text), ['redis', 'Redis']);
  });
});

describe('keys', () => {
  const none = Object.fromEntries(['upArrow', 'downArrow', 'leftArrow', 'rightArrow', 'pageDown', 'pageUp', 'home', 'end', 'return', 'escape', 'ctrl', 'shift', 'tab', 'backspace', 'delete', 'meta'].map((name) => [name, false])) as unknown as Key;
  it('come one by one out of a chunk', () => {
    assert.deepEqual(keysOf('jjj', none), ['j', 'j', 'j']);
    assert.deepEqual(keysOf('j\r', none), ['j', 'enter']);
    assert.deepEqual(keysOf('q\u0003', none), ['q', 'ctrl-c']);
  });
  it('have names', () => {
    assert.deepEqual(keysOf('', { ...none, upArrow: true }), ['up']);
    assert.deepEqual(keysOf('c', { ...none, ctrl: true }), ['ctrl-c']);
    assert.deepEqual(keysOf('', { ...none, escape: true, meta: true }), ['esc']);
  });
  it('are two when esc and a letter come together', () => assert.deepEqual(keysOf('q', { ...none, meta: true }), ['esc', 'q']));
});

describe('diffs', () => {
  const ini = fakeDiffs.find((diff) => diff.path === 'admin/uwsgi.ini')!;
  it('show every line, long ones folded under themselves', () => {
    const long = { path: 'x', added: 1, removed: 0, patch: `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+${'word '.repeat(40)}end\n` };
    const rows = wholeDiff(long, 80);
    assert.ok(rows.length > 3 && rows.every((row) => lineWidth(row) <= 80));
    assert.match(rows.map(textOf).join(''), /end/);
  });
  it('begin beside a choice with the first change, and the name of the file beside it', () => {
    assert.deepEqual(startOfDiff(ini, 80).slice(0, 2).map(textOf), [' -chmod-socket = 666                                     admin/uwsgi.ini  +5 -1', ' +uid = 10002']);
    assert.deepEqual(startOfDiff({ ...ini, path: 'a/very/long/path'.repeat(4) }, 80).slice(1, 3).map(textOf), [' -chmod-socket = 666', ' +uid = 10002']);
  });
  it('say modes, not headers', () => {
    const made = { path: 'run.sh', added: 1, removed: 0, patch: 'diff --git a/run.sh b/run.sh\nnew file mode 100755\n--- /dev/null\n+++ b/run.sh\n@@ -0,0 +1 @@\n+#!/bin/sh\n' };
    assert.deepEqual(wholeDiff(made, 80).slice(1).map(textOf), [' new file mode 100755', ' @@ -0,0 +1 @@', ' +#!/bin/sh']);
  });
  it('keep removed lines that look like headers', () => {
    const odd = { path: 'x.sql', added: 0, removed: 1, patch: 'diff --git a/x.sql b/x.sql\n--- a/x.sql\n+++ b/x.sql\n@@ -1 +0,0 @@\n--- a comment\n' };
    assert.equal(textOf(wholeDiff(odd, 80).at(-1)!), ' --- a comment');
  });
  it('count in words and colours', () => assert.equal(changes(ini).map((part) => part.text).join(''), '+5 -1'));
  it('are found by the name of the file, also from the top of a repository', () => {
    const at = (path: string) => ({ path, patch: '', added: 0, removed: 0 });
    const all = [at('shop/admin/Dockerfile'), at('shop/Dockerfile')];
    assert.equal(diffOfFile(all, 'Dockerfile')?.path, 'shop/Dockerfile');
    assert.equal(diffOfFile(all, 'admin/Dockerfile')?.path, 'shop/admin/Dockerfile');
  });
});

describe('explanations', () => {
  it('have headings, lists, code and paragraphs, within the width', () => {
    const text = '# Title\n\nA **bold** word and `code`,\nin two lines.\n\n- one [link](https://x.test/y)\n  goes on\n- two\n\n```sh\ndocker run\n```\n';
    assert.deepEqual(explained(text, 60).map(textOf), [' Title', ' A bold word and code, in two lines.', '', '  - one link (https://x.test/y) goes on', '  - two', '', '   docker run']);
  });
  it('join Chinese lines without a space', () => assert.equal(textOf(explained('谁能往里\n放消息', 60)[0]!), ' 谁能往里放消息'));
});

describe('what Ink writes', () => {
  it('is written row by row: what changed, at its place, erased before it is written', () => {
    const size = { columns: 10, rows: 3 };
    const { paint, forget } = painter(() => size);
    assert.ok(paint('one\ntwo\nthree').includes(`${ESC}[2J${ESC}[1Hone${ESC}[2Htwo${ESC}[3Hthree`));
    assert.equal(paint('one\ntwo\nthree'), '');
    assert.ok(paint('one\n\nthree').includes(`${ESC}[?7l${ESC}[2H${ESC}[K${ESC}[?7h`));
    size.rows = 2;
    assert.ok(paint('one\ntwo\nthree').includes(`${ESC}[2J${ESC}[1Hone${ESC}[2Htwo${ESC}[?7h`), 'nothing stands where it did, and nothing below the window');
    forget();
    assert.match(paint('one'), /one/);
  });
  it('lets the terminal move what only moved', async () => {
    const text = Array.from({ length: 60 }, (_, i) => `row ${i} ${'.'.repeat(i % 7)}`);
    const frame = (top: number): string => ['head', '----', ...text.slice(top, top + 16), '----', 'keys'].join('\n');
    const { paint } = painter(() => ({ columns: 40, rows: 20 }));
    const screen = new xterm.Terminal({ cols: 40, rows: 20, allowProposedApi: true });
    for (const [top, most] of [[0, 1000], [1, 120], [4, 160], [3, 120], [0, 160], [15, 1000], [15, 0]] as const) {
      const written = paint(frame(top));
      assert.ok(written.length <= most, `${written.length} to ${top}`);
      await new Promise<void>((resolve) => screen.write(written, resolve));
      assert.deepEqual(Array.from({ length: 20 }, (_, i) => screen.buffer.active.getLine(i)!.translateToString(true).trimEnd()), frame(top).split('\n').map((row) => row.trimEnd()));
    }
  });
});

describe('looks', () => {
  it('lose their colour and nothing else without colour', () => {
    assert.deepEqual(look('critical', true), { color: 'red', bold: true });
    assert.deepEqual(look('critical', false), { bold: true });
    assert.deepEqual(look('high', false), {});
  });
  it('squeeze a path in its middle', () => {
    assert.equal(squeeze('folder /tmp/a/very/long/place/uploads: from root to 10001', 40), 'folder /tmp/a/ve…ads: from root to 10001');
    assert.equal(width(squeeze('卷 一个很长的名字：由 root 归 10001', 20)) <= 20, true);
  });
});

describe('a run, heard event by event', () => {
  const plan = fakePlan([{ finding: 'F1', risk: 'pickle-serializer', fix: 'json-only' }]);
  const after = (...events: readonly Event[]) => events.reduce((run, event, i) => heard(run, event, 1000 * (i + 1)), newRun(plan));
  it('knows since when a step runs, and how long it took', () => {
    const run = after({ kind: 'phase', phase: 'steps' }, { kind: 'step', step: 1, state: 'running', ms: 0 }, { kind: 'step', step: 1, state: 'done', ms: 400 });
    assert.deepEqual(run.steps.get(1), { state: 'done', since: 2000, ms: 400, text: undefined });
    assert.equal(run.phaseSince, 1000);
  });
  it('tells what was done from what went back', () => {
    const run = after({ kind: 'step', step: 1, state: 'done', ms: 1 }, { kind: 'phase', phase: 'taking-back' }, { kind: 'step', step: 1, state: 'done', ms: 2 });
    assert.deepEqual([run.steps.get(1)?.ms, run.back.get(1)?.ms], [1, 2]);
  });
  it('keeps the last lines of a long log, harmless and without secrets, as last redrawn', () => {
    const many = Array.from({ length: 2500 }, (_, i): Event => ({ kind: 'line', step: 1, line: `line ${i}` }));
    const run = after(...many, { kind: 'line', step: 1, line: '10 %\r50 %\r\u001b[32m100 %\u001b[0m' }, { kind: 'command', argv: ['docker', 'run', '-e', 'DB_PASSWORD=hunter2', 'a b'] });
    assert.equal(run.log.length, 2000);
    assert.equal(run.log.at(-2)?.text, '100 %');
    assert.doesNotMatch(run.log.at(-1)?.text ?? '', /hunter2/);
  });
});
