import type { TextProps } from 'ink';
import type { Severity } from '../model/finding.ts';
import type { Outcome, Vital } from '../model/proof.ts';

/** What a piece of text is; how that looks is said here and nowhere else. */
export type Role =
  | 'critical' | 'high' | 'medium' | 'gone' | 'worse' | 'unsure' | 'key' | 'path' | 'strong' | 'faint'
  | 'added' | 'removed' | 'hunk' | 'alert' | 'here' | 'found';

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
};

/** Colour never carries meaning alone: without it (NO_COLOR) bold, dim and reversed stay, and every word is still there. */
export function look(role: Role | undefined, colour: boolean): Looks {
  if (role === undefined) return {};
  const { color, ...rest } = looks[role];
  return colour ? { ...rest, color } : rest;
}

const bySeverity: Readonly<Record<Severity, Role | undefined>> = { critical: 'critical', high: 'high', medium: 'medium', low: undefined, info: undefined };
export const severityRole = (severity: Severity): Role | undefined => bySeverity[severity];

const byOutcome: Readonly<Record<Outcome | NonNullable<Vital['result']>, Role | undefined>> = {
  gone: 'gone', left: 'unsure', 'cannot-tell': 'unsure', same: undefined, WORSE: 'worse',
};
export const outcomeRole = (outcome: Outcome | NonNullable<Vital['result']>): Role | undefined => byOutcome[outcome];
