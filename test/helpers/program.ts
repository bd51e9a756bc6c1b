import { execFile } from 'node:child_process';
import path from 'node:path';
import { root } from '../listing.ts';

export interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What only runs by HARDEN_TUI_ALL, or with a rehearsal before each change, has the time that its own test gives it. */
const LIMIT_MS = (process.env.HARDEN_TUI_ALL === '1' || process.env.HARDEN_TUI_REHEARSE === '1' ? 30 : 5) * 60_000;

/** Runs a program to its end without stopping this one: the tests play proxies and servers beside it. */
export const ran = (words: readonly string[], options: { cwd?: string; env?: Record<string, string | undefined>; input?: string } = {}): Promise<Told> =>
  new Promise((resolve, reject) => {
    const child = execFile(
      words[0]!, words.slice(1),
      { cwd: options.cwd, env: { ...process.env, ...options.env }, maxBuffer: 64 * 2 ** 20, timeout: LIMIT_MS },
      (error, stdout, stderr) => {
        // Whatever it then ended with: at its time limit it was asked to end, and its output was cut off.
        if (child.killed) reject(new Error(`${words.join(' ')} did not end within ${LIMIT_MS / 60_000} minutes\n${stdout}\n${stderr}`));
        else if (error && typeof error.code !== 'number') reject(new Error(`${words.join(' ')}: ${error.message}\n${stdout}\n${stderr}`));
        else resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });

/** What it prints; throws, with all that it said, when it fails. */
export async function must(words: readonly string[], options: Parameters<typeof ran>[1] = {}): Promise<string> {
  const { code, stdout, stderr } = await ran(words, options);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

/**
 * Without a rehearsal, which would double the time of every test that applies something: test/docker/rehearsal.test.ts shows
 * it. A test that is about it says `--rehearse`; with HARDEN_TUI_REHEARSE=1 every one has it, as users do.
 */
function unrehearsed(words: readonly string[]): readonly string[] {
  const applies = (words[0] === 'fix' && words.includes('--yes')) || words[0] === 'apply';
  const said = ['--rehearse', '--no-rehearse', '--files-only', '--dry-run', '--help'].some((w) => words.includes(w));
  return applies && !said && process.env.HARDEN_TUI_REHEARSE !== '1' ? [...words, '--no-rehearse'] : words;
}

/** The built program as a user starts it, with a state of its own. */
export const harden = (cwd: string, state: string, ...words: readonly string[]): Promise<Told> =>
  ran([process.execPath, path.join(root, 'bin/harden-tui.js'), ...unrehearsed(words)], { cwd, env: { XDG_STATE_HOME: state, HARDEN_TUI_LANG: undefined, LC_ALL: 'C.UTF-8' } });
