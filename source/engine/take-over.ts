import { Stop } from '../model/errors.ts';
import { same, type Text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import type { Orders } from '../system/watchman.ts';
import { continueJournal, readRun } from './journal.ts';
import { clearOf } from './leftovers.ts';
import { lockOf, withLock } from './lock.ts';
import type { Result } from './session.ts';

interface Context {
  readonly system: System;
  readonly state: string;
  readonly undo: (run: string) => Promise<Result>;
}

/** A command that hangs was perhaps why we were killed: it is not waited for without end. */
const COMMAND_MS = 5 * 60_000;
const DEAD_MS = 10_000;
const TRIES = 4;
const BETWEEN_MS = 5_000;

const words = (error: unknown): Text => (error instanceof Stop ? error.what : same(error instanceof Error ? error.message : String(error)));

/** What the watchman does when the process that it stands for has died: the run goes back as `undo` takes it back. */
export async function takeOver({ run, of, over }: Orders, { system, state, undo }: Context): Promise<void> {
  for (let waited = 0; waited < DEAD_MS && (await system.processes.lives(of)); waited += 100) await system.pause(100);
  const recorded = run === undefined ? undefined : await readRun(system.files, state, run);
  if (run === undefined || recorded?.ending !== 'unfinished') {
    await Promise.race([over, system.pause(COMMAND_MS)]);
    await clearOf(of, { system, state });
    if (run !== undefined && recorded && recorded.endedAt === undefined) await continueJournal(system.files, state, run).write({ t: 'end', ending: 'nothing-started', at: system.now().toISOString() });
    return;
  }
  // Nobody else begins here meanwhile.
  await withLock(system.files, system.processes, state, lockOf(recorded.head), async () => {
    await Promise.race([over, system.pause(COMMAND_MS)]);
    let why: Text | undefined;
    for (let n = 0; n < TRIES; n++) {
      if (n > 0) await system.pause(BETWEEN_MS);
      try {
        // Also what the dead one had going: a chown in a helper would work against the one that takes it back.
        await clearOf(of, { system, state });
        const { stuck, remarks } = await undo(run);
        if (!stuck) return;
        why = remarks[0];
      } catch (error) {
        why = words(error);
      }
    }
    await continueJournal(system.files, state, run).write({ t: 'tried', at: system.now().toISOString(), why: why ?? same('') });
  });
}
