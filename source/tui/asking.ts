import type { Page } from './pages.ts';
import { note, turn, type Turn } from './turn.ts';
import { viewOf, type View } from './view.ts';
import { leave } from './screens/common.ts';
import { squeeze, width } from './width.ts';
import type { Wizard } from './wizard.ts';

/** The keys of a question on the last rows, which stands before the screen's own; undefined while nothing is asked. */
export function questionKeys({ asksToQuit, asksToWrite }: Wizard, { words }: View): readonly (readonly [key: string, says: string])[] | undefined {
  if (asksToQuit) return [['q', words.keys.leaves], ['esc', words.keys.stays]];
  return asksToWrite ? [[words.keys.names['enter'] ?? 'enter', words.keys.writes], [words.keys.names['esc'] ?? 'esc', words.keys.notYet]] : undefined;
}

/** A path without room on its one row loses its middle: where it begins and what it is called are what one looks for. */
function placed(wizard: Wizard, says: (place: string) => string, place: string): string {
  const { columns, glyphs } = viewOf(wizard);
  return says(wizard.given.linear ? place : squeeze(place, Math.max(12, columns - 2 - width(says(''))), glyphs.more));
}

/** Where it would be written is known: now it is asked. */
export const asksToWrite = (wizard: Wizard, page: Page, place: string): Turn => turn(note({ ...wizard, asksToWrite: page }, placed(wizard, viewOf(wizard).words.common.askToWrite[page], place)));

/** It is written. A command stays whole: it is there to be pasted. */
export function wasWritten(wizard: Wizard, page: Page, name: string): Turn {
  const says = viewOf(wizard).words.common.written[page];
  return turn(note(wizard, page === 'plan' ? says(name) : placed(wizard, says, name)));
}

/** The answer to a question; undefined while nothing is asked. */
export function answeredBy(wizard: Wizard, key: string): Turn | undefined {
  if (wizard.asksToQuit) return key === 'q' || key === 'y' ? leave(wizard) : turn({ ...wizard, asksToQuit: false, notice: undefined });
  if (!wizard.asksToWrite) return undefined;
  const rest = { ...wizard, asksToWrite: undefined, notice: undefined };
  return key === 'enter' || key === 'y' ? turn(note(rest, viewOf(wizard).words.common.writing), { kind: 'write', page: wizard.asksToWrite }) : turn(rest);
}
