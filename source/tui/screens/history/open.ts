import type { Binding } from '../../keys.ts';
import { openFresh, turn, type Turn } from '../../turn.ts';
import type { Wizard } from '../../wizard.ts';
import type { Screen } from '../screen.ts';
import { historyScreen } from './state.ts';

/** Looks up what was done here before. */
export const openHistory = (wizard: Wizard): Turn => turn(openFresh({ ...wizard, history: undefined }, historyScreen), { kind: 'history' });

/** `h` is free, but beside j, k and l the fingers take it for "left": so it is a capital, as `G` and `N` are. */
export const history = <S extends Screen>(place: Binding['place']): Binding<S> => ({ keys: ['H'], says: (words) => words.keys.history, place, act: (_screen, wizard) => openHistory(wizard) });

/** Proves a run again on what runs now. */
export function verify(wizard: Wizard, run: string): Turn {
  const { history: known } = wizard;
  return known ? turn({ ...wizard, history: { ...known, verified: new Map(known.verified).set(run, 'asked') } }, { kind: 'verify', run }) : turn(wizard);
}
