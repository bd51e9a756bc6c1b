import type { Run, Wizard } from './wizard.ts';
import { choicesOf, projectName } from './wizard.ts';
import type { Result } from '../engine/session.ts';
import { isUnderWay } from './rehearsing.ts';
import { plain } from './plain.ts';
import { untouched } from './screens/done/state.ts';
import { mainFindings } from './screens/findings/state.ts';
import { counted, tally } from './tally.ts';
import { viewOf } from './view.ts';

function applied(wizard: Wizard, run: Run, result: Result): readonly string[] {
  const { words, say } = viewOf(wizard);
  const name = projectName(wizard);
  const of = (outcome: string) => result.verdicts.filter((verdict) => verdict.outcome === outcome);
  const compared = result.vitals.filter((vital) => vital.result !== undefined);
  const gaps = Object.entries(result.away).map(([service, ms]) => ({ service, time: words.common.seconds(ms) }));
  const { files } = tally(run.plan);
  const unknown = of('cannot-tell');
  return [
    words.leave.applied(name, result.run, of('gone').length, of('left').length + untouched(wizard, result.verdicts).length, unknown.length),
    ...(compared.length > 0 ? [words.done.works(compared.filter((vital) => vital.result === 'same').length, compared.length, gaps)] : []),
    ...(files.length > 0 ? [words.leave.changed(files.join(' '))] : []),
    ...(unknown.length > 0 ? [words.leave.unknown(unknown.map((verdict) => say(verdict.title)).join(words.common.comma))] : []),
    wizard.given.demo ? words.leave.demo : words.leave.undo,
  ];
}

/** Three to six lines for the scrollback, once the screen is closed: what was done, what was not, what to do next. */
export function farewell(wizard: Wizard): readonly string[] {
  const { words, say } = viewOf(wizard);
  const { leave } = words;
  const name = projectName(wizard);
  const { ended } = wizard;
  if (isUnderWay(wizard.rehearsal) || wizard.search?.over === false) return [leave.copies(name), leave.unchanged, leave.copiesNext].map(plain);
  const cutShort = (wizard.applied && !wizard.applied.result) || (wizard.undoing && !wizard.undoing.result);
  if (cutShort) return [leave.cut(name), leave.cutNext, leave.history].map(plain);
  if (ended?.kind === 'apply' && ended.result.ending === 'applied') return applied(wizard, ended.run, ended.result).map(plain);
  if (ended?.kind === 'undo') {
    const back = ended.run.plan.choices.length;
    return [...(ended.result.exitCode === 0 ? [leave.undone(name, ended.result.run, back)] : [leave.partly(name, ended.result.run), ...ended.result.remarks.map(say).slice(0, 3)]), leave.history].map(plain);
  }
  if (ended) {
    const why = ended.result.failure ? [leave.why(say(ended.result.failure.what))] : [];
    const worse = ended.result.vitals.some((vital) => vital.result === 'WORSE');
    return [(worse ? leave.differs : leave.takenBack)(name, ended.result.run), ...why, ...ended.result.remarks.map(say).slice(0, 3), leave.history].map(plain);
  }
  const { machine, findings } = wizard.looking;
  const chosen = choicesOf(wizard).length;
  const plan = wizard.draft?.plan;
  if (!machine) return [leave.early(name), leave.unchanged].map(plain);
  const first = wizard.given.dryRun && plan ? leave.dry(name, chosen, counted(plan, words))
    : findings.length === 0 ? leave.nothing(name) : leave.looked(name, mainFindings(findings).length, chosen);
  return [first, leave.unchanged, leave.next].map(plain);
}
