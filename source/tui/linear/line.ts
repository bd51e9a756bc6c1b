import { bindingFor } from '../keys.ts';
import { kindOf } from '../screens/index.ts';
import { viewOf } from '../view.ts';
import { listed, numbersOf } from '../screens/findings/state.ts';
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
    // A number that nobody has is no key, and least of all enter.
    if (screen.name === 'findings') {
      const numbers = numbersOf(wizard);
      const at = listed(screen, wizard).findIndex((row) => numbers.get(row.id) === Number(text));
      return at < 0 ? [] : ['g', ...Array.from({ length: at }, () => 'j'), 'enter'];
    }
    const ways = bindingFor(kind.keys, screen, wizard, text);
    const last = /(\d+)$/.exec(ways?.shows?.(screen, wizard) ?? text)?.[1];
    return ways && Number(text) >= 1 && Number(text) <= Number(last) ? [text, 'enter'] : [];
  }
  // A search and its word in one line.
  if (text.startsWith('/') && text.length > 1) return ['/', ...typedOut(text.slice(1)), 'enter'];
  return graphemes(text).length === 1 ? [text] : [];
}
