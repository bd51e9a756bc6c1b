import { homedir } from 'node:os';
import { doors } from './doors.ts';
import type { Io } from './io.ts';
import { programOf } from './suggest.ts';

/** A terminal that is closed, or an ssh that breaks off, is the third way to be told to end. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let acted = false;

/**
 * Where something is changed, nobody to read what is said is no reason to stop in the middle; and how it ended is then
 * said by the exit code alone: 0 here would call a run that was taken back a success.
 */
export function unread(error: NodeJS.ErrnoException): void {
  if (acted) return;
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

/** Ctrl-C or the end of the input while a question stands: the person leaves. */
async function ask(question: string): Promise<string | undefined> {
  const { createInterface } = await import('node:readline');
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string | undefined>((resolve) => {
      line.once('close', () => resolve(undefined));
      line.once('SIGINT', () => resolve(undefined));
      line.question(question, resolve);
    });
  } finally {
    line.close();
  }
}

export function realIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  return {
    stdout, stderr, env,
    isTTY: Boolean(stdin.isTTY && stdout.isTTY),
    cwd: process.cwd(),
    program: programOf(process.argv[1], env, process.cwd()),
    home: homedir(),
    ...(process.argv[1] === undefined ? {} : { again: [process.execPath, ...process.execArgv, process.argv[1]] }),
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
    onSignal(heard) {
      acted = true;
      for (const signal of ENDING) process.on(signal, heard);
      return () => {
        for (const signal of ENDING) process.off(signal, heard);
      };
    },
    exit: (code) => process.exit(code),
    doors,
  };
}

/** What was written must be through before the process ends: a pipe takes it in its own time. */
export const drained = (out: NodeJS.WriteStream): Promise<void> => new Promise((resolve) => out.write('', () => resolve()));
