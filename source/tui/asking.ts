import type { Page } from './pages.ts';
import { note, turn, type Turn } from './turn.ts';
import { viewOf, type View } from './view.ts';
import { leave } from './screens/common.ts';
import type { Wizard } from './wizard.ts';

/** The keys of a question on the last rows, which stands before the screen's own; undefined while nothing is asked. */
export function questionKeys({ asksToQuit, asksToWrite }: Wizard, { words }: View): readonly (readonly [key: string, says: string])[] | undefined {
  if (asksToQuit) return [['q', words.keys.leaves], ['esc', words.keys.stays]];
  return asksToWrite ? [[words.keys.names['enter'] ?? 'enter', words.keys.writes], [words.keys.names['esc'] ?? 'esc', words.keys.notYet]] : undefined;
}

/** Where it would be written is known: now it is asked. */
export const asksToWrite = (wizard: Wizard, page: Page, place: string): Turn => turn(note({ ...wizard, asksToWrite: page }, viewOf(wizard).words.common.askToWrite[page](place)));

/** The answer to a question; undefined while nothing is asked. */
export function answeredBy(wizard: Wizard, key: string): Turn | undefined {
  if (wizard.asksToQuit) return key === 'q' || key === 'y' ? leave(wizard) : turn({ ...wizard, asksToQuit: false, notice: undefined });
  if (!wizard.asksToWrite) return undefined;
  const rest = { ...wizard, asksToWrite: undefined, notice: undefined };
  return key === 'enter' || key === 'y' ? turn(note(rest, viewOf(wizard).words.common.writing), { kind: 'write', page: wizard.asksToWrite }) : turn(rest);
}
