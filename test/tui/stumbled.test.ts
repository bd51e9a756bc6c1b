// More of what newcomers stumbled over on the screens, each held by a test.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stop } from '../../source/model/errors.ts';
import { LANGS, text } from '../../source/model/text.ts';
import { farewell } from '../../source/tui/farewell.ts';
import { saidOf } from '../../source/tui/linear/said.tsx';
import { shown, type Wizard } from '../../source/tui/wizard.ts';
import { words } from '../../source/words/index.ts';
import { drive } from './drive.ts';
import { PAST } from './fake-history.ts';
import { HOLDS } from './fake-rehearsal.ts';
import { fakeFindings } from './fake-shop.ts';
import { faults, frame } from './frame.tsx';

const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p'] as const;
const APPLIED = [...PLANNED, 'enter', ...'shop', 'enter'] as const;
const seen = (wizard: Wizard): string => frame(wizard).map((row) => row.trimEnd()).join('\n');

describe('a rehearsal', () => {
  it('says why a name is asked for: in Chinese with the question, in English above it where that has room', async () => {
    for (const [lang, rows, said] of [['en', 30, /Data changes its owner, so a plain yes is not enough\.\n Apply it\? Type/], ['zh-CN', 24, /数据要换属主，(?:所以请输入|只按一个键还不够。)/]] as const) {
      const driven = await drive({ rehearsals: [HOLDS] }, { lang }, { columns: 80, rows });
      const wizard = await driven.keys(...PLANNED, 'enter', 'a');
      assert.match(seen(wizard), said);
      assert.deepEqual(faults(frame(wizard), { columns: 80, rows }), []);
    }
  });
});

describe('a plan', () => {
  it('names what goes with the others though nobody chose it', async () => {
    for (const [lang, said] of [['en', /5 gone \("redis has no password" goes with the others\), 2 left/], ['zh-CN', /消除 5 个（其中“redis 没设密码”随之一起消除）[，；]仍存在 2 个/]] as const) {
      const driven = await drive({}, { lang });
      const { plan } = driven.session;
      (driven.session as { plan: typeof plan }).plan = async (...asked) => plan(...asked).then((made) => ({ ...made, foreseen: { ...made.foreseen, gone: [...made.choices.slice(0, 4).map((one) => one.finding), 'F5'], left: ['F6', 'F7'] } }));
      assert.match(seen(await driven.keys(...PLANNED)).replace(/\n\s+/g, lang === 'en' ? ' ' : ''), said);
    }
  });
  it('has both counts where a row is several findings', () => {
    assert.equal(words('en').plan.head(1, 8, '2 files', 3), '1 of 8 findings (3, service by service): 2 files.');
    assert.equal(words('zh-CN').plan.head(1, 8, '2 个文件', 3), '选了 1 个问题（共 8 个；按服务逐个算是 3 个）：2 个文件。');
  });
});

describe('at the end', () => {
  it('what nobody looked at has its ways worked out, so that it is said why it is left', async () => {
    const driven = await drive();
    await driven.keys('enter', 'f', 'p');
    assert.ok(!driven.session.asked.includes('offers F7'));
    await driven.keys('enter', 'y');
    assert.ok(driven.session.asked.includes('offers F7'));
    assert.doesNotMatch(seen(driven.store.get()), /^ left .*…$/m);
  });
  it('stays the end where ways can\'t be worked out any more: the files are not those that were read', async () => {
    const driven = await drive();
    await driven.keys('enter', 'f', 'p');
    Object.assign(driven.session, { offers: async () => { throw new Stop(text('compose.yaml was changed since it was read.', 'compose.yaml 在读取之后被改过。'), []); } });
    const wizard = await driven.keys('enter', 'y');
    assert.equal(shown(wizard).name, 'done');
    assert.doesNotMatch(seen(wizard), /was changed since/);
  });
  it('a demo sends nobody to a history that is gone with it', async () => {
    for (const lang of LANGS) {
      const driven = await drive({}, { lang, demo: true });
      await driven.keys(...APPLIED);
      for (const keys of [[], ['u', 'y']]) assert.doesNotMatch(farewell(await driven.keys(...keys)).join('\n'), /history/);
    }
    const failed = await drive({ fails: 5 }, { demo: true });
    assert.doesNotMatch(farewell(await failed.keys(...APPLIED)).join('\n'), /history/);
    const own = await drive();
    assert.match(farewell(await own.keys(...APPLIED, 'u', 'y')).join('\n'), /history/);
  });
  it('does not say that nobody answers where nobody was asked', async () => {
    const driven = await drive();
    const { plan, apply } = driven.session;
    Object.assign(driven.session, {
      plan: async (...asked: Parameters<typeof plan>) => plan(...asked).then((made) => ({ ...made, steps: made.steps.filter((step) => step.change.kind === 'edit-file') })),
      apply: async (...asked: Parameters<typeof apply>) => apply(...asked).then((result) => ({ ...result, vitals: [], away: {} })),
    });
    const rows = seen(await driven.keys('enter', 'f', 'p', 'enter', 'y'));
    assert.match(rows, /Still works +nothing was started anew/);
  });
  it('says how many commands were copied', () => {
    assert.equal(words('en').done.copied(2), 'All 2 commands are copied, where the terminal allows it.');
    assert.equal(words('zh-CN').done.copied(1), '已复制这条命令（需要终端支持）。');
  });
});

describe('a finding with more lines than have room', () => {
  it('says how many more there are and where, and has them there', async () => {
    const from = Array.from({ length: 8 }, (_, i) => ({ place: { ...fakeFindings[0]!.places[0]!, file: 'app/tasks.py', line: i + 1 }, words: `setting_${i + 1} = 1` }));
    const driven = await drive({ findings: [{ ...fakeFindings[0]!, from }, ...fakeFindings.slice(1)] });
    const rows = seen(await driven.keys('enter', 'enter'));
    assert.match(rows, / \d more lines: e$/m);
    assert.doesNotMatch(rows, /setting_8/);
    assert.match(seen(await driven.keys('e')), /app\/tasks\.py:8 +setting_8 = 1/);
  });
});

describe('asking a run again', () => {
  it('goes on visibly, and says once what it does', async () => {
    const driven = await drive({ past: PAST });
    const { verify } = driven.session;
    let answer: (() => void) | undefined;
    (driven.session as { verify: typeof verify }).verify = async (run) => {
      await new Promise<void>((resolve) => { answer = resolve; });
      return verify(run);
    };
    const rows = seen(await driven.keys('enter', 'H', 'enter', 'v'));
    assert.match(rows, /^ ⠋ Asking again, on what runs now$/m);
    assert.equal(rows.split('on what runs now').length, 2);
    answer?.();
    assert.match(seen(await driven.keys('k')), /^ Asked again, on what runs now$/m);
  });
});

describe('what is not this project\'s', () => {
  it('is counted where its names have no room', async () => {
    const elsewhere = Array.from({ length: 14 }, (_, i) => ({ kind: 'container' as const, name: `blog-${i + 1}`, owner: 'blog' }));
    const driven = await drive({ machine: { elsewhere } });
    const rows = frame(await driven.keys('a'));
    assert.deepEqual(faults(rows), []);
    assert.match(rows[21]!, /^ {3}\d+ more lines\s*$/);
  });
});

describe('line by line', () => {
  it('takes the number of a row in every grouping, and says its number', async () => {
    const driven = await drive({}, { linear: 'lines', ascii: true }, { columns: 1000, rows: 400 });
    const wizard = await driven.keys('enter', 'v', 'v', 'v');
    assert.ok(saidOf(wizard).rows.some((row) => /^6: medium\. web listens on port 443/.test(row)), saidOf(wizard).rows.join('\n'));
    const { keysOfLine } = await import('../../source/tui/linear/line.ts');
    const opened = shown(await driven.keys(...keysOfLine('6', wizard)));
    assert.equal(opened.name === 'finding' && opened.finding, 'F6');
  });
});
