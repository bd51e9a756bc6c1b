import { isUnderWay } from '../../source/tui/rehearsing.ts';
import type { Wizard } from '../../source/tui/wizard.ts';
import type { Driven } from './drive.ts';

/** Keys to a plan of five findings. */
export const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p'] as const;

/** Holds a fake session until a test lets it go on. */
export function held() {
  const waiting: (() => void)[] = [];
  let on = false;
  return {
    gate: (): Promise<void> => (on ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    close: () => { on = true; },
    next: () => waiting.shift()?.(),
    open: () => { on = false; for (const go of waiting.splice(0)) go(); },
  };
}

/** Lets what was asked for come in. */
export const settle = (driven: Driven): Promise<Wizard> => driven.tell({ kind: 'calls', calls: [] });

/** The search for the guilty fix comes with a part of the engine that is loaded when it is wanted. */
export async function untilFound(driven: Driven): Promise<void> {
  for (let i = 0; i < 200 && isUnderWay(driven.store.get().rehearsal); i++) await new Promise((resolve) => setTimeout(resolve, 10));
}
