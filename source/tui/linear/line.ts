import { bindingFor } from '../keys.ts';
import { kindOf } from '../screens/index.ts';
import { viewOf } from '../view.ts';
import { listed } from '../screens/findings/state.ts';
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
    if (screen.name === 'findings') return Number(text) < 1 || Number(text) > listed(screen, wizard).length ? [] : ['g', ...Array.from({ length: Number(text) - 1 }, () => 'j'), 'enter'];
    const ways = bindingFor(kind.keys, screen, wizard, text);
    const last = /(\d+)$/.exec(ways?.shows?.(screen, wizard) ?? text)?.[1];
    return ways && Number(text) >= 1 && Number(text) <= Number(last) ? [text, 'enter'] : [];
  }
  // A search and its word in one line.
  if (text.startsWith('/') && text.length > 1) return ['/', ...typedOut(text.slice(1)), 'enter'];
  return graphemes(text).length === 1 ? [text] : [];
}
