import { bindingFor } from '../keys.ts';
import { kindOf } from '../screens/index.ts';
import { viewOf } from '../view.ts';
import { shown, type Wizard } from '../wizard.ts';
import { graphemes } from '../width.ts';

const typedOut = (text: string): readonly string[] => graphemes(text).map((one) => (one === ' ' ? 'space' : one));

/** What a line stands for: nothing is enter, a number that way or that finding, a name its key, and a word where one is asked for. */
export function keysOfLine(line: string, wizard: Wizard): readonly string[] {
  const text = line.trim();
  const screen = shown(wizard);
  const kind = kindOf(screen);
  const { names } = viewOf(wizard).words.keys;
  const named = Object.keys(names).find((key) => key === text || names[key] === text);
  if (text === '') return ['enter'];
  if (named !== undefined) return [named];
  if (kind.entry?.(screen, wizard)) return [...typedOut(text), 'enter'];
  if (/^\d+$/.test(text)) {
    if (screen.name === 'findings') return ['g', ...Array.from({ length: Number(text) - 1 }, () => 'j'), 'enter'];
    return bindingFor(kind.keys, screen, wizard, text) ? [text, 'enter'] : [];
  }
  // A search and its word in one line.
  if (text.startsWith('/') && text.length > 1) return ['/', ...typedOut(text.slice(1)), 'enter'];
  return graphemes(text).length === 1 ? [text] : [];
}
