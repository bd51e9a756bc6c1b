import { Box, Text } from 'ink';
import { createContext, useContext, type ReactElement } from 'react';
import type { Lang } from '../../model/text.ts';
import { hiddenIn } from '../../report/discreet.ts';
import { clip, type Line } from '../lines.ts';
import { look, type Ground } from '../theme.ts';

/** How rows are drawn on this terminal. */
export interface Style {
  readonly colour: boolean;
  readonly ground?: Ground;
  readonly more: string;
  readonly columns: number;
  readonly lang?: Lang;
}

export const StyleContext = createContext<Style>({ colour: true, more: '…', columns: 80 });

/** One row, never more: what does not fit is cut here, so no text can push the rows below it. */
export function Row({ row, columns }: { readonly row: Line; readonly columns?: number }): ReactElement {
  const style = useContext(StyleContext);
  const parts = clip(row, columns ?? style.columns, style.more).filter((part) => part.text !== '');
  if (parts.length === 0) return <Text> </Text>;
  return (
    <Text wrap="truncate-end">
      {parts.map((part, i) => (
        <Text key={i} {...look(part.role, style.colour, style.ground)}>{hiddenIn(part.text, style.lang ?? 'en')}</Text>
      ))}
    </Text>
  );
}

/** A block of rows; with `room` exactly so many, filled up with empty ones. */
export function Rows({ lines, room }: { readonly lines: readonly Line[]; readonly room?: number }): ReactElement {
  const shown = room === undefined ? lines : Array.from({ length: Math.max(0, room) }, (_, i) => lines[i] ?? []);
  return (
    <Box flexDirection="column" flexShrink={0}>
      {shown.map((row, i) => <Row key={i} row={row} />)}
    </Box>
  );
}
