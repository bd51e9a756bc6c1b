import type { Binding } from '../../keys.ts';
import { note, openFresh, put, turn, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { newRun, type Wizard } from '../../wizard.ts';
import { applyingScreen } from '../applying/state.ts';
import { goBack } from '../common.ts';
import { diffScreen } from '../diff/state.ts';
import { calls, quit } from '../common.ts';
import type { Entry } from '../screen.ts';
import { nextOutside, wanted, type ConfirmScreen } from './state.ts';

/** The only way from looking to doing. */
function apply(wizard: Wizard): Turn {
  const plan = wizard.draft?.plan;
  if (!plan) return turn(wizard);
  return turn({ ...openFresh(wizard, applyingScreen), applied: newRun(plan) }, { kind: 'apply', plan });
}

export const confirmKeys: readonly Binding<ConfirmScreen>[] = [
  {
    keys: ['y'], says: (words) => words.keys.allow, place: 'deed', when: (screen, wizard) => nextOutside(screen, wizard) !== undefined,
    act: (screen, wizard) => turn(put(wizard, { ...screen, allowed: [...screen.allowed, nextOutside(screen, wizard)?.what ?? ''] })),
  },
  { keys: ['y'], says: (words) => words.keys.apply, place: 'deed', when: (screen, wizard) => nextOutside(screen, wizard) === undefined && wanted(wizard) === undefined, act: (_screen, wizard) => apply(wizard) },
  {
    keys: ['d'], says: (words) => words.keys.diffs, place: 'deed',
    act: (_screen, wizard) => turn(openFresh(wizard, diffScreen({ kind: 'plan' }))),
  },
  calls(),
  quit(),
  { ...goBack(), says: (words) => words.keys.notYet },
];

/** A word is asked for: letters are text here, and only enter and esc are keys. */
export function confirmEntry(screen: ConfirmScreen, wizard: Wizard): Entry<ConfirmScreen> | undefined {
  const word = wanted(wizard);
  if (!word || nextOutside(screen, wizard)) return undefined;
  const to = (typed: string): Turn => turn(put(wizard, { ...screen, typed }));
  return {
    write: (text) => to(screen.typed + text),
    erase: () => to(Array.from(screen.typed).slice(0, -1).join('')),
    keys: [
      {
        keys: ['enter'], says: (words) => words.keys.apply, place: 'deed',
        act: (_screen, at) => (screen.typed.trim() === word.word ? apply(at) : turn(note(put(at, { ...screen, typed: '' }), viewOf(at).words.confirm.wrong(screen.typed, word.word)))),
      },
      { ...goBack<ConfirmScreen>(), says: (words) => words.keys.notYet },
    ],
  };
}
