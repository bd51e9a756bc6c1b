import { blank, labelled, paragraph, line, span, type Line } from '../../lines.ts';
import type { Page } from '../../scroll.ts';
import type { View } from '../../view.ts';
import { width } from '../../width.ts';

export interface HelpScreen extends Page {
  readonly name: 'help';
  /** Keys and what they do, read from the table of the screen below. */
  readonly rows: readonly (readonly [string, string])[];
}

export const helpScreen = (rows: HelpScreen['rows']): HelpScreen => ({ name: 'help', top: 0, rows });

export function helpContent(screen: HelpScreen, { words, columns }: View): readonly Line[] {
  const wide = Math.max(...screen.rows.map(([keys]) => width(keys))) + 6;
  return [
    line(span(` ${words.keys.title}`, 'strong')),
    blank,
    ...screen.rows.flatMap(([keys, says]) => labelled(`  ${keys}`, says, columns - 1, wide, { label: 'strong' })),
    blank,
    ...paragraph(words.keys.everywhere, columns - 1),
  ];
}
