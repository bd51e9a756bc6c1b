import type { TextProps } from 'ink';
import type { Severity } from '../model/finding.ts';
import type { Outcome, Vital } from '../model/proof.ts';
import type { Compared } from '../model/rehearsal.ts';

/** What a piece of text is; how that looks is said here and nowhere else. */
export type Role =
  | 'critical' | 'high' | 'medium' | 'gone' | 'worse' | 'unsure' | 'key' | 'path' | 'strong' | 'faint'
  | 'added' | 'removed' | 'hunk' | 'alert' | 'here' | 'found'
  | 'string' | 'name' | 'added-comment' | 'added-name' | 'removed-comment' | 'removed-name';

type Looks = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse'>;

const looks: Readonly<Record<Role, Looks>> = {
  critical: { color: 'red', bold: true },
  high: { color: 'red' },
  medium: { color: 'yellow' },
  gone: { color: 'green' },
  worse: { color: 'red', bold: true },
  unsure: { color: 'yellow' },
  key: { dimColor: true },
  path: { color: 'cyan' },
  strong: { bold: true },
  faint: { dimColor: true },
  added: { color: 'green' },
  removed: { color: 'red' },
  hunk: { color: 'cyan', dimColor: true },
  alert: { inverse: true },
  here: { bold: true },
  found: { inverse: true },
  string: { color: 'yellow' },
  name: { color: 'cyan' },
  'added-comment': { color: 'green', dimColor: true },
  'added-name': { color: 'green', bold: true },
  'removed-comment': { color: 'red', dimColor: true },
  'removed-name': { color: 'red', bold: true },
};

/** The 16 named colours are the user's own, and made for dark grounds: on a bright one these can be read. */
const onLight: Readonly<Record<string, string>> = { yellow: '#8a5a00', green: '#1a7f37', cyan: '#0b6e83' };

/** What lies behind the letters; `few` where the terminal has but 16 colours. */
export type Ground = 'dark' | 'light' | 'light-few';

/** Of 16 colours none is dark enough in their place: then the word alone says it. */
const darkened = (color: string, ground: Ground): string | undefined => (ground === 'light' ? onLight[color] ?? color : color in onLight ? undefined : color);

/** Whether colours are wanted: a flag, then FORCE_COLOR, then NO_COLOR, as in Node itself. */
export const wantsColour = (env: NodeJS.ProcessEnv, flag: boolean): boolean =>
  flag && (env['FORCE_COLOR'] === undefined ? (env['NO_COLOR'] ?? '') === '' : !/^(?:0|false)$/.test(env['FORCE_COLOR']));

/** More than 16 colours; what the bundled colour library goes by, too. */
export const hasManyColours = (env: NodeJS.ProcessEnv): boolean =>
  /^[23]$/.test(env['FORCE_COLOR'] ?? '') || /^(?:truecolor|24bit)$/.test(env['COLORTERM'] ?? '') || /-256(?:color)?$|-truecolor$|kitty|ghostty|wezterm/.test(env['TERM'] ?? '');

/** Colour never carries meaning alone: without it (NO_COLOR) bold, dim and reversed stay, and every word is still there. */
export function look(role: Role | undefined, colour: boolean, ground: Ground = 'dark'): Looks {
  if (role === undefined) return {};
  const { color, ...rest } = looks[role];
  if (!colour || color === undefined) return rest;
  return { ...rest, color: ground === 'dark' ? color : darkened(color as string, ground) };
}

const bySeverity: Readonly<Record<Severity, Role | undefined>> = { critical: 'critical', high: 'high', medium: 'medium', low: undefined, info: undefined };
export const severityRole = (severity: Severity): Role | undefined => bySeverity[severity];

type Told = Outcome | NonNullable<Vital['result']> | Compared['result'];

const byOutcome: Readonly<Record<Told, Role | undefined>> = {
  gone: 'gone', left: 'unsure', 'cannot-tell': 'unsure', same: undefined, WORSE: 'worse',
};
export const outcomeRole = (outcome: Told): Role | undefined => byOutcome[outcome];
