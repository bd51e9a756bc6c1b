import { homedir } from 'node:os';
import { doors } from './doors.ts';
import type { Io } from './io.ts';
import { programOf } from './suggest.ts';

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
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
    onSignal(heard) {
      process.on('SIGINT', heard);
      process.on('SIGTERM', heard);
      return () => {
        process.off('SIGINT', heard);
        process.off('SIGTERM', heard);
      };
    },
    exit: (code) => process.exit(code),
    doors,
  };
}

/** What was written must be through before the process ends: a pipe takes it in its own time. */
export const drained = (out: NodeJS.WriteStream): Promise<void> => new Promise((resolve) => out.write('', () => resolve()));
