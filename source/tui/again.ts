import { lookingScreen, type Onward } from './screens/looking/state.ts';
import { restart, turn, type Turn } from './turn.ts';
import type { Wizard } from './wizard.ts';

/** Looks at the machine again and goes on from there: what was seen before may no longer be so. Decisions stay. */
export function lookAgain(wizard: Wizard, onward: Onward): Turn {
  const anew = restart(wizard, lookingScreen(onward));
  return turn({ ...anew, looking: { progress: [], findings: [] }, offers: new Map(), spread: undefined, draft: undefined, rehearsal: undefined, applied: undefined, undoing: undefined, summary: undefined }, { kind: 'inspect' });
}
