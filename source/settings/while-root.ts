import { effectiveUser, insertBefore, isRootUser } from '../files/dockerfile.ts';
import type { SpanEdit } from '../model/change.ts';
import type { Shipped } from './service-files.ts';
import { asRoot, atEnd } from './user-block.ts';
import { isRootBase, ownUser } from './user.ts';

/** Lines that only root can run: at the end of a stage that is root's, else in front of its own USER, where it still is. */
export function whileRoot(s: Shipped, lines: readonly string[], rank: number): SpanEdit {
  const user = ownUser(s);
  const at = effectiveUser(s.stage, s.df)?.instruction;
  if (!user || user.root || at?.stage !== s.stage.index) return atEnd(s, asRoot(s, lines), rank);
  const before = effectiveUser({ ...s.stage, instructions: s.stage.instructions.filter((i) => i.span.start < at.span.start) }, s.df);
  const still = before ? isRootUser(before.value) : isRootBase(s);
  return still ? { ...insertBefore(s.df, at, lines), rank } : atEnd(s, asRoot(s, lines), rank);
}
