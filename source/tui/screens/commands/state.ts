import { quote } from '../../../files/shellwords.ts';
import { perhapsLine, perhapsOf } from '../../../report/commands-text.ts';
import { asItStands, canBeUndone } from '../../../report/runs-text.ts';
import { blank, line, span, type Line } from '../../lines.ts';
import { foreign } from '../../plain.ts';
import { clampTop, moved, type Page } from '../../scroll.ts';
import { viewOf } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { wrap } from '../../wrap.ts';

export interface CommandsScreen extends Page {
  readonly name: 'commands';
  /** The highlighted command, counted over both parts: `y` copies it. */
  readonly here: number;
}

/** A question to the engine itself, which no shell takes. */
const CALL = /^(GET|HEAD|POST|PUT|DELETE) \//;

export const commandsScreen: CommandsScreen = { name: 'commands', top: 0, here: 0 };

interface Commands {
  readonly done: readonly string[];
  readonly toCome: readonly string[];
  /** What is asked about changes files, and runs nothing. */
  readonly onlyFiles: boolean;
  /** It is an undo that is asked about. */
  readonly back: boolean;
}

/** Every call and command: those that are asked about, of the plan or of an undo, and those that ran. */
export function commandsOf(wizard: Wizard): Commands {
  const { undoing, applied, summary, calls, rehearsal, draft } = wizard;
  const run = undoing ?? applied;
  const done = [...calls, ...(rehearsal?.said.commands ?? []), ...(run?.commands ?? [])].map(quote);
  // The question whether a run goes back is under this page.
  const back = !undoing && wizard.stack.some((screen) => screen.name === 'undo');
  // What is still to be planned, or looked up, is not known.
  const known = back ? summary !== 'none' && summary !== undefined && canBeUndone(summary) && wizard.toCome?.run === summary.run : !run && (draft?.plan?.steps.length ?? 0) > 0;
  const toCome = (known ? (back ? wizard.toCome?.commands : draft?.preview?.commands) : undefined) ?? [];
  const steps = toCome.length === 0 ? [] : back ? (summary && summary !== 'none' ? asItStands(summary).plan.steps : []) : (draft?.plan?.steps ?? []);
  return { done, toCome: [...toCome.map(quote), ...perhapsOf(steps).map((one) => perhapsLine(one, wizard.given.lang))], onlyFiles: known && toCome.length === 0, back };
}

export const allCommands = (wizard: Wizard): readonly string[] => [...commandsOf(wizard).toCome, ...commandsOf(wizard).done];

interface Listing {
  readonly rows: readonly Line[];
  /** First row of every command. */
  readonly at: readonly number[];
}

export function commandsListing(wizard: Wizard, here: number): Listing {
  const { words, glyphs, columns } = viewOf(wizard);
  const { done, toCome, onlyFiles, back } = commandsOf(wizard);
  const title = back ? words.plan.toComeBack : words.plan.toCome;
  const rows: Line[] = [];
  const at: number[] = [];
  // Files alone run none, and that is said.
  if (onlyFiles) rows.push(line(span(` ${title}`, 'strong')), line(`   ${words.plan.onlyFiles}`));
  for (const [head, commands] of [[title, toCome], [words.plan.done, done]] as const) {
    if (commands.length === 0) continue;
    if (rows.length > 0) rows.push(blank);
    rows.push(line(span(` ${head}`, 'strong')));
    for (const command of commands) {
      const on = at.length === here;
      at.push(rows.length);
      rows.push(...wrap(foreign(command), columns - 8).map((part, i) => line(i === 0 ? ` ${on ? glyphs.here : ' '} ${CALL.test(command) ? ' ' : '$'} ` : '     ', span(part, on ? 'here' : undefined))));
    }
  }
  return { rows: rows.length > 0 ? rows : [line(span(` ${words.plan.noCommands}`, 'faint'))], at };
}

/**
 * The command that a moving key leads to. Arrows go from one to the next; a page and the wheel are counted in rows, as a command
 * may take several: none is passed over unseen.
 */
export function commandAfter({ here }: CommandsScreen, wizard: Wizard, key: string): number {
  const { rows, at } = commandsListing(wizard, here);
  const room = viewOf(wizard).room;
  const next = moved(here, key, at.length, room);
  if (next === here || !/page|ctrl|space|wheel/.test(key)) return next;
  const row = moved(at[here] ?? 0, key, rows.length, room);
  return next > here ? Math.max(here + 1, at.findLastIndex((r) => r <= row)) : Math.min(Math.max(0, here - 1), at.findIndex((r) => r >= row));
}

/** Another command highlighted, with the page moved as little as brings it into sight. */
export function toCommand(screen: CommandsScreen, wizard: Wizard, here: number): CommandsScreen {
  const { rows, at } = commandsListing(wizard, here);
  const room = viewOf(wizard).room;
  const first = here === 0 ? 0 : at[here] ?? 0;
  const last = (at[here + 1] ?? rows.length) - 1;
  const top = clampTop(first < screen.top ? first : last >= screen.top + room ? last - room + 1 : screen.top, rows.length, room);
  return { ...screen, here, top };
}
