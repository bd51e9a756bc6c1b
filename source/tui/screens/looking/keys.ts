import type { Elsewhere } from '../../../model/machine.ts';
import type { Words } from '../../../words/index.ts';
import type { Binding } from '../../keys.ts';
import { lookBeyond } from '../../beyond.ts';
import { scrollKeys } from '../../scroll.ts';
import { put, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { calls, leaving, quit } from '../common.ts';
import { history } from '../history/open.ts';
import { toFindings } from '../findings/open.ts';
import { toProjects } from '../projects/open.ts';
import { isToChoose } from '../projects/state.ts';
import { lookingContent } from './content.ts';
import type { Wizard } from '../../wizard.ts';
import type { LookingScreen } from './state.ts';

const elsewhere = (wizard: Wizard, kind: Elsewhere['kind']): boolean => wizard.looking.machine?.elsewhere.some((one) => one.kind === kind) ?? false;

/** Looks at what was left out, too, and names it; once more it folds the names. */
const byName = (key: string, kind: Elsewhere['kind'], says: (words: Words) => string): Binding<LookingScreen> => ({
  keys: [key], says, place: 'deed', when: (_screen, wizard) => elsewhere(wizard, kind),
  act: (screen, wizard) => lookBeyond(put(wizard, { ...screen, named: { ...screen.named, [kind]: !screen.named?.[kind] } }), kind),
});

export const lookingKeys: readonly Binding<LookingScreen>[] = [
  {
    keys: ['enter'],
    says: (words, _screen, wizard) => (isToChoose(wizard) ? words.keys.toProjects : words.keys.toFindings),
    place: 'deed',
    // Typed ahead, it is remembered: the findings open as soon as there are any.
    act: (screen, wizard) => (wizard.looking.machine ? toProjects(wizard, toFindings, true) : turn(put(wizard, { ...screen, onward: 'findings' }))),
  },
  byName('a', 'container', (words) => words.keys.others),
  byName('p', 'process', (words) => words.keys.thisMachine),
  { ...calls<LookingScreen>(), says: (words, _screen, wizard) => (wizard.calls.length === 0 ? words.keys.commands : words.keys.callsMade(wizard.calls.length)) },
  { keys: ['esc'], says: (words) => words.keys.stop, place: 'deed', when: (_screen, wizard) => wizard.looking.machine === undefined, act: (_screen, wizard) => leaving(wizard) },
  history('deed'),
  ...scrollKeys<LookingScreen>((screen, wizard) => lookingContent(screen, wizard, viewOf(wizard)).length),
  quit('way'),
];
