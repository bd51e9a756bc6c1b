import { frozen } from '../system/frozen.ts';
import { preview } from '../system/preview.ts';
import type { LeftoversContext } from './leftovers.ts';
import { benchOf, goingOf, mustBePossible, openRun, walkBack } from './walk-back.ts';

/**
 * The commands of an undo before it begins: its very walk, on a system that keeps what it is told and does nothing. `step`: of
 * that part alone. What only shows while it goes on (a program that did not start again, an account that is still in use) is
 * tried there once more; here it is as it should be.
 */
export async function undoOnPaper(run: string, { system: real, state }: LeftoversContext, step?: number): Promise<readonly (readonly string[])[]> {
  const system = frozen(real, { asks: false });
  const recorded = await openRun(run, { system, state });
  await mustBePossible(recorded, { system, state }, (await system.docker?.look.facts())?.id);
  const going = goingOf(recorded, step);
  const paper = preview(system);
  await walkBack(recorded, going, benchOf(recorded, going, paper.system, () => undefined), state, { run, write: async () => undefined }, () => undefined);
  return paper.commands();
}
