import type { Binding } from '../../keys.ts';
import { openFresh, put, turn } from '../../turn.ts';
import type { Wizard } from '../../wizard.ts';
import { goBack } from '../common.ts';
import { diffScreen } from '../diff/state.ts';
import { calls, quit } from '../common.ts';
import type { Entry } from '../screen.ts';
import { apply, nameEntry } from './apply.ts';
import { wanted } from './question.ts';
import { nextOutside } from './outside.ts';
import type { ConfirmScreen } from './state.ts';

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

/** The name of the project or the host, once everything outside is allowed. */
export const confirmEntry = (screen: ConfirmScreen, wizard: Wizard): Entry<ConfirmScreen> | undefined =>
  nextOutside(screen, wizard) ? undefined : nameEntry(screen, wizard, (at, typed) => put(at, { ...screen, typed }));
