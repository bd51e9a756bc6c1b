import { Box, renderToString } from 'ink';
import { stripVTControlCharacters } from 'node:util';
import { questionKeys } from '../asking.ts';
import { head } from '../head.ts';
import { footer } from '../keys.ts';
import { textOf } from '../lines.ts';
import { plain } from '../plain.ts';
import { ClockContext } from '../parts/clock.ts';
import { StyleContext } from '../parts/rows.tsx';
import { kindOf } from '../screens/index.ts';
import type { Screen } from '../screens/screen.ts';
import { viewOf } from '../view.ts';
import { shown, type Wizard } from '../wizard.ts';
import { findingsSaid } from './findings.ts';
import { helpSaid } from './help.ts';
import { sentences } from './sentences.ts';
import { SPOKEN } from './size.ts';

/** What there is to say of the shown screen. */
export interface Said {
  /** Which screen, and about what: where it is another one, all is said anew. */
  readonly place: string;
  readonly title: string;
  readonly rows: readonly string[];
  /** Rows of files and commands: they are said as they stand. */
  readonly verbatim: boolean;
  readonly notice: string | undefined;
  readonly keys: string;
}

const VERBATIM: ReadonlySet<Screen['name']> = new Set(['diff', 'commands', 'message']);

/** Without the log, unless it was asked for: a build may say ten thousand lines. */
function quiet(wizard: Wizard): Wizard {
  const screen = shown(wizard);
  if ('whole' in screen && screen.whole) return wizard;
  const { applied, undoing, rehearsal } = wizard;
  return {
    ...wizard,
    // Said by itself, before the keys.
    notice: undefined,
    ...(applied ? { applied: { ...applied, log: [] } } : {}), ...(undoing ? { undoing: { ...undoing, log: [] } } : {}),
    ...(rehearsal ? { rehearsal: { ...rehearsal, said: { ...rehearsal.said, log: [] } } } : {}),
  };
}

function drawnRows(wizard: Wizard, now: () => number): readonly string[] {
  const screen = shown(wizard);
  const kind = kindOf(screen);
  const { stop } = viewOf(wizard).words.spoken;
  const picture = (
    <StyleContext value={{ colour: false, more: '...', columns: SPOKEN.columns, lang: wizard.given.lang }}>
      <ClockContext value={now}>
        <Box flexDirection="column"><kind.View screen={screen} wizard={wizard} view={viewOf(wizard)} /></Box>
      </ClockContext>
    </StyleContext>
  );
  const rows = stripVTControlCharacters(renderToString(picture, { columns: SPOKEN.columns })).split('\n').map((row) => row.trimEnd());
  // Code in an explanation is said as it stands: its gaps are no pauses, and its indents count.
  const isCode = (row: string): boolean => screen.name === 'explain' && /^ {3,}\S/.test(row) && !row.includes('  >  ');
  return rows.filter((row) => row !== '').map((row) => (isCode(row) ? row.slice(3) : VERBATIM.has(screen.name) || /^\s{0,2}[+-]/.test(row) ? row.replace(/^ /, '').replace(/ {10,}(?=\S)/g, '   ') : sentences(row, stop)));
}

/** The same screens as everybody's, in the same order, as sentences: their own contents are read, so nothing can part from them. */
export function saidOf(wizard: Wizard, now: () => number = () => 0): Said {
  const view = viewOf(wizard);
  const screen = shown(wizard);
  const kind = kindOf(screen);
  const entry = kind.entry?.(screen, wizard);
  const { stop } = view.words.spoken;
  const word = 'search' in screen && screen.search.typing ? view.words.common.find.typing(screen.search.word) : undefined;
  const asked = questionKeys(wizard, view);
  const keys = asked ? asked.map((pair) => pair.join(' ')).join(stop) : sentences(textOf(footer(entry?.keys ?? kind.keys, screen, wizard, entry === undefined && screen.name !== 'help')), stop);
  return {
    place: `${wizard.stack.length} ${screen.name} ${'finding' in screen ? screen.finding : ''}`,
    verbatim: VERBATIM.has(screen.name),
    title: sentences(textOf(head(wizard, view)), stop),
    rows: (screen.name === 'findings' ? findingsSaid(screen, wizard) : screen.name === 'help' ? helpSaid(screen, view.words) : undefined) ?? drawnRows(quiet(wizard), now),
    notice: word ?? (wizard.notice === undefined ? undefined : plain(wizard.notice)),
    keys,
  };
}

/** Times go on by themselves: that is no news. A pointer that moved on is none for the row it left. */
const news = (row: string): string => row.replace(/^> /, '').replace(/\d+(?:\.\d+)? (?:s\b|秒)|\d+:\d\d/g, '');

/** What is to be said after a change: all of another screen; of the same one what was not there before. */
export function newsOf(before: Said | undefined, now: Said): readonly string[] {
  const notice = now.notice !== undefined && now.notice !== before?.notice ? [now.notice] : [];
  if (before?.place !== now.place) return [now.title, ...now.rows, ...notice, now.keys];
  const known = new Set(before.rows.map(news));
  const pointed = new Set(before.rows.filter((row) => row.startsWith('> ')));
  const rows = now.rows.filter((row) => !known.has(news(row)) || (row.startsWith('> ') && !pointed.has(row)));
  return [...rows, ...notice, ...(now.keys === before.keys ? [] : [now.keys])];
}
