import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { fetchesOfBuild, type Fetch } from '../settings/fetches.ts';

export type { Fetch } from '../settings/fetches.ts';

/** What the plan's builds get from the network; undefined where it builds nothing, or where nobody can tell. */
export function fetchesOf({ steps }: Pick<Plan, 'steps'>, machine: Machine): readonly Fetch[] | undefined {
  const edits = steps.flatMap(({ change }) => (change.kind === 'edit-file' ? [change] : []));
  const builds = steps.flatMap(({ change }) => (change.kind === 'build-image' ? [fetchesOfBuild(change, edits, machine)] : []));
  return builds.length === 0 || builds.includes(undefined) ? undefined : builds.flatMap((one) => one ?? []);
}
