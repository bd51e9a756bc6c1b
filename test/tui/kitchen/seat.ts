import type { Lang } from '../../../source/model/text.ts';
import type { WizardOptions } from '../../../source/tui/options.ts';
import { fakeSession } from '../fake-session.ts';
import { walk, type Walk } from '../terminal.ts';
import { cooked, pictured } from './made.tsx';
import { KITCHEN, type Named } from './recipes.ts';

export interface Seat {
  readonly at: Walk;
  /** Lets what is held go on. */
  release(): void;
}

/** Every screen once, and whatever is under way: what must hold at every screen is shown on these. */
export const SEATS: readonly Named[] = KITCHEN.filter((one, i) => (one.gates !== undefined && !one.given?.ascii) || one.keys.at(-1) === '/' || KITCHEN.findIndex((other) => other.screen === one.screen && other.gates === undefined) === i);

/** The live wizard at one of them, on a terminal of 80x24. */
export async function seated(one: Named, options: Partial<WizardOptions> = {}, lang: Lang = 'en'): Promise<Seat> {
  const waiting: (() => void)[] = [];
  let left = one.gates ?? Infinity;
  const gate = (): Promise<void> => (left-- > 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)));
  const at = walk(fakeSession({ ...one.fake, gate }), { lang, edit: async () => undefined, calls: () => [['GET', '/info']], pages: { place: async () => 'report.md', write: async () => 'report.md' }, ...one.given, ...options });
  await at.settled();
  await at.press(...one.keys);
  const last = pictured((await cooked(one, lang, { columns: 80, rows: 24 })).store.get()).at(-1)!.trimEnd();
  await at.until(last);
  return {
    at,
    release() {
      left = Infinity;
      for (const go of waiting.splice(0)) go();
    },
  };
}
