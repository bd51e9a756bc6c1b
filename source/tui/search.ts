import { textOf, type Line } from './lines.ts';
import type { Binding } from './keys.ts';
import { clampTop, type Page } from './scroll.ts';
import type { Entry, Screen } from './screens/screen.ts';
import { note, put, turn, type Turn } from './turn.ts';
import { viewOf } from './view.ts';
import type { Wizard } from './wizard.ts';

/** A word looked for: being typed, or held. */
export interface Search {
  readonly typing: boolean;
  readonly word: string;
}

export const noSearch: Search = { typing: false, word: '' };

type Searched = Screen & { readonly search: Search };
/** A log follows its end while it has no first row of its own. */
type Paged = Searched & Partial<Page>;
type Text<S> = (screen: S, wizard: Wizard) => readonly Line[];

/** Numbers of the rows in which a word stands. */
export function places(rows: readonly Line[], word: string): readonly number[] {
  if (word === '') return [];
  const wanted = word.toLowerCase();
  return rows.flatMap((row, i) => (textOf(row).toLowerCase().includes(wanted) ? [i] : []));
}

const erased = (word: string): string => Array.from(word).slice(0, -1).join('');

/** Typing a word to look for: enter holds it, esc gives it up. `changed` is asked after every letter; `says` what the key that led here is called. */
export function searchEntry<S extends Searched>(screen: S, wizard: Wizard, changed: (screen: S, wizard: Wizard) => S, held: (screen: S, wizard: Wizard) => Turn, says: Binding['says'] = (words) => words.keys.search): Entry<S> | undefined {
  if (!screen.search.typing) return undefined;
  const to = (word: string): Turn => turn(put(wizard, changed({ ...screen, search: { typing: true, word } } as S, wizard)));
  return {
    write: (text) => to(screen.search.word + text),
    erase: () => to(erased(screen.search.word)),
    keys: [
      { keys: ['enter'], says, place: 'deed', act: (s, w) => held({ ...s, search: { ...s.search, typing: false } }, w) },
      { keys: ['esc'], says: (words) => words.keys.drop, place: 'way', act: (s, w) => turn(put(w, { ...s, search: noSearch } as S)) },
    ],
  };
}

/** Brings the next (or the previous) row with the word to the top, and says on the last row which of how many it is. */
export function found<S extends Paged>(screen: S, wizard: Wizard, rows: Text<S>, towards: 'first' | 'next' | 'previous'): Turn {
  const { words, room } = viewOf(wizard);
  const { word } = screen.search;
  const all = rows(screen, wizard);
  const at = places(all, word);
  if (at.length === 0) return turn(note(put(wizard, screen), words.common.find.none(word)));
  const from = screen.at ?? screen.top ?? clampTop(Infinity, all.length, room - 1);
  const ahead = towards === 'previous' ? at.findLast((row) => row < from) ?? at.at(-1)! : at.find((row) => (towards === 'first' ? row >= from : row > from)) ?? at[0]!;
  const moved = { ...screen, at: ahead, top: clampTop(ahead, all.length, room - 1) };
  return turn(note(put(wizard, moved), words.common.find.at(at.indexOf(ahead) + 1, at.length, word)));
}

/** `/`, `n` and `N` for a page of text. */
export function searchKeys<S extends Paged>(rows: Text<S>, place: Binding['place'] = 'deed'): readonly Binding<S>[] {
  const has = (screen: S): boolean => screen.search.word !== '';
  return [
    { keys: ['/'], says: (words) => words.keys.search, place, act: (s, w) => turn(put(w, { ...s, search: { typing: true, word: '' }, at: undefined } as S)) },
    { keys: ['n'], says: (words) => words.keys.next, place: 'page', when: has, act: (s, w) => found(s, w, rows, 'next') },
    { keys: ['N'], says: (words) => words.keys.previous, place: 'page', when: has, act: (s, w) => found(s, w, rows, 'previous') },
  ];
}
