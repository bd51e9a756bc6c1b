import { beyondAnew } from './beyond.ts';
import { lookingScreen, type Onward } from './screens/looking/state.ts';
import { restart, restarted, turn, type Turn } from './turn.ts';
import type { Wizard } from './wizard.ts';

/** Looks at the machine again and goes on from there: what was seen before may no longer be so. Decisions stay. */
export function lookAgain(wizard: Wizard, onward: Onward): Turn {
  const list = wizard.stack.find((screen) => screen.name === 'findings');
  // The list is found as it was left: at its place, and with what was unfolded.
  const anew = restarted(restart(wizard, lookingScreen(onward)), list && { ...list, taking: [] });
  return turn({ ...anew, looking: { progress: [], findings: [], beyond: beyondAnew(wizard) }, offers: new Map(), spread: undefined, draft: undefined, rehearsal: undefined, applied: undefined, undoing: undefined, summary: undefined, since: undefined }, { kind: 'inspect' });
}
