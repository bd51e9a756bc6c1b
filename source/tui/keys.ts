import type { Words } from '../words/index.ts';
import { line, sides, span, type Line, type Span } from './lines.ts';
import type { Screen } from './screens/screen.ts';
import type { Turn } from './turn.ts';
import { viewOf } from './view.ts';
import type { Wizard } from './wizard.ts';
import { width } from './width.ts';

/**
 * One row of a screen's table of keys. The footer, the `?` page and the handler all read this row, so that what is
 * promised is what happens.
 */
export interface Binding<S extends Screen = Screen> {
  readonly keys: readonly string[];
  readonly says: (words: Words, screen: S, wizard: Wizard) => string;
  /** How the keys are written where that is not the first one (`1-6`). */
  readonly shows?: (screen: S, wizard: Wizard) => string;
  /** In the footer the key alone: what it does is seen at once. */
  readonly bare?: true;
  /** Left in the footer (deeds), right (ways out of the screen), or on the `?` page alone. */
  readonly place: 'deed' | 'way' | 'page';
  readonly when?: (screen: S, wizard: Wizard) => boolean;
  readonly act: (screen: S, wizard: Wizard, key: string) => Turn;
}

const isOn = <S extends Screen>(binding: Binding<S>, screen: S, wizard: Wizard): boolean => binding.when?.(screen, wizard) ?? true;

export const bindingFor = <S extends Screen>(table: readonly Binding<S>[], screen: S, wizard: Wizard, key: string): Binding<S> | undefined =>
  table.find((binding) => binding.keys.includes(key) && isOn(binding, screen, wizard));

const named = (words: Words, key: string): string => words.keys.names[key] ?? key;

function written<S extends Screen>(binding: Binding<S>, screen: S, wizard: Wizard, words: Words): string {
  return binding.shows?.(screen, wizard) ?? named(words, binding.keys[0] ?? '');
}

/** Row 24: deeds left, `? keys` and the way out right. Deeds that do not fit are left to the `?` page. */
export function footer<S extends Screen>(table: readonly Binding<S>[], screen: S, wizard: Wizard, help: boolean): Line {
  const { words, columns } = viewOf(wizard);
  const shown = (place: Binding['place']) =>
    table.filter((binding) => binding.place === place && isOn(binding, screen, wizard))
      .map((binding) => [written(binding, screen, wizard, words), binding.bare ? '' : binding.says(words, screen, wizard)] as const);
  const parts = (pairs: readonly (readonly [string, string])[]): readonly Span[] =>
    pairs.flatMap(([key, says], i) => [span(`${i === 0 ? '' : '  '}${key}`, 'key'), span(says === '' ? '' : ` ${says}`)]);
  const laid = (ways: readonly (readonly [string, string])[]) => {
    const right = parts([...(help ? [['?', words.keys.help] as const] : []), ...ways]);
    let room = columns - 2 - right.reduce((sum, part) => sum + width(part.text), 0);
    const deeds = shown('deed').filter(([key, says]) => {
      room -= width(key) + width(says) + (says === '' ? 2 : 3);
      return room >= -2;
    });
    return { deeds: deeds.length, row: sides(line(' ', ...parts(deeds)), right, columns) };
  };
  const ways = shown('way');
  const whole = laid(ways);
  // What stands in brackets behind a way out (an exit code) gives way to a deed that would not be named otherwise.
  const brief = laid(ways.map(([key, says]) => [key, says.replace(/\s*[(（][^()（）]*[)）]$/u, '')]));
  return brief.deeds > whole.deeds ? brief.row : whole.row;
}

/** The `?` page's rows: every key that works here now, and what it does. */
export function keyRows<S extends Screen>(table: readonly Binding<S>[], screen: S, wizard: Wizard): readonly (readonly [string, string])[] {
  const { words } = viewOf(wizard);
  return table
    .filter((binding) => isOn(binding, screen, wizard))
    .map((binding) => {
      const keys = binding.shows ? [binding.shows(screen, wizard)] : binding.keys.map((key) => named(words, key));
      return [keys.join('  '), binding.says(words, screen, wizard)] as const;
    });
}
