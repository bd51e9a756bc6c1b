import { copies, finalStage, lineage, type Stage } from '../files/dockerfile.ts';
import { distributionOf } from './distribution.ts';
import { tidy, workdirOf, type Shipped } from './service-files.ts';

/** Everybody may make it there, whoever the stage runs its lines as. */
const EMPTY = '/tmp/empty';

export interface EmptyFolder {
  /** The earlier stage, as an image of its own. */
  readonly from: Shipped;
  /** The line at its end. */
  readonly made: string;
  /** The line in the stage that ships; both builders give the new folder to the owner (measured). */
  readonly copied: (owner: string, folder: string) => string;
}

/**
 * A base without a shell can run nothing, but it can be given a folder: an empty one of an earlier stage that it copies from anyway.
 * Undefined where there is no such stage, or where a folder comes with files: those of a folder that is there keep their owner.
 */
export function emptyFolder(s: Shipped, folders: readonly string[]): EmptyFolder | undefined {
  if (distributionOf(s) !== 'bare') return undefined;
  const all = copies(s.stage, s.df);
  const filled = (folder: string): boolean => all.some((c) => { const to = tidy(c.dest.value.startsWith('/') ? c.dest.value : `${workdirOf(s)}/${c.dest.value}`); return to === folder || to.startsWith(`${folder}/`); });
  if (folders.some((f) => f === '/' || filled(f))) return undefined;
  const mine = lineage(s.stage, s.df).map((stage) => stage.index);
  const stages = all.flatMap((c) => (c.from === undefined ? [] : finalStage(s.df, c.from) ?? [])).filter((stage: Stage) => stage.index < s.stage.index && !mine.includes(stage.index));
  const from = stages.map((stage): Shipped => ({ ...s, stage })).find((earlier) => distributionOf(earlier) !== 'bare');
  if (!from) return undefined;
  const name = from.stage.name ?? String(from.stage.index);
  return { from, made: `RUN mkdir -p ${EMPTY}`, copied: (owner, folder) => `COPY --from=${name} --chown=${owner} ${/^[\w./+-]+$/.test(folder) ? `${EMPTY} ${folder}` : JSON.stringify([EMPTY, folder])}` };
}
