import { resolve, sep } from 'node:path';
import type { Change, MakeAccount, MakeFolder, SetPath } from '../model/change.ts';
import type { Step } from '../model/plan.ts';

/** Done to the machine itself, beside files and restarts. */
export type HostDeed = MakeAccount | MakeFolder | SetPath;

export const onHost = (change: Change): change is HostDeed => change.kind === 'make-account' || change.kind === 'make-folder' || change.kind === 'set-path';

export const nameOf = (change: HostDeed): string => (change.kind === 'make-account' ? change.name : change.path);

/** Two that want something of one account, or of one path. */
export const sameThing = (a: HostDeed, b: HostDeed): boolean => a.kind === b.kind && nameOf(a) === nameOf(b);

/**
 * What of this machine a change touches outside the project: a file, an owner, an account. Each is confirmed by itself,
 * and `fix --yes` needs `--system-files`.
 */
export function outsideOf(change: Change, root: string): string | undefined {
  if (change.kind === 'make-account') return change.name;
  if (change.kind !== 'edit-file' && change.kind !== 'create-file' && change.kind !== 'set-path' && change.kind !== 'make-folder') return undefined;
  const path = resolve(root, change.path);
  return path === root || path.startsWith(root + sep) ? undefined : path;
}

/** The same for a whole plan, in its order, each once. */
export const outsideOfPlan = (steps: readonly Step[], root: string): readonly string[] => [...new Set(steps.flatMap(({ change }) => outsideOf(change, root) ?? []))];
