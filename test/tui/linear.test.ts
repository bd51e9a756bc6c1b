// The wizard in sentences: for a screen reader key by key, on a dumb terminal line by line. The same session, the same screens.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { LANGS, text } from '../../source/model/text.ts';
import { runWizard, type WizardOptions } from '../../source/tui/index.tsx';
import { keysOfLine } from '../../source/tui/linear/line.ts';
import { newsOf, saidOf } from '../../source/tui/linear/said.tsx';
import { SPOKEN as SIZE } from '../../source/tui/linear/size.ts';
import { drive } from './drive.ts';
import { HOLDS } from './fake-rehearsal.ts';
import { fakeSession } from './fake-session.ts';
import { cooked } from './kitchen/made.tsx';
import { KITCHEN } from './kitchen/recipes.ts';

/** A front that is spoken to: what was typed and said, and waiting for what comes. */
function talk(front: 'reader' | 'lines', options: Partial<WizardOptions> = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined, ref: () => undefined, unref: () => undefined });
  let heard = '';
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  stdout.on('data', (data: Buffer) => { heard += data.toString(); });
  const exit = runWizard({ session: fakeSession({ rehearsals: [HOLDS] }), lang: 'en', dryRun: false, path: '/home/me/shop', now: () => 0, ...options, front, stdin: stdin as unknown as NodeJS.ReadStream, stdout: stdout as unknown as NodeJS.WriteStream });
  let from = 0;
  return {
    exit,
    heard: () => heard,
    say: (text: string) => void stdin.write(text),
    end: () => void stdin.end(),
    async until(words: RegExp): Promise<string> {
      const end = Date.now() + 30_000;
      while (!words.test(heard.slice(from))) {
        if (Date.now() > end) throw new Error(`never heard ${words}:\n${heard.slice(from)}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const said = heard.slice(from);
      from = heard.length;
      return said;
    },
  };
}

const plainly = (said: string): void => {
  assert.doesNotMatch(said, /[─█❯✓✗⠋⠙…]/, said);
  assert.doesNotMatch(said.replace(/\u001b\[\?2004[hl]/g, ''), /\u001b/, said);
};

describe('sentences', () => {
  it('are the storyboard\'s, for the highlighted one', async () => {
    const driven = await drive({}, { linear: 'reader', ascii: true }, SIZE);
    const before = saidOf(await driven.keys('enter'));
    assert.ok(before.rows.includes('critical. Celery takes pickle, redis has no password. worker. 1 of 7.'), before.rows.join('\n'));
    const news = newsOf(before, saidOf(await driven.keys('j')));
    assert.equal(news[0], 'high. web and worker run as root. web worker. 2 of 7.');
    assert.ok(!news.some((row) => /7 findings|keys/.test(row)), 'what did not change is not said again');
  });
  for (const lang of LANGS) {
    it(`are there for every screen, without rules, boxes and tables (${lang})`, async () => {
      // A screen in each of its states with `npm run test:all`; else each screen once.
      for (const one of KITCHEN.filter(({ screen }, i) => process.env['HARDEN_TUI_ALL'] === '1' || KITCHEN.findIndex((other) => other.screen === screen) === i)) {
        for (const linear of ['reader', 'lines'] as const) {
          const driven = await cooked({ ...one, given: { ...one.given, ascii: true } }, lang, SIZE, { linear });
          const { title, rows, keys } = saidOf(driven.store.get());
          assert.ok(rows.length > 0 && title !== '' && keys !== '', one.name);
          plainly([title, ...rows, keys].join('\n'));
          assert.ok(one.screen === 'diff' || one.screen === 'explain' || one.screen === 'commands' || one.screen === 'message' || rows.every((row) => /^[+-]/.test(row) || !/\S {3,}\S/.test(row)), `${one.name}\n${rows.join('\n')}`);
        }
      }
    });
  }
  it('say code of an explanation as it stands', async () => {
    const code = '```yaml\nservices:\n  web:    # as it is\n    read_only: true\n```';
    const driven = await drive({}, { linear: 'reader', explain: () => text(`Why  so\n\n${code}`, code) }, SIZE);
    const { rows } = saidOf(await driven.keys('enter', 'enter', 'e'));
    for (const row of ['services:', '  web:    # as it is', '    read_only: true']) assert.ok(rows.includes(row), rows.join('\n'));
  });
  it('say a key and what it does in one sentence, and questions with the stops of the language', async () => {
    const driven = await drive({}, { linear: 'reader', lang: 'zh-CN' }, SIZE);
    const { rows } = saidOf(await driven.keys('?'));
    assert.ok(rows.includes('上、k：上移一行') && rows.includes('回车：问题列表'), rows.join('\n'));
    assert.doesNotMatch(saidOf(await driven.keys('esc', 'q')).keys, /\. /);
  });
  it('tell results as they come, and the time that goes on is no news', async () => {
    let open = (): void => undefined;
    let free = true;
    const driven = await drive({ gate: () => (free ? Promise.resolve() : new Promise((resolve) => { open = resolve; })) }, { linear: 'lines', ascii: true }, SIZE);
    await driven.keys('enter', 'f', 'p', 'enter');
    free = false;
    const first = saidOf(await driven.keys('y'));
    assert.ok(first.rows.some((row) => /^\* 1\. edit shop/.test(row)), first.rows.join('\n'));
    open();
    const news = newsOf(first, saidOf(await driven.tell({ kind: 'calls', calls: [] })));
    assert.ok(news.some((row) => /^ok 1\. 1 file written\. 0\.4 s$/.test(row)), news.join('\n'));
    assert.deepEqual(newsOf(saidOf(driven.store.get()), saidOf(driven.store.get())), []);
  });
});

describe('line by line', () => {
  it('a line is a key, a number, a name, or a word that is asked for', async () => {
    const driven = await drive({}, { linear: 'lines', ascii: true }, SIZE);
    const list = await driven.keys('enter');
    assert.deepEqual(['', 'f', '3', 'esc', 'page up', '/redis', 'what?'].map((one) => keysOfLine(one, list)), [['enter'], ['f'], ['g', 'j', 'j', 'enter'], ['esc'], ['pageup'], ['/', ...'redis', 'enter'], []]);
    assert.deepEqual(['2', '9'].map((one) => keysOfLine(one, list).length), [3, 0], 'there are seven');
    const one = await driven.keys('enter');
    assert.deepEqual(['2', '3', '4', '0'].map((line) => keysOfLine(line, one)), [['2', 'enter'], ['3', 'enter'], [], []], 'it has three ways');
  });
  it('from the first sentence to the verdicts', async () => {
    const at = talk('lines');
    await at.until(/enter goes on[^]*> $/);
    at.say('\n');
    assert.match(await at.until(/enter open[^]*> $/), /^> 1: critical\. Celery takes pickle, redis has no password\. worker\. 1 of 7\.\s*$/m);
    at.say('1\n');
    assert.match(await at.until(/enter choose[^]*> $/), /^> 1 JSON only\. recommended: no message is waiting in redis/m);
    at.say('1\n');
    await at.until(/1 chosen, 6 open[^]*> $/);
    at.say('2\n');
    await at.until(/enter choose[^]*> $/);
    at.say('\n');
    await at.until(/2 chosen[^]*> $/);
    at.say('p\n');
    const plan = await at.until(/rehearse on copies[^]*> $/);
    assert.match(plan, /2 of 7 findings/);
    at.say('d\n');
    assert.match(await at.until(/^\+USER 10001:10001$[^]*> $/m), /^-CMD \["gunicorn"/m);
    at.say('esc\n');
    await at.until(/rehearse on copies[^]*> $/);
    at.say('\n');
    assert.match(await at.until(/Holds: 7 gone, 5 same[^]*> $/), /web\. runs as\. As it is: root\. As planned: 10001, no capabilities\. gone\./);
    at.say('a\n');
    await at.until(/Type the name of the project/);
    at.say('shop\n');
    await at.until(/risks are gone[^]*> $/);
    at.say('q\n');
    assert.equal(await at.exit, 0);
    assert.match(at.heard(), /harden-tui: shop, run 1\. 2 gone/);
    plainly(at.heard());
    assert.doesNotMatch(at.heard(), /\u001b/);
  });
  it('gives no yes that was typed ahead', async () => {
    const session = fakeSession();
    const at = talk('lines', { session });
    await at.until(/enter goes on[^]*> $/);
    at.say('\nf\np\n\ny\n');
    await at.until(/Apply it\? y applies/);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.ok(!session.asked.includes('apply'));
    at.end();
    assert.equal(await at.exit, 0, 'nobody is there any more');
  });
});

describe('for a screen reader', () => {
  it('has the same keys, says what moved, and echoes a word that is typed', async () => {
    const at = talk('reader');
    await at.until(/enter goes on/);
    at.say('\r');
    await at.until(/1 of 7\./);
    at.say('\u001b[B');
    const moved = await at.until(/2 of 7\./);
    assert.doesNotMatch(moved, /1 of 7|findings in/);
    at.say('f');
    await at.until(/1 chosen/);
    at.say('p');
    await at.until(/rehearse on copies/);
    at.say('a');
    await at.until(/Type the name/);
    at.say('shop');
    await at.until(/shop/);
    at.say('\r');
    await at.until(/gone/);
    at.say('q');
    assert.equal(await at.exit, 0);
    plainly(at.heard());
  });
  it('takes nothing that is pasted for keys', async () => {
    const at = talk('reader');
    await at.until(/enter goes on/);
    at.say('\r');
    await at.until(/1 of 7\./);
    at.say('\u001b[200~fffpq\u001b[201~j');
    const said = await at.until(/2 of 7\./);
    assert.doesNotMatch(said, /chosen(?!, 7 open)|Plan/);
    at.say('\u0003');
    assert.equal(await at.exit, 130);
  });
});
