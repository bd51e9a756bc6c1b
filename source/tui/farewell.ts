import { silentWords } from '../engine/said-vital.ts';
import { isPing, isSilent } from '../engine/worker-answers.ts';
import type { Run, Wizard } from './wizard.ts';
import { choicesOf, projectName } from './wizard.ts';
import type { Result } from '../engine/session.ts';
import type { Text } from '../model/text.ts';
import { cameTo, cameToText } from '../report/came-to.ts';
import { commandLine } from '../report/commands-text.ts';
import { afterUndo, undoneHead } from '../report/undo-text.ts';
import { isUnderWay } from './rehearsing.ts';
import { plain } from './plain.ts';
import { counted as sumUp, verdictsOf } from './screens/done/state.ts';
import { chosenRows } from './screens/findings/state.ts';
import { wasUndone } from './screens/undo/state.ts';
import { counted, tally } from './tally.ts';
import { viewOf, type View } from './view.ts';

/** Of something said at length, what it is about. */
const firstOf = (said: string): string => said.split(/\.(?:\s|$)|。/)[0] ?? said;

/** The service that was away for the longest time; of those that answer on a port, where there is one: that is whom somebody missed. */
function missedMost({ away, vitals }: Result): readonly [string, number] | undefined {
  const all = Object.entries(away).sort(([, a], [, b]) => b - a);
  return all.find(([service]) => vitals.some((vital) => vital.service === service && vital.what !== 'state' && vital.what !== 'health' && !isPing(vital))) ?? all[0];
}

/** From ten seconds on nobody counts tenths, and the sentence stays on one row. */
const shortly = (ms: number, { common }: View['words']): string => (ms < 10_000 ? common.seconds(ms) : common.seconds(Math.round(ms / 1000) * 1000).replace('.0', ''));

function applied(wizard: Wizard, run: Run, result: Result): readonly string[] {
  const { words, say } = viewOf(wizard);
  const name = projectName(wizard);
  const compared = result.vitals.filter((vital) => vital.result !== undefined);
  const longest = missedMost(result);
  const { files } = tally(run.plan);
  const verdicts = verdictsOf(wizard);
  const unsure = run.plan.owed.flatMap((one) => (one.unsure && verdicts.some((verdict) => verdict.finding === one.finding && verdict.outcome === 'gone') ? [firstOf(say(one.unsure))] : []));
  const unknown = [...verdicts.filter((verdict) => verdict.outcome === 'cannot-tell').map((verdict) => say(verdict.title)), ...unsure, ...compared.filter(isSilent).map((vital) => say(silentWords(vital)))];
  return [
    words.leave.applied(name, result.run, {
      ...sumUp(wizard), same: compared.filter((vital) => vital.result === 'same').length, all: compared.length,
      ...(longest ? { gap: { service: longest[0], time: shortly(longest[1], words) } } : {}),
    }),
    ...(files.length > 0 ? [words.leave.changed(files.join(' '))] : []),
    ...(unknown.length > 0 ? [words.leave.unknown(unknown.join(words.history.between))] : []),
    wizard.given.demo ? words.leave.demo : words.leave.undo,
  ];
}

/** What came back with it, by what was proven of the run. */
function cameBack({ summary }: Wizard, say: (text: Text) => string): string {
  if (summary === undefined || summary === 'none' || cameTo(summary).gone === 0) return '';
  const { rest: _, ...whole } = summary;
  return say(cameToText({ ...whole, ending: 'undone' }));
}

/** What stays, why, and what to do next. A remark's first row says it; a diff below it is on the screen and in the next undo. */
function notWhole(name: string, result: Result, { words, say }: View): readonly string[] {
  const next = afterUndo(result);
  const why = result.remarks.filter((one) => !('told' in one)).flatMap((one) => say(one).split('\n')[0] ?? []).slice(0, 3);
  return [words.leave.partly(name, say(undoneHead(result))), ...why, ...(result.hand ?? []).flatMap((one) => [words.leave.yours(say(one.words)), ...one.commands.map((argv) => `    ${commandLine(argv)}`)]), ...(next ? [say(next)] : [])];
}

/** Three to six lines for the scrollback, once the screen is closed: what was done, what was not, what to do next. */
export function farewell(wizard: Wizard): readonly string[] {
  const { words, say } = viewOf(wizard);
  const { leave } = words;
  const name = projectName(wizard);
  const { ended } = wizard;
  // Of a demo nothing is left, and nothing that history could tell.
  const later = [wizard.given.demo ? leave.demo : leave.history];
  if (isUnderWay(wizard.rehearsal) || wizard.search?.over === false) return [leave.copies(name), leave.unchanged, ...(wizard.given.demo ? [] : [leave.copiesNext])].map(plain);
  const cutShort = (wizard.applied && !wizard.applied.result) || (wizard.undoing && !wizard.undoing.result);
  // A demo is taken away with all that it was in the middle of.
  if (cutShort) return [leave.cut(name), ...(wizard.given.demo ? [leave.demo] : [leave.cutNext, leave.history])].map(plain);
  if (ended && wasUndone(wizard) && wizard.summary !== 'none' && wizard.summary?.run === ended.result.run) return [leave.undone(name, ended.result.run, cameBack(wizard, say)), ...later].map(plain);
  if (ended?.kind === 'apply' && ended.result.ending === 'applied') return applied(wizard, ended.run, ended.result).map(plain);
  if (ended?.kind === 'undo') {
    return [...(ended.result.exitCode === 0 ? [leave.undone(name, ended.result.run, cameBack(wizard, say))] : notWhole(name, ended.result, viewOf(wizard))), ...later].map(plain);
  }
  if (ended) {
    const why = ended.result.failure ? [leave.why(say(ended.result.failure.what))] : [];
    const worse = ended.result.vitals.some((vital) => vital.result === 'WORSE');
    return [(worse ? leave.differs : leave.takenBack)(name, ended.result.run), ...why, ...ended.result.remarks.map(say).slice(0, 3), ...later].map(plain);
  }
  const { machine, findings } = wizard.looking;
  const { chosen, of } = chosenRows(wizard, choicesOf(wizard).map((choice) => choice.finding));
  const plan = wizard.draft?.plan;
  if (!machine) return [leave.early(name), leave.unchanged].map(plain);
  const first = wizard.given.dryRun && plan ? leave.dry(name, chosen, counted(plan, words))
    : findings.length === 0 ? leave.nothing(name) : leave.looked(name, of, chosen);
  // Of a demo there is nothing left to look at.
  return [first, leave.unchanged, ...(wizard.given.demo ? [] : leave.next.split('\n'))].map(plain);
}
