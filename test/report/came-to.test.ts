// What a run came to is told by its verdicts, the same in every place that says it afterwards.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunSummary } from '../../source/engine/session.ts';
import type { Outcome, Verdict } from '../../source/model/proof.ts';
import { text } from '../../source/model/text.ts';
import { cameTo, cameToText, goneInFiles } from '../../source/report/came-to.ts';
import { commitMessage } from '../../source/report/commit-message.ts';
import { painter } from '../../source/report/paint.ts';
import type { Looks } from '../../source/report/pretty-finding.ts';
import { resultText } from '../../source/report/result-text.ts';
import { runMarkdown } from '../../source/report/run-markdown.ts';
import { historyText } from '../../source/report/runs-text.ts';
import { undoText } from '../../source/report/undo-text.ts';
import { farewell } from '../../source/tui/farewell.ts';
import { doneContent } from '../../source/tui/screens/done/content.ts';
import { historyContent } from '../../source/tui/screens/history/content.ts';
import { historyScreen } from '../../source/tui/screens/history/state.ts';
import { lookingScreen } from '../../source/tui/screens/looking/state.ts';
import { undoContent } from '../../source/tui/screens/undo/content.ts';
import { textOf, type Line } from '../../source/tui/lines.ts';
import { viewOf } from '../../source/tui/view.ts';
import { begin, newRun, type Wizard } from '../../source/tui/wizard.ts';
import { finding, plan, result, run } from '../cli/helpers/world.ts';
import { given } from '../tui/drive.ts';

const looks: Looks = { lang: 'en', paint: painter(false), columns: 100 };
const IDS = ['F1', 'F2', 'F3'] as const;
const made = plan(IDS.map((id) => ({ finding: id, risk: 'root-container', fix: 'numeric-user' })), IDS.map((id) => finding({ id, title: text(`${id} runs as root`, `${id} 以 root 身份运行`) })));
const verdict = (id: string, outcome: Outcome): Verdict => ({ finding: id, risk: 'root-container', title: text(`${id} runs as root`, `${id} 以 root 身份运行`), outcome, proof: text('seen', '看到') });
const verdicts = (...outcomes: readonly Outcome[]): readonly Verdict[] => outcomes.map((outcome, i) => verdict(IDS[i]!, outcome));
const of = (over: Partial<RunSummary>): RunSummary => run({ plan: made, verdicts: [], ...over });

const ALL: Readonly<Record<string, readonly [run: RunSummary, en: string, zh: string]>> = {
  'all gone': [of({ verdicts: verdicts('gone', 'gone', 'gone') }), '3 risks gone', '3 个问题已消除'],
  'some left': [of({ verdicts: verdicts('gone', 'left', 'gone') }), '2 risks gone, 1 left', '2 个问题已消除，1 个仍存在'],
  'cannot tell': [of({ verdicts: verdicts('cannot-tell', 'cannot-tell', 'cannot-tell') }), 'of 3 risks we cannot tell', '3 个问题无法判断'],
  'files only': [of({ plan: { ...made, findings: [] } }), 'files written, not verified; of 3 risks we cannot tell', '文件已写入，未验证；3 个问题无法判断'],
  'cut short': [of({ ending: 'unfinished' }), 'cut short, nothing proven', '中途被切断，未验证'],
  // Its journal has what was proven before one of them was still there, and all went back.
  'taken back': [of({ ending: 'taken-back', verdicts: verdicts('gone', 'left', 'gone') }), 'nothing gone', '没有消除任何问题'],
  'undone': [of({ ending: 'undone', verdicts: verdicts('gone', 'gone', 'left') }), '2 risks came back', '2 个问题又回来了'],
  'undone, and never proven': [of({ ending: 'undone' }), 'nothing gone', '没有消除任何问题'],
  'partly undone': [of({ verdicts: verdicts('gone', 'gone', 'gone'), part: { gone: ['F1'], stands: made } }), '2 risks gone', '2 个问题已消除'],
  'one more went along': [of({ verdicts: verdicts('gone', 'gone', 'gone'), along: [verdict('F4', 'gone')] }), '4 risks gone', '4 个问题已消除'],
};

const flat = (lines: readonly Line[]): string => lines.map(textOf).join('\n');
const seat = (over: Partial<Wizard>): Wizard => ({ ...begin(given, { columns: 100, rows: 40 }, lookingScreen()), ...over });

describe('what a run came to', () => {
  for (const [name, [recorded, en, zh]] of Object.entries(ALL)) {
    it(`is the same everywhere: ${name}`, () => {
      assert.deepEqual(cameToText(recorded), { en, 'zh-CN': zh });
      // Something can still go back: undo says it in its first line, on the screen and without one.
      if (recorded.ending === 'applied' || recorded.ending === 'unfinished') {
        assert.ok(undoText(recorded, looks).startsWith(`Run 1 of 22 November, 14:32, in shop: ${en}.`), undoText(recorded, looks));
        const wizard = seat({ summary: recorded });
        assert.match(flat(undoContent(wizard, viewOf(wizard))), new RegExp(`^ Run 1 of 22 November, 14:32, in shop: ${en}\\.$`, 'm'));
      }
      if (recorded.ending !== 'unfinished') {
        assert.match(historyText([recorded], looks), new RegExp(`: ${en}\\s+/work/shop`));
        const wizard = seat({ history: { runs: [{ summary: recorded, tells: [] }], verified: new Map() } });
        assert.ok(flat(historyContent(historyScreen, wizard, viewOf(wizard))).includes(`  ${en}  `));
      }
    });
  }
  it('is what the last screen, the last words, the report and the commit message say, too', () => {
    for (const [name, counts, head, message] of [
      ['all gone', '3 gone', '3 risks are gone, seen on the processes that run now.', 'Harden shop: 3 risks gone'],
      ['some left', '2 gone, 1 left', '2 risks are gone, seen on the processes that run now. 1 is left.', 'Harden shop: 2 risks gone, 1 left'],
      ['cannot tell', 'nothing gone, 3 cannot tell', 'Nothing is proven gone. Of 3 we cannot tell.', 'Change shop: nothing proven gone yet'],
      ['one more went along', '4 gone', '4 risks are gone, seen on the processes that run now.', 'Harden shop: 4 risks gone'],
    ] as const) {
      const [recorded, en] = ALL[name]!;
      const ended = result({ verdicts: recorded.verdicts, ...(recorded.along ? { along: recorded.along } : {}) });
      const applied = { ...newRun(made), result: ended };
      const wizard = seat({ applied, ended: { kind: 'apply', run: applied, result: ended } });
      assert.match(flat(doneContent(wizard, viewOf(wizard))), new RegExp(`^ ${head}$`, 'm'));
      assert.match(farewell(wizard)[0]!, new RegExp(`run 1\\. ${counts}, 1 answer as before`));
      assert.match(runMarkdown(made, ended, [], 'en'), new RegExp(`^Run 1: ${en}`, 'm'));
      assert.ok(commitMessage(made, ended, [], 'en').startsWith(`${message}\n`), commitMessage(made, ended, [], 'en'));
      const { gone, left, unknown } = cameTo(recorded);
      assert.match(resultText(made, ended, looks), new RegExp(`run 1\\. ${gone} gone, ${left} left${unknown > 0 ? `, ${unknown} cannot tell` : ''}, `));
    }
  });
  it('says of what only a file shows that no process showed it', () => {
    const filed = { ...made, owed: [{ finding: 'F3', fix: 'exact-commands', proofs: [{ kind: 'sudoers' as const, file: 'sudoers' }] }] };
    const ended = result({ verdicts: verdicts('gone', 'gone', 'gone') });
    assert.equal(goneInFiles({ ...ended, plan: filed }), 1);
    const said = (lang: 'en' | 'zh-CN'): string => {
      const wizard = { ...seat({ applied: { ...newRun(filed), result: ended } }), given: { ...given, lang } };
      return flat(doneContent(wizard, viewOf(wizard)));
    };
    assert.match(said('en'), /^ 3 risks are gone: 2 seen on the processes that run now, 1 seen in its file\.$/m);
    assert.match(said('zh-CN'), /^ 3 个问题已消除：2 个是在现在运行的进程上看到的，1 个是在文件里看到的。$/m);
    assert.doesNotMatch(runMarkdown(filed, ended, [], 'en'), /seen on what runs now/);
  });
  it('asks whether it is to go back where it is seen at once, however much comes back', () => {
    const recorded = ALL['all gone']![0];
    for (const [rows, at] of [[40, -1], [12, 1]] as const) {
      const wizard = { ...seat({ summary: recorded }), size: { columns: 80, rows } };
      const lines = undoContent(wizard, viewOf(wizard)).map(textOf);
      assert.match(lines.at(at) ?? '', /^ Take it back\?/);
      if (at === 1) assert.match(lines[1] ?? '', new RegExp(`${lines.length - viewOf(wizard).room} more lines?$`));
    }
  });
  it('never says proven where nothing was', () => {
    const nothing = result({ verdicts: verdicts('cannot-tell', 'cannot-tell', 'cannot-tell') });
    assert.doesNotMatch(commitMessage(made, nothing, [], 'en'), /Proven/);
    assert.doesNotMatch(runMarkdown(made, nothing, [], 'en'), /seen on what runs now/);
  });
  it('has what was gone come back, and of the rest says that nobody can tell', () => {
    const shown = undoText(of({ verdicts: verdicts('gone', 'left', 'cannot-tell') }), looks);
    assert.match(shown, /^What comes back {2}F1 runs as root$/m);
    assert.match(shown, /^Cannot tell {6}F3 runs as root: never proven gone$/m);
    assert.doesNotMatch(shown, /F2/);
  });
  it('tells what was seen before it went back as what was', () => assert.match(historyText([ALL['undone']![0]], looks), /was gone {5}F1 runs as root: seen\n.*was gone.*\n.*was left/));
});
