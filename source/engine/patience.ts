import type { Machine } from '../model/machine.ts';
import type { Vital } from '../model/proof.ts';
import { liveOf } from '../settings/live.ts';
import type { Files, System } from '../system/system.ts';
import { history } from './journal.ts';

/** How long a service may take until it answers as before. An app whose workers die at once lets every GET hang to its end. */
export const PATIENCE_MS = 60_000;
/** A definite other answer counts as the last word when it has stood for twice as long as the slowest known start of these took; never sooner. */
const FLOOR_MS = 15_000;
const FACTOR = 2;

export const wordAfter = (starts: readonly number[]): number => (starts.length === 0 ? PATIENCE_MS : Math.min(PATIENCE_MS, Math.max(FLOOR_MS, FACTOR * Math.max(...starts))));

/** How long these were away in earlier runs that were applied here: stopped, started, and answering as before. */
export async function earlierStarts(files: Files, state: string, root: string, services: readonly string[]): Promise<readonly number[]> {
  const runs = await history(files, state).catch(() => []);
  return runs.filter((run) => run.root === root).flatMap(({ away = {} }) => services.flatMap((s) => away[s] ?? [])).filter((ms) => ms > 0);
}

const doors = (machine: Machine, name: string): number => {
  const service = machine.services.find((s) => s.name === name);
  return service ? liveOf(machine, service).reduce((n, live) => n + live.listeners.length + live.sockets.length, 0) : 0;
};

/**
 * Nobody of them is still on the way: each holds as many ports and sockets open as before. A proxy says 502 for as long as what is
 * behind it starts, and that is no answer. Where ports can't be seen it is never so.
 */
export const allStand = (then: Machine, now: Machine, services: readonly string[]): boolean =>
  then.processSource === 'proc' && now.processSource === 'proc' && services.every((s) => doors(now, s) >= doors(then, s));

/** By one look after the other: true once the same definite answers, which are not those of before, have stood for `wait`. */
export function lastWord({ now }: Pick<System, 'now'>, wait: number): (vitals: readonly Vital[], stand: boolean) => boolean {
  let said = '';
  let since = 0;
  return (vitals, stand) => {
    const worse = vitals.filter((v) => v.result === 'WORSE');
    // Only a web server's own answer is one: what is silent, or takes a connection and says nothing, may yet come.
    const definite = stand && worse.length > 0 && worse.every((v) => /^\d{3}\b/.test(v.after ?? '')) && !vitals.some((v) => v.after === 'starting');
    const words = definite ? worse.map((v) => `${v.service} ${v.what} ${v.after ?? ''}`).join('\n') : '';
    const at = now().getTime();
    if (words !== said) [said, since] = [words, at];
    return words !== '' && at - since >= wait;
  };
}
