import type { Text } from '../model/text.ts';
import { words, type Words } from '../words/index.ts';
import { glyphs, type Glyphs } from './glyphs.ts';
import { spoken } from './spoken.ts';
import type { Wizard } from './wizard.ts';

/** What a screen needs to turn state into rows. */
export interface View {
  readonly words: Words;
  readonly glyphs: Glyphs;
  readonly columns: number;
  /** Rows between the two rules. */
  readonly room: number;
  /** Chooses the language of a text of the model. */
  say(text: Text): string;
}

export function viewOf(wizard: Wizard): View {
  const { lang, ascii, linear, suggest } = wizard.given;
  const said = spoken(words(lang), suggest);
  const drawn = glyphs(ascii);
  const { done, failed, absent, running } = said.spoken.marks;
  return {
    words: said,
    glyphs: linear ? { ...drawn, done, failed, absent, spinner: [running] } : drawn,
    columns: wizard.size.columns,
    room: wizard.size.rows - 4,
    say: (text) => suggest?.(text[lang]) ?? text[lang],
  };
}

export const SMALLEST = { columns: 80, rows: 24 };
export const isTooSmall = ({ columns, rows }: Wizard['size']): boolean => columns < SMALLEST.columns || rows < SMALLEST.rows;
