import type { StartUndo } from '../changes/start-services.ts';
import type { StopUndo } from '../changes/stop-services.ts';
import type { Change, RunsAs } from '../model/change.ts';
import type { Plan, Step } from '../model/plan.ts';
import { startedAnew } from './taken.ts';

/** What goes back when only some findings of a run are to come back. */
export interface Part {
  readonly findings: readonly string[];
  readonly services: readonly string[];
  /** In the order of the plan; a stop or a start that other services share is narrowed to those concerned. */
  readonly steps: readonly Step[];
  /** Steps of which only a part goes back now: they stay the run's until the last of it goes. */
  readonly shared: ReadonlySet<number>;
}

/** Done for all services at once, or for a whole program: nothing of a finding is in them but that it took effect. */
const ofServices = ({ kind }: Change): boolean => kind === 'stop-services' || kind === 'start-services' || kind === 'restart-host' || kind === 'by-hand';

const plainOf = (plan: Plan): ReadonlySet<string> => new Set(plan.steps.flatMap(({ change }) => (change.kind === 'start-services' ? change.services.filter((s) => s.container).map((s) => s.service) : [])));

const all = (plan: Plan): readonly string[] => [...new Set([...plan.choices.map((c) => c.finding), ...plan.steps.flatMap((s) => s.because)])];

/**
 * Findings that can only go back together: they share a step, one needs the other, or they changed one plain container,
 * which comes back as the one that was kept. Journals of older versions don't tell who needs whom: there it is all of them.
 */
function together(plan: Plan, first: readonly string[]): ReadonlySet<string> {
  if (!plan.ties) return new Set(all(plan));
  const plain = plainOf(plan);
  const found = new Set(first);
  const services = (id: string): readonly string[] => plan.ties?.find((t) => t.finding === id)?.services ?? [];
  for (let before = -1; before !== found.size;) {
    before = found.size;
    const containers = new Set([...found].flatMap(services).filter((s) => plain.has(s)));
    for (const tie of plan.ties) if (tie.needs.some((n) => found.has(n)) || tie.services.some((s) => containers.has(s))) found.add(tie.finding);
    for (const { change, because } of plan.steps) if (!ofServices(change) && because.some((f) => found.has(f))) for (const f of because) found.add(f);
  }
  return found;
}

function narrowed(change: Change, services: ReadonlySet<string>): Change | undefined {
  if (change.kind === 'stop-services' || change.kind === 'start-services') {
    const kept = change.services.filter((s: RunsAs) => services.has(s.service));
    // A broker of the machine itself: the worker beside it is all that there is here.
    if (change.services.length === 0) return change.again?.some((a) => a.of.some((s) => services.has(s))) ? change : undefined;
    const { again, ...rest } = change;
    const leaning = (again ?? []).filter((a) => a.of.some((s) => services.has(s)));
    return kept.length === 0 ? undefined : { ...rest, services: kept, ...(leaning.length > 0 ? { again: leaning } : {}) };
  }
  if (change.kind === 'restart-host') return [...change.services, ...(change.of ?? [])].some((s) => services.has(s)) ? change : undefined;
  return change;
}

function partOf(plan: Plan, findings: ReadonlySet<string>, gone: ReadonlySet<string>): Part {
  const own = (plan.ties ?? []).filter((t) => findings.has(t.finding)).flatMap((t) => t.services);
  const services = new Set(plan.ties ? own : startedAnew(plan));
  const shared = new Set<number>();
  const steps = plan.steps.flatMap((step): readonly Step[] => {
    if (!step.because.some((f) => findings.has(f))) return [];
    const change = narrowed(step.change, services);
    if (!change) return [];
    if (ofServices(step.change) && step.because.some((f) => !findings.has(f) && !gone.has(f))) shared.add(step.number);
    return [{ ...step, change }];
  });
  return { findings: all(plan).filter((f) => findings.has(f)), services: [...services], steps, shared };
}

/** Steps that serve any of these findings; a stop or a start for their services alone. */
export const stepsOf = (plan: Plan, findings: ReadonlySet<string>): readonly Step[] => partOf(plan, findings, new Set()).steps;

/** What goes back with step `number`; undefined where no such step stands. `gone`: findings that went back before. */
export function partWith(plan: Plan, number: number, gone: ReadonlySet<string>): Part | undefined {
  const step = plan.steps.find((s) => s.number === number);
  const first = step?.because.filter((f) => !gone.has(f)) ?? [];
  if (first.length === 0 || step?.change.kind === 'by-hand') return undefined;
  return partOf(plan, new Set([...together(plan, first)].filter((f) => !gone.has(f))), gone);
}

/** What still stands of a run that parts of went back. */
export function standing(plan: Plan, gone: ReadonlySet<string>): Plan {
  if (gone.size === 0) return plan;
  const left = (f: string): boolean => !gone.has(f);
  const { steps } = partOf(plan, new Set(all(plan).filter(left)), gone);
  return {
    ...plan, steps, choices: plan.choices.filter((c) => left(c.finding)), findings: plan.findings.filter((f) => left(f.id)),
    owed: plan.owed.filter((o) => left(o.finding)), joins: [], ...(plan.ties ? { ties: plan.ties.filter((t) => left(t.finding)) } : {}),
  };
}

/** The undo of a step for some of its services alone. */
export function undoFor(change: Change, undo: unknown): unknown {
  if (change.kind === 'stop-services') {
    const names = change.services.map((s) => s.service);
    return { containers: (undo as StopUndo).containers.filter((c) => names.includes(c.service)) } satisfies StopUndo;
  }
  if (change.kind === 'start-services') {
    const names = change.services.flatMap((s) => (s.container ? [s.container.name] : []));
    return { plain: (undo as StartUndo).plain.filter((p) => names.includes(p.name)) } satisfies StartUndo;
  }
  return undo;
}
