import { Stop } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Choice, Plan } from '../model/plan.ts';
import { text } from '../model/text.ts';
import { withoutOf } from './dropped.ts';
import { sortOut, type Complaint, type Part } from './doctor.ts';
import type { Event, Result, Session } from './session.ts';

/** A choice that is not in what was applied, and the finding that stays because of it. */
export interface LeftOut {
  readonly choice: Choice;
  readonly finding: Finding;
}

export interface Blamed extends LeftOut {
  readonly complaint: Complaint;
  /** It holds by itself, and fails only beside these. */
  readonly beside: readonly Finding[];
}

/** A plan of several choices that failed, sorted out. */
export interface Triaged {
  readonly holds: readonly Choice[];
  readonly guilty: readonly Blamed[];
  /** They can't do without a guilty one. */
  readonly along: readonly LeftOut[];
  /** Where it was found by applying: each part that holds is a run of its own, and stays. */
  readonly runs: readonly { readonly plan: Plan; readonly result: Result }[];
  /** It ended before it was through: interrupted, or a part could not be taken back, or could not be begun. */
  readonly cut?: Result | Stop;
}

/** `rehearsing`: in disposable copies, nothing is applied by it. `applying`: each part for itself, on what runs. */
export type Manner = 'rehearsing' | 'applying';

export interface TriageContext {
  readonly session: Pick<Session, 'inspect' | 'diagnose' | 'plan' | 'apply' | 'rehearse'>;
  readonly machine: Machine;
  readonly manner: Manner;
  /** Before each attempt: which findings it mends. */
  readonly onAttempt: (plan: Plan) => void;
  readonly onEvent: (plan: Plan) => (event: Event) => void;
  readonly interrupt?: AbortSignal;
}

class Cut extends Error {
  readonly by: Result | Stop;
  constructor(by: Result | Stop) {
    super('cut');
    this.by = by;
  }
}

const SILENT: Complaint = { what: text('It did not hold.', '未能成立。'), log: [] };

/** More than one thing was wanted: then it is worth to ask which of them it was. */
export const canBeSortedOut = (plan: Plan, wanted: readonly string[]): boolean => plan.choices.filter((c) => wanted.includes(c.finding)).length > 1;

/** In copies: all that holds so far with some more. What can't be told there goes on, as it does for a whole plan. */
async function inCopies(choices: readonly Choice[], whole: Plan, { session, machine, onAttempt, onEvent, interrupt }: TriageContext): Promise<Complaint | undefined> {
  const plan = await session.plan(machine, choices, withoutOf(whole));
  onAttempt(plan);
  const shown = await session.rehearse?.(plan, onEvent(plan), interrupt);
  return shown?.outcome === 'breaks' ? (shown.breakage ?? SILENT) : undefined;
}

/** On what runs, on top of the runs before: what holds stays. What is gone by itself holds. */
async function onTop(choices: readonly Choice[], runs: Triaged['runs'][number][], whole: Plan, { session, machine: { trials }, onAttempt, onEvent, interrupt }: TriageContext): Promise<Complaint | undefined> {
  // What was found by trying is not read off a machine.
  const machine = { ...(await session.inspect()), ...(trials ? { trials } : {}) };
  if (whole.daemon !== undefined && machine.docker?.id !== whole.daemon) throw new Cut(new Stop(text('Docker stopped answering.', 'Docker 停止响应。')));
  const there = session.diagnose(machine);
  const plan = await session.plan(machine, choices.filter((c) => there.some((f) => f.id === c.finding)), withoutOf(whole));
  const [refused] = plan.refused;
  if (refused) return { what: refused.reason, log: [] };
  if (plan.steps.length === 0) return undefined;
  onAttempt(plan);
  const result = await session.apply(plan, onEvent(plan), interrupt);
  if (result.stuck || result.failure?.outside || result.ending === 'interrupted' || interrupt?.aborted) {
    if (result.ending === 'applied') runs.push({ plan, result });
    throw new Cut(result);
  }
  if (result.ending !== 'applied') return result.failure ?? SILENT;
  runs.push({ plan, result });
  return undefined;
}

/** Finds which choices of a failed plan are to blame, and keeps the rest; `complaint` is what the whole of it failed with. */
export async function triage(plan: Plan, complaint: Complaint, context: TriageContext): Promise<Triaged> {
  const { manner, interrupt } = context;
  const choiceOf = new Map(plan.choices.map((c) => [c.finding, c]));
  const choices = (ids: readonly string[]): readonly Choice[] => ids.flatMap((id) => choiceOf.get(id) ?? []);
  const leftOut = (id: string): readonly LeftOut[] => {
    const [choice, finding] = [choiceOf.get(id), plan.findings.find((f) => f.id === id)];
    return choice && finding ? [{ choice, finding }] : [];
  };
  // The worst first, as they stand in the plan: of two that can't stand together it is the one that stays.
  const parts = plan.choices.map((c): Part => ({ id: c.finding, needs: plan.ties?.find((t) => t.finding === c.finding)?.needs ?? [] }));
  const runs: Triaged['runs'][number][] = [];
  const sofar = new Set<string>();
  try {
    const sorted = await sortOut(parts, complaint, {
      fleeting: manner === 'rehearsing',
      attempt: async (more, holding) => {
        if (interrupt?.aborted) throw new Cut(new Stop(text('You stopped it.', '你中止了它。'), [], 130));
        const failed = manner === 'rehearsing' ? await inCopies(choices([...holding, ...more]), plan, context) : await onTop(choices(more), runs, plan, context);
        if (!failed) for (const id of more) sofar.add(id);
        return failed;
      },
    });
    return {
      holds: choices(sorted.holds), runs,
      guilty: sorted.guilty.flatMap((g) => leftOut(g.id).map((l) => ({ ...l, complaint: g.complaint, beside: g.beside.flatMap((id) => leftOut(id).map((o) => o.finding)) }))),
      along: sorted.along.flatMap(leftOut),
    };
  } catch (error) {
    const by: unknown = error instanceof Cut ? error.by : error;
    if (!(error instanceof Cut) && !(by instanceof Stop)) throw error;
    return { holds: manner === 'rehearsing' ? [] : choices([...sofar]), runs, guilty: [], along: [], cut: by as Result | Stop };
  }
}
