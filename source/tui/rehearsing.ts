import type { Event, RehearsalPhase } from '../engine/session.ts';
import type { Plan } from '../model/plan.ts';
import type { Compared, Rehearsal } from '../model/rehearsal.ts';
import type { Text } from '../model/text.ts';
import { heard } from './run.ts';
import { newRun, type Run } from './wizard.ts';

/** A plan being tried on copies, or tried. */
export interface Rehearsing {
  readonly plan: Plan;
  /** When each part began, on the wizard's clock. */
  readonly began: ReadonlyMap<RehearsalPhase, number>;
  readonly rows: readonly Compared[];
  /** Commands and what they said; its steps are none of the plan's. */
  readonly said: Pick<Run, 'log' | 'commands'>;
  /** Esc or ctrl-c: the copies are taken away first. */
  readonly stopping: boolean;
  readonly result?: Rehearsal;
  /** It broke, and is being found out which of its fixes it was, by rehearsing parts of it; or was. */
  readonly doctor?: Doctor;
}

export interface Doctor {
  readonly attempt: number;
  /** Findings whose fixes are tried right now. */
  readonly trying: readonly string[];
  readonly found?: Sorted;
}

/** Findings to blame, and those that can't do without them; the rest of the plan held. */
export interface Sorted {
  readonly guilty: readonly { readonly finding: string; readonly what: Text }[];
  readonly along: readonly string[];
}

/** Copies are up, or are being taken away. */
export const isUnderWay = (rehearsal: Rehearsing | undefined): boolean =>
  rehearsal !== undefined && (rehearsal.result === undefined || (rehearsal.doctor !== undefined && rehearsal.doctor.found === undefined));

/** One more part is rehearsed: what was seen of the one before gives its place. */
export const attempting = (rehearsal: Rehearsing, trying: readonly string[]): Rehearsing =>
  ({ ...rehearsal, rows: [], began: new Map(), doctor: { attempt: (rehearsal.doctor?.attempt ?? 0) + 1, trying } });

export const newRehearsal = (plan: Plan): Rehearsing => ({ plan, began: new Map(), rows: [], said: newRun(plan), stopping: false });

const sameFact = (a: Compared, b: Compared): boolean => a.service === b.service && a.what.en === b.what.en;

/** What is known of a rehearsal after one more event. */
export function heardOf(rehearsal: Rehearsing, event: Event, at: number): Rehearsing {
  switch (event.kind) {
    case 'rehearsal': return rehearsal.began.has(event.phase) ? rehearsal : { ...rehearsal, began: new Map(rehearsal.began).set(event.phase, at) };
    case 'compared': {
      const { row } = event;
      const known = rehearsal.rows.some((one) => sameFact(one, row));
      return { ...rehearsal, rows: known ? rehearsal.rows.map((one) => (sameFact(one, row) ? row : one)) : [...rehearsal.rows, row] };
    }
    case 'command':
    case 'line':
      return { ...rehearsal, said: heard({ ...newRun(rehearsal.plan), ...rehearsal.said }, event, at) };
    default: return rehearsal;
  }
}

/** Something of the plan runs in a container, so that there can be copies of it: what is down has nothing to be compared with. */
export const isRehearsable = (plan: Plan): boolean => plan.steps.some(({ change }) => change.kind === 'start-services');
