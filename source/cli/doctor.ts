import type { Complaint } from '../engine/doctor.ts';
import type { Result } from '../engine/session.ts';
import { canBeSortedOut, triage, type Manner, type Triaged } from '../engine/triage.ts';
import { Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import { doctorBegins, triagedText } from '../report/doctor-text.ts';
import { oneLine } from '../report/plain.ts';
import { resultJson } from '../report/plan-json.ts';
import { resultText } from '../report/result-text.ts';
import type { ToApply } from './apply.ts';
import { deliver, paintFor } from './deliver.ts';
import { columnsOf, looksHere, suggested, type Io } from './io.ts';
import { live } from './live.ts';
import type { Args } from './parse.ts';

/** Several things were wanted, and together they failed. */
export const mayBeSortedOut = ({ plan, chosen, filesOnly }: ToApply): boolean => !filesOnly && canBeSortedOut(plan, chosen.taken.map((t) => t.finding.id));

/** Finds the guilty ones of a plan that failed, and says on stderr what it tries and what it found. */
export async function sortOutPlan({ looked, plan: whole }: ToApply, complaint: Complaint, manner: Manner, args: Args, io: Io, interrupt: AbortSignal): Promise<Triaged> {
  const { lang, flags } = args;
  const { session, machine } = looked;
  const looks = { lang, columns: columnsOf(io.stderr), paint: paintFor(io.stderr, args, io.env) };
  io.stderr.write(`\n${suggested(doctorBegins(manner, whole.choices.length, looks), io)}`);
  const found = await triage(whole, complaint, {
    session, machine, manner, interrupt,
    onAttempt: (plan) => io.stderr.write(`\n${text('Trying', '尝试')[lang]}  ${plan.findings.map((f) => oneLine(f.title[lang])).join(lang === 'en' ? '; ' : '；')}\n`),
    onEvent: (plan) => live(io.stderr, { steps: plan.steps, tell: (s) => session.tell(s), lang, verbose: flags.verbose ?? false }),
  });
  io.stderr.write(`\n${triagedText(found, looks)}`);
  return found;
}

const codeOf = ({ cut }: Triaged): number => (cut === undefined ? 3 : cut instanceof Stop ? (cut.exitCode === 130 ? 130 : 3) : cut.exitCode === 130 ? 130 : 3);

/** A plan was applied and taken back: the part of it that holds is applied, part by part; what was rolled back decides the exit code. */
export async function applyWhatHolds(what: ToApply, failed: Result, args: Args, io: Io, interrupt: AbortSignal): Promise<number> {
  const { lang, flags } = args;
  const found = await sortOutPlan(what, failed.failure ?? { what: text('It did not hold.', '未能成立。'), log: [] }, 'applying', args, io, interrupt);
  const looks = { lang, paint: paintFor(io.stdout, args, io.env), columns: columnsOf(io.stdout), ...looksHere(io) };
  if (flags.format === 'json') await deliver(resultJson(found.runs.at(-1)?.result ?? failed, lang, found), args, io);
  else if (found.runs.length > 0) await deliver(found.runs.map(({ plan, result }) => resultText(plan, result, looks)).join('\n'), args, io);
  return codeOf(found);
}
