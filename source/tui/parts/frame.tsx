import { Box } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import { line, type Line } from '../lines.ts';
import { Row } from './rows.tsx';

interface Props {
  readonly head: Line;
  readonly keys: Line;
  readonly rule: string;
  readonly columns: number;
  readonly rows: number;
  /** A sentence or a word being typed, on the last row of the screen until the next key. */
  readonly notice?: Line;
  readonly children: ReactNode;
}

/**
 * Rows 1, 2, 23 and 24 of every screen. Nothing else ever moves into them, and they never move. Every row is cut where it
 * is drawn, so only what is too high is cut here: cutting what is too wide, too, would measure every row once more.
 */
export function Frame({ head, keys, rule, columns, rows, notice, children }: Props): ReactElement {
  const rest = line(rule.repeat(columns));
  return (
    <Box flexDirection="column" width={columns} height={rows} overflowY="hidden">
      <Row row={head} />
      <Row row={rest} />
      <Box flexDirection="column" height={rows - 4 - (notice ? 1 : 0)} overflowY="hidden" flexShrink={0}>
        {children}
      </Box>
      {notice && <Row row={notice} />}
      <Row row={rest} />
      <Row row={keys} />
    </Box>
  );
}
