import { sep } from 'node:path';
import type { RunSummary } from '../engine/session.ts';
import { Stop } from '../model/errors.ts';
import { text, type Text } from '../model/text.ts';

const SEE = text('See what there is: harden-tui history', '查看已有的运行：harden-tui history');

/** What a word may be done to, and its sentences for where it can't. */
export interface Wanted {
  readonly fits: (run: RunSummary) => boolean;
  readonly notThat: (run: string) => Text;
  readonly none: Text;
}

/** RUN, or the last one of the project that we stand in, or the last one. A run whose folder is gone has to be named. */
export function whichRun(runs: readonly RunSummary[], named: string | undefined, cwd: string, { fits, notThat, none }: Wanted): RunSummary {
  if (named !== undefined) {
    const found = runs.find((r) => r.run === named);
    if (!found) throw new Stop(text(`There is no run ${named}.`, `没有第 ${named} 次运行。`), [SEE]);
    if (!fits(found)) throw new Stop(notThat(named), [SEE]);
    return found;
  }
  const open = runs.filter((r) => fits(r) && !r.folderGone);
  const last = open.findLast((r) => cwd === r.root || cwd.startsWith(r.root.endsWith(sep) ? r.root : r.root + sep)) ?? open.at(-1);
  if (!last) throw new Stop(none, [SEE]);
  return last;
}
