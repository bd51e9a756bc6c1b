import { withIgnored, withoutIgnored } from '../engine/ignore.ts';
import { CONFIG } from '../engine/suppress.ts';
import { Stop } from '../model/errors.ts';
import type { Words } from '../words/index.ts';
import { note, turn, type Turn } from './turn.ts';
import { viewOf } from './view.ts';
import type { Before, Decision, Wizard } from './wizard.ts';

export type Decided = readonly (readonly [finding: string, to: Decision | undefined])[];

/** Decisions as they are then, without a word about before. */
function settled(wizard: Wizard, all: Decided): Wizard {
  const decisions = new Map(wizard.decisions);
  for (const [finding, to] of all) {
    if (to) decisions.set(finding, to);
    else decisions.delete(finding);
  }
  return { ...wizard, decisions };
}

/** Decides, and keeps what stood before: several at once are taken back at once. */
export function decideAll(wizard: Wizard, all: Decided): Wizard {
  const before: Before = { decisions: new Map(all.map(([finding]) => [finding, wizard.decisions.get(finding)])) };
  return { ...settled(wizard, all), past: [...wizard.past, before] };
}

export const decide = (wizard: Wizard, finding: string, to: Decision | undefined): Wizard => decideAll(wizard, [[finding, to]]);

/** The project's own settings, as they were read. */
export const configOf = (wizard: Wizard): string | undefined => wizard.looking.machine?.files.get(CONFIG)?.text;

/**
 * Decides where a file may hang on it: an ignored finding's lines go out of .harden-tui.yaml when it is decided otherwise,
 * and come in again when that is taken back. The decision stands once the file is written.
 */
export function settle(wizard: Wizard, finding: string, to: Decision | undefined, back = false): Turn {
  const from = wizard.decisions.get(finding);
  const before = configOf(wizard);
  const { words, say } = viewOf(wizard);
  const cleared = from?.kind === 'ignore' && from.written ? withoutIgnored(before, from.written) : { text: before };
  if (cleared === 'changed') return turn(note(wizard, words.ignore.changed));
  try {
    const written = to?.kind === 'ignore' && !wizard.given.dryRun ? withIgnored(cleared.text, to.entries) : undefined;
    const decision = to?.kind === 'ignore' && written ? { ...to, written } : to;
    const after = written ? written.after : cleared.text;
    if (after === before) return turn(back ? settled(wizard, [[finding, decision]]) : decide(wizard, finding, decision));
    return turn(wizard, { kind: 'config', finding, before, after, decision, back });
  } catch (error) {
    if (error instanceof Stop) return turn(note(wizard, say(error.what)));
    throw error;
  }
}

/** The file is written: now the decision stands, and findings count as the file says. */
export const configured = (wizard: Wizard, finding: string, decision: Decision | undefined, back: boolean): Wizard =>
  (back ? settled(wizard, [[finding, decision]]) : decide(wizard, finding, decision));

/** What that comes to: chosen again is not the same as chosen no longer. */
function backSaid(to: Decision | undefined, from: Decision | undefined, title: string, { findings }: Words): string {
  if (to?.kind === 'fix') return findings.chosenAgain(title);
  if (to === undefined) return from?.kind === 'fix' ? findings.unchosen(title) : findings.openAgain(title);
  return findings.takenBack(title);
}

/** Takes back the last decision, with all that was decided by the same key. */
export function takeBackLast(wizard: Wizard): Turn {
  const { words, say } = viewOf(wizard);
  const past = wizard.past.slice(0, -1);
  const before = wizard.past.at(-1);
  if (before?.without) return turn(note({ ...wizard, past, without: before.without }, words.findings.takenBackStep));
  const last = [...(before?.decisions ?? [])].filter(([id]) => wizard.looking.findings.some((one) => one.id === id));
  const [only] = last;
  if (!only) return turn(note({ ...wizard, past }, words.findings.noneDecided));
  const title = wizard.looking.findings.find((one) => one.id === only[0])?.title;
  const said = last.length === 1 && title ? backSaid(only[1], wizard.decisions.get(only[0]), say(title), words)
    : last.every(([, to]) => to?.kind === 'fix') ? words.findings.chosenAgainAll(last.length) : words.findings.takenBackAll(last.length);
  if (last.length > 1) return turn(note(settled({ ...wizard, past }, last), said));
  const { wizard: next, asks } = settle({ ...wizard, past }, only[0], only[1], true);
  // What could not be taken out of the file stays decided, and says so.
  return next.notice !== undefined && next.notice !== wizard.notice ? turn({ ...next, past: wizard.past }, ...asks) : turn(note(next, said), ...asks);
}
