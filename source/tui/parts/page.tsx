import type { ReactElement } from 'react';
import { line, marked, span, type Line } from '../lines.ts';
import { clampTop, type Page } from '../scroll.ts';
import type { Search } from '../search.ts';
import { Rows } from './rows.tsx';

interface Props {
  readonly lines: readonly Line[];
  readonly page: Page & { readonly search?: Search };
  readonly room: number;
  /** Says on the last row how much is below; without it, for texts where one moves from row to row, nothing does. */
  readonly more?: (lines: number) => string;
}

/** A text longer than the screen: only the rows in sight are drawn. */
export function TextPage({ lines, page, room, more }: Props): ReactElement {
  const top = clampTop(page.top, lines.length, room);
  const word = page.search?.word ?? '';
  const below = lines.length - top - room;
  // The row that gives way to it is the first one of the next page.
  const seen = lines.slice(top, more && below > 0 ? top + room - 1 : top + room).map((row) => marked(row, word));
  return <Rows room={room} lines={more && below > 0 ? [...seen, line(span(`   ${more(below + 1)}`, 'faint'))] : seen} />;
}
