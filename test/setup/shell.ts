import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Kept between runs and outside the repository: the base image takes longer to make than all that uses it. */
export const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'harden-tui');
mkdirSync(cache, { recursive: true });

const log = path.join(cache, 'setup.log');

export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** What a command prints, or undefined when it fails or is not there. */
export function answer(words: string[]): string | undefined {
  const { status, stdout } = spawnSync(words[0]!, words.slice(1), { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? stdout.trim() : undefined;
}

export const present = (command: string) => answer(['sh', '-c', 'command -v "$1"', 'sh', command]) !== undefined;

/** Runs to the end or throws with the last lines; what it prints goes to a log, as apt's pages would bury the test results. */
export function must(words: string[], options: { input?: string; minutes?: number } = {}): void {
  const { status, error, stdout, stderr } = spawnSync(words[0]!, words.slice(1), {
    encoding: 'utf8',
    input: options.input,
    timeout: (options.minutes ?? 5) * 60_000,
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const printed = `$ ${words.join(' ')}\n${stdout ?? ''}${stderr ?? ''}`;
  appendFileSync(log, printed);
  if (status === 0) return;
  const tail = printed.trimEnd().split('\n').slice(-20).join('\n');
  throw new Error(`${words.slice(0, 3).join(' ')} failed (${error?.message ?? `status ${status}`}):\n${tail}\nall of it: ${log}`);
}

/** Debian with root is the only place where packages are installed. */
export const debianRoot = () =>
  process.getuid?.() === 0 && /^ID=debian$/m.test(answer(['cat', '/etc/os-release']) ?? '') && present('apt-get');

export const read = (file: string) => readFileSync(file, 'utf8');
