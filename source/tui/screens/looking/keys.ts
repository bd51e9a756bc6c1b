import type { Binding } from '../../keys.ts';
import { scrollKeys } from '../../scroll.ts';
import { put, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { calls, quit } from '../common.ts';
import { toFindings } from '../findings/open.ts';
import { lookingContent } from './content.ts';
import type { LookingScreen } from './state.ts';

export const lookingKeys: readonly Binding<LookingScreen>[] = [
  {
    keys: ['enter'],
    says: (words) => words.keys.toFindings,
    place: 'deed',
    // Typed ahead, it is remembered: the findings open as soon as there are any.
    act: (screen, wizard) => (wizard.looking.machine ? toFindings(wizard) : turn(put(wizard, { ...screen, onward: 'findings' }))),
  },
  calls(),
  ...scrollKeys<LookingScreen>((screen, wizard) => lookingContent(wizard, viewOf(wizard), screen.onward !== undefined).length),
  quit('way'),
];
