import type { HeldProof, Verified } from '../../../model/held.ts';
import { discreet } from '../../../report/discreet.ts';
import { cameToText, stands, verdictsOf } from '../../../report/came-to.ts';
import { asItStands, canBeUndone, goOn, staysText } from '../../../report/runs-text.ts';
import { blank, line, paragraph, span, type Line } from '../../lines.ts';
import { foreign } from '../../plain.ts';
import { spinning, toldIn } from '../../parts/step-list.ts';
import { titleRoom, toldApart } from '../../parts/titles.ts';
import { outcomeRole, type Role } from '../../theme.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { wrap } from '../../wrap.ts';
import { endingOf } from '../history/content.ts';
import { runOf, type PastRun } from '../history/state.ts';
import { goesBack } from '../undo/content.ts';
import type { RunScreen } from './state.ts';

/** Its steps; those that went back since are told apart. */
function steps({ summary, tells }: PastRun, { words, columns, say }: View): readonly Line[] {
  const left = new Set(asItStands(summary).plan.steps.map((step) => step.number));
  const wide = width(String(summary.plan.steps.at(-1)?.number ?? 1));
  return summary.plan.steps.flatMap((step, i) => {
    const [deed, what] = toldIn(tells[i] ? say(tells[i]) : '');
    const back = left.has(step.number) ? '' : `   ${words.applying.back}`;
    return wrap(`${what}${back}`, columns - wide - 14).map((part, n) => (n > 0 ? line(' '.repeat(wide + 12), part) : line(
      `   ${String(step.number).padStart(wide)} `, span(cell(deed, 8), 'strong'), span(part, back === '' ? undefined : 'faint'),
    )));
  });
}

interface Told {
  readonly word: string;
  readonly role?: Role;
  readonly title: string;
  readonly proof: string;
}

/** Outcome, what it is about, and what was seen. */
function table(all: readonly Told[], { columns, glyphs }: View): readonly Line[] {
  const first = Math.max(0, ...all.map((one) => width(one.word))) + 2;
  const second = Math.min(titleRoom(columns), Math.max(0, ...all.map((one) => width(one.title)))) + 2;
  const titles = toldApart(all.map((one) => one.title), second - 2, glyphs.more);
  const from = 3 + first + second;
  return all.flatMap((one, i) => wrap(one.proof, columns - from - 1).map((part, n) => (n > 0 ? line(' '.repeat(from), part) : line('   ', span(cell(one.word, first), one.role), cell(titles[i] ?? '', second), part))));
}

const HELD: Readonly<Record<HeldProof['held'], Role>> = { 'holds': 'gone', 'drifted': 'worse', 'cannot-tell': 'unsure' };

function again(verified: Verified, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const rows = verified.proofs.map((one): Told => ({ word: words.history.held[one.held] ?? one.held, role: HELD[one.held], title: say(one.title), proof: discreet(say(one.proof)) }));
  const changed = verified.traces.flatMap((trace) => paragraph(discreet(say(trace.what)), columns - 1, trace.held === 'holds' ? 'faint' : HELD[trace.held], 3));
  return [...table(rows, view), ...(changed.length > 0 ? [line(` ${words.history.since}`), ...changed] : []), ...(rows.length + changed.length === 0 ? paragraph(words.history.asLeft, columns - 1, undefined, 3) : [])];
}

const headed = (title: string, lines: readonly Line[]): readonly Line[] => (lines.length === 0 ? [] : [blank, line(span(` ${title}`, 'strong')), ...lines]);

export function runContent({ run }: RunScreen, wizard: Wizard, view: View, frame = 0): readonly Line[] {
  const { words, columns, say } = view;
  const past = runOf(wizard, run);
  if (!past) return [line(span(` ${words.history.asking}`, 'faint'))];
  const { summary } = past;
  const stays = staysText(summary);
  const known = wizard.history?.verified.get(run);
  const proofs = verdictsOf(summary).map((one): Told => ({ word: words.common.outcome[one.outcome], role: outcomeRole(one.outcome), title: say(one.title), proof: discreet(say(one.proof)) }));
  return [
    ...paragraph(words.history.one(run, words.undo.at(new Date(summary.at)), endingOf(summary, view), stays && foreign(say(stays))), columns - 1, 'strong'),
    ...(summary.rest && !summary.folderGone ? paragraph(foreign(say(goOn(run, summary.rest))), columns - 1) : []),
    // What was asked last is what one waits for.
    ...(known === undefined ? [] : known === 'asked' ? [blank, line(` ${spinning(view.glyphs, frame)} `, span(words.history.verifyingNow, 'strong'))] : headed(words.history.verified, again(known, view))),
    ...headed(words.history.steps, steps(past, view)),
    ...headed(stands(summary) ? words.history.proofs : words.history.proofsThen, proofs.length > 0 ? table(proofs, view) : paragraph(stands(summary) ? say(cameToText(summary)) : words.history.neverProven, columns - 1, undefined, 3)),
    ...(canBeUndone(summary) ? headed(words.history.wouldGoBack, goesBack(summary, view)) : []),
  ];
}
