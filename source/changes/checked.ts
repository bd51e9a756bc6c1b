import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { text } from '../model/text.ts';
import { isSudoers } from '../settings/sudoers-name.ts';
import type { Ran, System } from '../system/system.ts';
import { StepFailed } from './deed.ts';
import { cliOptions } from './docker-cli.ts';

interface Checker {
  /** As a reader knows it. */
  readonly name: string;
  asks(path: string): boolean;
  /** What the program says of a text that is not in place yet. It executes nothing of the project. */
  ask(system: System, at: string, content: string): Promise<Ran>;
}

const TIMEOUT_MS = 20_000;
const COMPILE = 'import sys; compile(sys.stdin.buffer.read(), sys.argv[1], "exec")';

/** A unit is told by its name, so it can't come on stdin. */
async function inFile(system: System, at: string, content: string, ask: (file: string) => Promise<Ran>): Promise<Ran> {
  const folder = join(tmpdir(), `harden-tui-${randomUUID()}`);
  await system.files.makeFolder(folder, 0o700);
  try {
    await system.files.write(join(folder, basename(at)), Buffer.from(content, 'utf8'), { mode: 0o600 });
    return await ask(join(folder, basename(at)));
  } finally {
    await system.files.remove(folder);
  }
}

const CHECKERS: readonly Checker[] = [
  {
    name: 'visudo', asks: isSudoers,
    ask: (system, _at, input) => system.shell.ask(['visudo', '-cf', '-'], { input, timeoutMs: TIMEOUT_MS }),
  },
  {
    name: 'docker compose config', asks: (path) => /^(?:docker-)?compose(?:[.-].+)?\.ya?ml$/.test(basename(path)),
    ask: (system, at, input) => system.shell.ask(['docker', 'compose', '-p', 'checked', '-f', '-', '--project-directory', dirname(at), 'config', '-q'], { ...cliOptions(), input, timeoutMs: TIMEOUT_MS }),
  },
  {
    name: 'systemd-analyze verify', asks: (path) => /\.(?:service|socket|timer|path)$/.test(path),
    ask: (system, at, content) => inFile(system, at, content, (file) => system.shell.ask(['systemd-analyze', 'verify', '--man=no', file], { timeoutMs: TIMEOUT_MS })),
  },
  {
    name: 'python3', asks: (path) => path.endsWith('.py'),
    ask: (system, at, input) => system.shell.ask(['python3', '-I', '-c', COMPILE, at], { input, timeoutMs: TIMEOUT_MS }),
  },
];

/** A program that is not here, or does not answer in time. */
const ABSENT = 127;

const said = ({ stdout, stderr }: Ran): readonly string[] => `${stderr}\n${stdout}`.split('\n').filter((l) => l.trim()).slice(-12);

/**
 * Asks the program that will read a file what it thinks of the new text, before that takes the place of the old one. What
 * it complained about before is none of our doing; where it is not here, nobody can be asked.
 */
export async function checked(system: System, root: string, path: string, before: string | undefined, after: string): Promise<void> {
  const checker = CHECKERS.find((c) => c.asks(path));
  // An override alone is no project: what it adds to is missing.
  if (!checker || (before === undefined && checker.name === 'docker compose config')) return;
  const verdict = async (content: string): Promise<Ran> => checker.ask(system, resolve(root, path), content).catch(() => ({ code: ABSENT, stdout: '', stderr: '' }));
  const now = await verdict(after);
  if (now.code === 0 || now.code === ABSENT) return;
  if (before !== undefined && (await verdict(before)).code !== 0) return;
  throw new StepFailed(text(`${checker.name} does not accept the new ${path}, so it was not written.`, `${checker.name} 不接受新的 ${path}，因此没有写入。`), said(now));
}
