import type { Binding } from './keys.ts';
import type { Screen } from './screens/screen.ts';
import { put, turn } from './turn.ts';
import { viewOf } from './view.ts';
import type { Wizard } from './wizard.ts';

/** The first row shown, kept where there is still a full screen below it. */
export const clampTop = (top: number, total: number, room: number): number => Math.max(0, Math.min(top, total - room));

/** Which rows of a list are shown so that the highlighted one is among them, with some of its neighbours. */
export function windowAround(at: number, total: number, room: number): { readonly from: number; readonly to: number } {
  const from = clampTop(at - Math.floor(room / 2), total, room);
  return { from, to: Math.min(total, from + room) };
}

/** A page of text: its first row shown, and the row last found in it. */
export interface Page {
  readonly top: number;
  readonly at?: number;
}

const LINES: Readonly<Record<string, (room: number) => number>> = {
  up: () => -1, k: () => -1, down: () => 1, j: () => 1,
  pageup: (room) => 1 - room, 'ctrl-b': (room) => 1 - room, pagedown: (room) => room - 1, 'ctrl-f': (room) => room - 1, space: (room) => room - 1,
  wheelup: () => -3, wheeldown: () => 3,
  home: () => -Infinity, g: () => -Infinity, end: () => Infinity, G: () => Infinity,
};

/** Where a moving key leads in something of `total` rows of which `room` are seen. */
export const moved = (from: number, key: string, total: number, room: number): number =>
  Math.max(0, Math.min(Math.max(0, total - 1), from + (LINES[key]?.(room) ?? 0)));

type Mover<S extends Screen> = (screen: S, wizard: Wizard, key: string) => S;

/** Three lines of a text at a turn, as terminals themselves have it; one row of a list. */
export const wheelKeys = <S extends Screen>(act: Binding<S>['act']): Binding<S> => ({
  keys: ['wheelup', 'wheeldown'], says: (words) => words.keys.wheel, shows: (_screen, wizard) => viewOf(wizard).words.keys.wheelName, place: 'page',
  when: (_screen, wizard) => wizard.given.mouse === true, act,
});

/** The moving keys, as every list, diff and text has them. */
export function movingKeys<S extends Screen>(move: Mover<S>, of: 'text' | 'list' = 'text'): readonly Binding<S>[] {
  const act: Binding<S>['act'] = (screen, wizard, key) => turn(put(wizard, move(screen, wizard, key)));
  const wheel = wheelKeys<S>((screen, wizard, key) => act(screen, wizard, of === 'list' ? key.replace('wheel', '') : key));
  return [
    { keys: ['up', 'k'], says: (words) => words.keys.up, place: 'page', act },
    { keys: ['down', 'j'], says: (words) => words.keys.down, place: 'page', act },
    { keys: ['pageup', 'ctrl-b'], says: (words) => words.keys.pageUp, place: 'page', act },
    { keys: ['pagedown', 'ctrl-f', 'space'], says: (words) => words.keys.pageDown, place: 'page', act },
    { keys: ['home', 'g'], says: (words) => words.keys.top, place: 'page', act },
    { keys: ['end', 'G'], says: (words) => words.keys.bottom, place: 'page', act },
    wheel,
  ];
}

/** Moving in a page of text: its first row moves, and stops where the end is in sight. */
export function scrollKeys<S extends Screen & Page>(total: (screen: S, wizard: Wizard) => number, room = (wizard: Wizard) => viewOf(wizard).room): readonly Binding<S>[] {
  return movingKeys((screen, wizard, key) => {
    const rows = total(screen, wizard);
    const seen = room(wizard);
    return { ...screen, at: undefined, top: clampTop(moved(clampTop(screen.top, rows, seen), key, rows, seen), rows, seen) };
  });
}
