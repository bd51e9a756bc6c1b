import type { Writable } from 'node:stream';
import type { Ran, RunOptions, Shell } from '../system.ts';

let leash: Writable | undefined;

/** Every command that changes something holds this from now on, as long as it or a child of its runs: it outlives us, and whoever reads the other end sees when all is over. */
export const holdOn = (end: Writable | undefined): void => {
  leash = end;
};

async function run(argv: readonly string[], options: RunOptions = {}, held?: Writable): Promise<Ran> {
  // Loaded late: execa costs a quarter of a second that the first frame should not wait for.
  const { execa } = await import('execa');
  const [file = '', ...args] = argv;
  const child = execa(file, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.input === undefined ? {} : { input: options.input }),
    stdio: [options.input === undefined ? 'ignore' as const : 'pipe' as const, 'pipe' as const, 'pipe' as const, ...(held ? [held] : [])],
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    reject: false,
    stripFinalNewline: false,
    // A Ctrl-C in the terminal reaches the whole process group; the running step must end by itself (DECISIONS.md).
    detached: true,
    cleanup: true,
  });
  if (options.onLine) {
    const tell = options.onLine;
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream?.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString('utf8')).split(/\r?\n/);
        rest = lines.pop() ?? '';
        for (const line of lines) tell(line);
      });
      stream?.on('end', () => {
        if (rest) tell(rest);
      });
    }
  }
  const done = await child;
  if (done.exitCode === undefined) return { code: 127, stdout: String(done.stdout ?? ''), stderr: done.shortMessage ?? '' };
  return { code: done.exitCode, stdout: String(done.stdout ?? ''), stderr: String(done.stderr ?? '') };
}

async function hand(argv: readonly string[]): Promise<number> {
  const { execa } = await import('execa');
  const [file = '', ...args] = argv;
  return (await execa(file, args, { stdio: 'inherit', reject: false })).exitCode ?? 127;
}

export const realShell: Shell = { ask: (argv, options) => run(argv, options), run: (argv, options) => run(argv, options, leash), hand };
