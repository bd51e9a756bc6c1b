import type { RunSummary } from '../engine/session.ts';
import { text, type Text } from '../model/text.ts';

type Measured = Pick<RunSummary, 'away'>;

/** Seconds that these services were away in a run, the longest of them; undefined where it was not measured of each, or took minutes. */
export function secondsAway({ away = {} }: Measured, names: readonly string[]): number | undefined {
  const known = names.map((name) => away[name] ?? 0);
  const seconds = Math.ceil(Math.max(0, ...known) / 1000);
  return known.length === 0 || known.includes(0) || seconds > 59 ? undefined : seconds;
}

/** As long as when it was applied, which was measured; nobody knows it before. */
export function awayFor(run: Measured, names: readonly string[]): Text {
  const seconds = secondsAway(run, names);
  return seconds === undefined ? text('some seconds', '几秒') : text(`about ${seconds} s`, `约 ${seconds} 秒`);
}

export interface AwayBefore {
  readonly seconds: number;
  readonly run: string;
}

/** How long these services were away in the newest run of this folder that measured it of each of them. */
export function awayBefore(runs: readonly RunSummary[], root: string, names: readonly string[]): AwayBefore | undefined {
  const found = runs.findLast((run) => run.root === root && secondsAway(run, names) !== undefined);
  return found && { seconds: secondsAway(found, names) ?? 0, run: found.run };
}
