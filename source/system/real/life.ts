import * as fs from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Processes } from '../system.ts';

const read = (path: string): Promise<string> => fs.readFile(path, 'utf8').catch(() => '');

/** A number is given again; number and start together are not. A zombie has ended: only its parent has not asked after it yet. */
async function startOf(pid: number): Promise<string | undefined> {
  const fields = (await read(`/proc/${pid}/stat`)).replace(/^.*\) /s, '').split(' ');
  const [state = '', start] = [fields[0], fields[19]];
  return start === undefined || 'ZX'.includes(state) ? undefined : start;
}

/** Where no /proc is: whether anybody has the number at all. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Where numbers are counted: this boot, this namespace, this machine. */
async function place(): Promise<readonly string[]> {
  const boot = (await read('/proc/sys/kernel/random/boot_id')).slice(0, 8) || '-';
  const space = /\d+/.exec(await fs.readlink('/proc/self/ns/pid').catch(() => ''))?.[0] ?? '-';
  return [boot, space, hostname()];
}

export const life: Pick<Processes, 'me' | 'lives'> = {
  async me() {
    return [process.pid, (await startOf(process.pid)) ?? '-', ...(await place())].join(':');
  },
  async lives(name) {
    const [number, start, boot, space, host] = name.trim().split(':');
    const pid = Number(number);
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    // A lock of an older version holds the number alone.
    if (start === undefined) return answers(pid);
    const [bootNow, spaceNow, hostNow] = await place();
    if (host !== hostNow) return undefined;
    if (boot !== bootNow) return false;
    if (space !== spaceNow) return undefined;
    return start === '-' ? answers(pid) : (await startOf(pid)) === start;
  },
};
