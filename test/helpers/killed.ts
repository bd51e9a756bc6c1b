// The program, killed with -9 at a chosen moment, as a machine out of memory kills it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../listing.ts';

export interface Moment {
  /** What was said on stderr so far, with every command. */
  readonly said: string;
  readonly journal: string;
}

export interface Killed {
  readonly run: string;
  readonly said: string;
  /** False: it ended by itself before the moment came. */
  readonly died: boolean;
}

const journalOf = (state: string, run: string): string => path.join(state, 'harden-tui/runs', run, 'journal.jsonl');

export const journalText = (state: string, run: string): string => {
  const at = journalOf(state, run);
  return existsSync(at) ? readFileSync(at, 'utf8') : '';
};

const BEAT_MS = 3;

/** Starts it in a session of its own, and kills it as soon as `now` is true. `watchman: false`: that one, too, as when the power fails. */
export async function killedWhen(cwd: string, state: string, run: string, words: readonly string[], now: (moment: Moment) => boolean, { watchman = true } = {}): Promise<Killed> {
  const child = spawn(process.execPath, [path.join(root, 'bin/harden-tui.js'), ...words, '--verbose'], {
    cwd, detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, XDG_STATE_HOME: state, LC_ALL: 'C.UTF-8' },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => { said += words; });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (child.exitCode === null && child.signalCode === null) {
    if (now({ said, journal: journalText(state, run) })) {
      const beside = watchman ? [] : watchmenOf(child.pid!);
      process.kill(child.pid!, 'SIGKILL');
      for (const pid of beside) process.kill(pid, 'SIGKILL');
      break;
    }
    await pause(BEAT_MS);
  }
  await ended;
  return { run, said, died: child.signalCode === 'SIGKILL' };
}

/** Processes that stand beside one, read from the kernel. */
export function watchmenOf(parent: number): readonly number[] {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  return children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes('watchman'));
}

/** How the journal says that a run ended; undefined as long as it has not. */
export const endingOf = (state: string, run: string): string | undefined => {
  const last = journalText(state, run).split('\n').filter(Boolean).at(-1) ?? '';
  return /"t":"end","ending":"([^"]+)"/.exec(last)?.[1];
};
