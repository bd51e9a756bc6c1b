import type { Elsewhere } from '../../../model/machine.ts';
import type { Words } from '../../../words/index.ts';
import type { Binding } from '../../keys.ts';
import { scrollKeys } from '../../scroll.ts';
import { put, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { calls, leaving, quit } from '../common.ts';
import { history } from '../history/open.ts';
import { toFindings } from '../findings/open.ts';
import { lookingContent } from './content.ts';
import type { Wizard } from '../../wizard.ts';
import type { LookingScreen } from './state.ts';

const elsewhere = (wizard: Wizard, kind: Elsewhere['kind']): boolean => wizard.looking.machine?.elsewhere.some((one) => one.kind === kind) ?? false;

/** Names of what was left out, and folds them again. */
const byName = (key: string, kind: Elsewhere['kind'], says: (words: Words) => string): Binding<LookingScreen> => ({
  keys: [key], says, place: 'deed', when: (_screen, wizard) => elsewhere(wizard, kind),
  act: (screen, wizard) => turn(put(wizard, { ...screen, named: { ...screen.named, [kind]: !screen.named?.[kind] } })),
});

export const lookingKeys: readonly Binding<LookingScreen>[] = [
  {
    keys: ['enter'],
    says: (words) => words.keys.toFindings,
    place: 'deed',
    // Typed ahead, it is remembered: the findings open as soon as there are any.
    act: (screen, wizard) => (wizard.looking.machine ? toFindings(wizard) : turn(put(wizard, { ...screen, onward: 'findings' }))),
  },
  byName('a', 'container', (words) => words.keys.others),
  byName('p', 'process', (words) => words.keys.thisMachine),
  { ...calls<LookingScreen>(), says: (words, _screen, wizard) => (wizard.calls.length === 0 ? words.keys.commands : words.keys.callsMade(wizard.calls.length)) },
  { keys: ['esc'], says: (words) => words.keys.stop, place: 'deed', when: (_screen, wizard) => wizard.looking.machine === undefined, act: (_screen, wizard) => leaving(wizard) },
  history('deed'),
  ...scrollKeys<LookingScreen>((screen, wizard) => lookingContent(screen, wizard, viewOf(wizard)).length),
  quit('way'),
];
