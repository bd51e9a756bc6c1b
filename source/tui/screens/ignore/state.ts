import { entriesFor, faultOfDate, withIgnored, type Written } from '../../../engine/ignore.ts';
import { CONFIG, type Ignore } from '../../../engine/suppress.ts';
import { Stop } from '../../../model/errors.ts';
import type { Finding } from '../../../model/finding.ts';
import { configOf } from '../../decisions.ts';
import { blank, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import type { View } from '../../view.ts';
import { findingOf, type Wizard } from '../../wizard.ts';
import { width } from '../../width.ts';
import { rowOf } from '../findings/rows.ts';
import { wrap } from '../../wrap.ts';

/** Why a finding is to be left as it is, and until when: two words are asked, and the lines they become stand below. */
export interface IgnoreScreen {
  readonly name: 'ignore';
  readonly finding: string;
  readonly members?: readonly string[];
  readonly field: 'reason' | 'until';
  readonly reason: string;
  readonly until: string;
  /** Today, when it was opened: a date before it would be over already. */
  readonly today: Date;
}

export const ignoreScreen = (finding: string, members?: readonly string[], today = new Date()): IgnoreScreen => ({ name: 'ignore', finding, ...(members ? { members } : {}), field: 'reason', reason: '', until: '', today });

export interface Wish {
  readonly entries: readonly Ignore[];
  readonly also: readonly Finding[];
  readonly written?: Written;
  /** Why it can't be written. */
  readonly refused?: Stop;
}

/** What would be written for what is typed so far. */
export function wishOf(screen: IgnoreScreen, wizard: Wizard): Wish | undefined {
  const finding = findingOf(wizard, screen.finding);
  if (!finding) return undefined;
  const until = screen.until.trim();
  const members = screen.members ?? [screen.finding];
  const made = members.flatMap((id) => findingOf(wizard, id) ?? []).map((one) => entriesFor(one, wizard.looking.findings, { reason: screen.reason.trim() || '...', ...(until === '' ? {} : { until }) }, screen.today));
  // One line may hold for several of a row.
  const entries = [...new Map(made.flatMap((one) => one.entries).map((one) => [`${one.risk} ${JSON.stringify(one.where)}`, one])).values()];
  const also = [...new Map(made.flatMap((one) => one.also).filter((one) => !members.includes(one.id)).map((one) => [one.id, one])).values()];
  try {
    return { entries, also, written: withIgnored(configOf(wizard), entries.map((one) => (faultOfDate(until, screen.today) === 'form' ? { ...one, until: undefined } : one))) };
  } catch (error) {
    if (error instanceof Stop) return { entries, also, refused: error };
    throw error;
  }
}

/** What is wrong with what was typed; undefined where it can be written. */
export function faultOf(screen: IgnoreScreen, { words }: Pick<View, 'words'>): string | undefined {
  if (screen.reason.trim() === '') return words.ignore.noReason;
  const until = screen.until.trim();
  const fault = until === '' ? undefined : faultOfDate(until, screen.today);
  return fault && words.ignore.dates[fault];
}

/** The lines that come into the file, as a diff shows them. */
function lines(written: Written, { columns }: View): readonly Line[] {
  const [piece = ''] = written.pieces;
  const rows = piece.replace(/^\r?\n/, '').replace(/\r?\n$/, '').split(/\r?\n/);
  return [
    sides(line(' ', span(CONFIG, 'path')), [span(`+${rows.length}`, 'added')], columns - 1),
    ...rows.flatMap((row) => wrap(`+${row}`, columns - 3).map((part, i) => line(span(`${i === 0 ? ' ' : '  '}${part}`, 'added')))),
  ];
}

export function ignoreContent(screen: IgnoreScreen, wizard: Wizard, view: View): readonly Line[] {
  const { words, glyphs, columns, say, room } = view;
  const finding = findingOf(wizard, screen.finding);
  const wish = wishOf(screen, wizard);
  if (!finding || !wish) return [];
  const { labels } = words.ignore;
  const indent = Math.max(...Object.values(labels).map(width)) + 4;
  const field = (name: IgnoreScreen['field'], hint: string): readonly Line[] => {
    const on = screen.field === name;
    const rows = wrap(`${screen[name]}${on ? glyphs.cursor : ''}`, columns - indent - 1);
    return rows.map((row, i) => line(
      span(i === 0 ? ` ${labels[name]}${' '.repeat(indent - width(labels[name]) - 1)}` : ' '.repeat(indent), on ? 'strong' : 'faint'), row, ...(screen[name] === '' ? [span(`  ${hint}`, 'faint')] : []),
    ));
  };
  return [
    ...paragraph(say(rowOf(wizard, screen.finding, screen.members)?.title ?? finding.title), columns - 1, 'strong'),
    blank,
    ...paragraph(words.ignore.promise, columns - 1),
    blank,
    ...field('reason', words.ignore.hints.reason),
    ...field('until', words.ignore.hints.until),
    blank,
    ...(wish.refused ? paragraph(say(wish.refused.what), columns - 1, 'unsure') : []),
    ...(wish.written ? [line(` ${wizard.given.dryRun ? words.ignore.dry : words.ignore.writes}`), ...lines(wish.written, view)] : []),
    ...(wish.also.length === 0 ? [] : [blank, ...labelled(words.ignore.also, wish.also.map((one) => say(one.title)).join(words.common.comma), columns - 1, width(words.ignore.also) + 4, { label: 'unsure' })]),
  ].slice(0, room);
}
