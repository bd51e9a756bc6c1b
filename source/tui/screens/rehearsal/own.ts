import type { Binding } from '../../keys.ts';
import { checkOf } from '../../own-check.ts';
import { isUnderWay } from '../../rehearsing.ts';
import { back, note, put, turn, type Turn } from '../../turn.ts';
import { viewOf, type View } from '../../view.ts';
import { width } from '../../width.ts';
import type { Wizard } from '../../wizard.ts';
import type { Entry } from '../screen.ts';
import { rehearse } from './open.ts';
import { rehearsalOf, type RehearsalScreen } from './state.ts';

const canBeAsked = (typed: string): boolean => checkOf(typed).kind !== 'url' || URL.canParse(typed);

/** It is asked in both copies of a rehearsal from its beginning, because the copies of this one are gone. */
function asked(screen: RehearsalScreen, wizard: Wizard, typed: string): Turn {
  if (typed === '') return turn(put(wizard, { ...screen, own: undefined }));
  if (!canBeAsked(typed)) return turn(note(wizard, viewOf(wizard).words.rehearsal.own.noUrl(typed)));
  return rehearse({ ...back(wizard), own: [...(wizard.own ?? []).filter((one) => one !== typed), typed] });
}

/** `t`: something of your own is tried, too. */
export const ownKey: Binding<RehearsalScreen> = {
  keys: ['t'], says: (words) => words.keys.own, place: 'deed',
  when: (screen, wizard) => rehearsalOf(wizard) !== undefined && !isUnderWay(wizard.rehearsal) && screen.typed === undefined && !screen.whole,
  act: (screen, wizard) => turn(put(wizard, { ...screen, own: '' })),
};

/** While it is typed, on the last row: letters are text. */
export function ownEntry(screen: RehearsalScreen, wizard: Wizard): Entry<RehearsalScreen> | undefined {
  const { own } = screen;
  if (own === undefined) return undefined;
  const typing = (typed: string | undefined): Turn => turn(put(wizard, { ...screen, own: typed }));
  return {
    write: (text) => typing(own + text),
    erase: () => typing(Array.from(own).slice(0, -1).join('')),
    keys: [
      { keys: ['enter'], says: (words) => words.keys.rehearseAgain, place: 'deed', act: (at, now) => asked(at, now, own.trim()) },
      { keys: ['esc'], says: (words) => words.keys.notYet, place: 'way', act: () => typing(undefined) },
    ],
  };
}

/** The last row while it is typed: its end is what is seen of a long one. */
export function ownTyped({ own }: RehearsalScreen, { words, glyphs, columns }: View): string {
  const label = words.rehearsal.own.typing;
  const letters = Array.from(own ?? '');
  while (width(letters.join('')) > columns - width(label) - 3) letters.shift();
  return `${label}${letters.join('')}${glyphs.cursor}`;
}
