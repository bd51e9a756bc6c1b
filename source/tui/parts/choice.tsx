import { Box } from 'ink';
import SelectInput from 'ink-select-input';
import { createContext, useContext, type ReactElement } from 'react';
import { line, span, type Line } from '../lines.ts';
import { Row } from './rows.tsx';

/** One way out as it is drawn: the first row stands beside the pointer. */
export interface Option {
  readonly id: string;
  readonly rows: readonly Line[];
}

interface Props {
  readonly options: readonly Option[];
  readonly at: number;
  readonly pointer: string;
  /** Keys go elsewhere: what is highlighted is only told. */
  readonly quiet?: boolean;
}

/** Rows by id: were they the items' values, the select would begin anew whenever a row is drawn otherwise. */
const OptionsContext = createContext<{ readonly pointer: string; readonly quiet: boolean; readonly options: readonly Option[] }>({ pointer: '❯', quiet: false, options: [] });

function Pointer({ isSelected }: { readonly isSelected?: boolean }): ReactElement {
  const { pointer, quiet } = useContext(OptionsContext);
  return <Box width={3} flexShrink={0}><Row columns={3} row={line(span(isSelected ? ` ${pointer} ` : '   ', quiet ? 'faint' : undefined))} /></Box>;
}

function Way({ label }: { readonly label: string }): ReactElement {
  const { options } = useContext(OptionsContext);
  return <Box flexDirection="column" flexShrink={0}>{options.find((option) => option.id === label)?.rows.map((row, i) => <Row key={i} row={row} />)}</Box>;
}

/**
 * The ways out, one of them highlighted. Keys come from the screen's table, one at a time: left to itself the select
 * would lose all but one of `jjj`, which Ink hands over as a single event, and would choose on a digit where we
 * highlight. So it is not focused, and its place is given to it from outside.
 */
export function Choice({ options, at, pointer, quiet = false }: Props): ReactElement {
  return (
    <OptionsContext value={{ pointer, quiet, options }}>
      <SelectInput
        key={at}
        isFocused={false}
        initialIndex={at}
        items={options.map((option) => ({ key: option.id, label: option.id, value: option.id }))}
        indicatorComponent={Pointer}
        itemComponent={Way}
      />
    </OptionsContext>
  );
}
