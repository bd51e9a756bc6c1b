import type { ByHand } from '../model/change.ts';
import { readProcess } from '../inspect/proc-text.ts';
import { text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import type { Deed } from './deed.ts';

/** What makes something, or gives it to somebody: said once more it would not take it back. */
const MAKES: ReadonlySet<string> = new Set(['useradd', 'install', 'find', 'chown', 'chmod']);

const same = (a: readonly string[], b: readonly string[]): boolean => a.length > 0 && a.length === b.length && a.every((word, i) => word === b[i]);

/** Who runs this now: the topmost of those with these words, for their workers may have the same. */
async function runsNow(argv: readonly string[], { processes }: System): Promise<readonly number[]> {
  const all = (await processes.list()).map(readProcess).filter((p) => p.container === undefined && same(p.argv, argv));
  return all.filter((p) => !all.some((other) => other.pid === p.ppid)).map((p) => p.pid);
}

/**
 * What that person has to do once more when the run goes back: start again what nobody else can start. The number of the
 * process is the one of today. Undefined where it was more than that.
 */
export async function backByHand(change: ByHand, system: System): Promise<ByHand | undefined> {
  const { files, commands } = change;
  if (files || commands.length === 0 || commands.some(([name = '']) => MAKES.has(name))) return undefined;
  const argv = commands.at(-1) ?? [];
  const killed = commands[0]?.[0] === 'kill' && commands[0].length === 2 && commands.length > 1;
  if (!killed) return change;
  const pids = await runsNow(argv, system).catch(() => []);
  return { ...change, commands: [...(pids.length === 1 ? [['kill', String(pids[0])]] : []), ...commands.slice(1)] };
}

/** Tells, and does nothing: the words are shown with the plan and again at the end. */
export const byHand: Deed<'by-hand', Record<string, never>> = {
  tell: (change) => change.words,
  prepare: async () => ({}),
  run: async () => undefined,
  async revert(change, _undo, { fill, system }) {
    // In the run itself nobody had the time to do it.
    if (fill) return [];
    const hand = await backByHand(change, system);
    const { words } = change;
    return hand ? [{ ...words, hand }] : [text(`By hand, and so not taken back: ${words.en}`, `手动完成的，不会自动还原：${words['zh-CN']}`)];
  },
};
