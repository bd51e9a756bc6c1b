import type { ReactElement } from 'react';
import { marked, type Line } from '../lines.ts';
import { clampTop, type Page } from '../scroll.ts';
import type { Search } from '../search.ts';
import { Rows } from './rows.tsx';

interface Props {
  readonly lines: readonly Line[];
  readonly page: Page & { readonly search?: Search };
  readonly room: number;
}

/** A text longer than the screen: only the rows in sight are drawn. */
export function TextPage({ lines, page, room }: Props): ReactElement {
  const top = clampTop(page.top, lines.length, room);
  const word = page.search?.word ?? '';
  return <Rows room={room} lines={lines.slice(top, top + room).map((row) => marked(row, word))} />;
}
