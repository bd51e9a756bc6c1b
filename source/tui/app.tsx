import { Box, useApp, useInput, usePaste, useStdout } from 'ink';
import { useEffect, useState, useSyncExternalStore, type ReactElement } from 'react';
import { questionKeys } from './asking.ts';
import { head } from './head.ts';
import { keysOf } from './input.ts';
import { footer } from './keys.ts';
import { line, paragraph, span } from './lines.ts';
import { ClockContext } from './parts/clock.ts';
import { Frame } from './parts/frame.tsx';
import { Rows, StyleContext } from './parts/rows.tsx';
import { asksName } from './screens/confirm/question.ts';
import { kindOf } from './screens/index.ts';
import { ownTyped } from './screens/rehearsal/own.ts';
import type { Screen } from './screens/screen.ts';
import type { Store } from './store.ts';
import { typing } from './typed.ts';
import { isTooSmall, viewOf } from './view.ts';
import { shown, type Wizard } from './wizard.ts';

interface Props {
  readonly store: Store;
  readonly now: () => number;
  /** Over when the terminal has said what it was asked. */
  readonly quiet?: () => Promise<void>;
  /** Hands out the way to lend the terminal to another program. */
  readonly onSuspend?: (suspend: (callback: () => Promise<void>) => Promise<void>) => void;
}

/** The shown screen in its frame: a pure picture of the wizard. */
export function Picture({ wizard }: { readonly wizard: Wizard }): ReactElement {
  const view = viewOf(wizard);
  const { columns, rows } = wizard.size;
  const { words, glyphs } = view;
  const style = { colour: wizard.given.colour, ground: wizard.given.ground, more: glyphs.more, columns, lang: wizard.given.lang };
  if (isTooSmall(wizard.size)) {
    return <StyleContext value={style}><Rows lines={paragraph(words.common.tooSmall(columns, rows), columns, undefined, 0).slice(0, rows)} /></StyleContext>;
  }
  const screen: Screen = shown(wizard);
  const kind = kindOf(screen);
  const entry = kind.entry?.(screen, wizard);
  const word = 'search' in screen && screen.search.typing ? `${words.common.find.typing(screen.search.word)}${glyphs.cursor}` : undefined;
  const own = screen.name === 'rehearsal' && screen.own !== undefined && wizard.notice === undefined ? ownTyped(screen, view) : undefined;
  const said = word ?? own ?? (asksName(screen, wizard) ? undefined : wizard.notice);
  const asked = questionKeys(wizard, view);
  // A sentence on the last row takes one of the screen's own: ways on that were told nothing of it would be drawn over each other.
  const inside = said === undefined ? view : { ...view, room: view.room - 1 };
  const keys = asked
    ? line(' ', ...asked.flatMap(([key, says]) => [span(key, 'key'), span(` ${says}  `)]))
    : footer(entry?.keys ?? kind.keys, screen, wizard, entry === undefined && screen.name !== 'help');
  return (
    <StyleContext value={style}>
      <Frame head={head(wizard, view)} keys={keys} rule={glyphs.rule} columns={columns} rows={rows} notice={said === undefined ? undefined : line(' ', span(said, 'strong'))}>
        <kind.View screen={screen} wizard={wizard} view={inside} />
      </Frame>
    </StyleContext>
  );
}

/** Keys in, pictures out. What they mean is update.ts; what it looks like is the screens. */
export function App({ store, now, quiet, onSuspend }: Props): ReactElement {
  const wizard = useSyncExternalStore(store.subscribe, store.get);
  const { exit, suspendTerminal } = useApp();
  const { stdout } = useStdout();

  const [typed] = useState(() => typing(store));
  useInput((input, key) => typed(keysOf(input, key)));
  usePaste((text) => store.tell({ kind: 'pasted', text }));

  useEffect(() => {
    const resized = () => store.tell({ kind: 'size', columns: stdout.columns, rows: stdout.rows });
    stdout.on('resize', resized);
    return () => void stdout.off('resize', resized);
  }, [stdout, store]);

  useEffect(() => onSuspend?.((callback) => suspendTerminal(callback)), [onSuspend, suspendTerminal]);

  useEffect(() => {
    if (wizard.left !== undefined) void (quiet?.() ?? Promise.resolve()).then(() => exit(wizard.left));
  }, [exit, quiet, wizard.left]);

  return (
    <ClockContext value={now}>
      <Box flexDirection="column"><Picture wizard={wizard} /></Box>
    </ClockContext>
  );
}
