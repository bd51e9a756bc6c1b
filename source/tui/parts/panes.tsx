import { Box } from 'ink';
import { useContext, type ReactElement, type ReactNode } from 'react';
import type { Line } from '../lines.ts';
import { Rows, StyleContext } from './rows.tsx';

interface Props {
  readonly left: readonly Line[];
  readonly rule: readonly Line[];
  readonly widths: { readonly left: number; readonly right: number };
  readonly children: ReactNode;
}

/** Two panes and the rule between them; each cuts its own rows. */
export function Panes({ left, rule, widths, children }: Props): ReactElement {
  const style = useContext(StyleContext);
  const between = style.columns - widths.left - widths.right;
  // Where a sentence stands on the last row the panes are one too high: cut at the end, never squeezed.
  return (
    <Box flexDirection="row" flexShrink={0} alignItems="flex-start">
      <Box width={widths.left} flexShrink={0}><StyleContext value={{ ...style, columns: widths.left }}><Rows lines={left} room={rule.length} /></StyleContext></Box>
      <Box width={between} flexShrink={0}><StyleContext value={{ ...style, columns: between }}><Rows lines={rule} /></StyleContext></Box>
      <Box width={widths.right} flexShrink={0} flexDirection="column"><StyleContext value={{ ...style, columns: widths.right }}>{children}</StyleContext></Box>
    </Box>
  );
}
