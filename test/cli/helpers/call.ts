// harden-tui called with words, in this process, on a world of the test's own.
import type { OpenOptions } from '../../../source/engine/open.ts';
import type { Doors } from '../../../source/cli/doors.ts';
import type { Io } from '../../../source/cli/io.ts';
import { main } from '../../../source/cli/main.ts';
import { Stop } from '../../../source/model/errors.ts';
import { text } from '../../../source/model/text.ts';
import { RISKS } from '../../../source/risks/index.ts';
import { session, type FakeSession, type World } from './world.ts';

export interface Call {
  readonly world?: World;
  readonly env?: NodeJS.ProcessEnv;
  /** What is typed, one answer for each question; none: nobody is there. */
  readonly typed?: readonly (string | undefined)[];
  readonly terminal?: boolean;
  readonly cwd?: string;
  readonly doors?: Partial<Doors>;
  readonly io?: Partial<Io>;
  /** Files that lie there already, by their absolute path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Folders that are not there. */
  readonly gone?: readonly string[];
}

export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly session: FakeSession;
  /** Options that sessions were opened with. */
  readonly opened: readonly OpenOptions[];
  readonly written: ReadonlyMap<string, string>;
  readonly questions: readonly string[];
}

const never = (what: string) => async (): Promise<never> => {
  throw new Error(`${what} was opened`);
};

export async function call(argv: readonly string[], { world, env = {}, typed, terminal = false, cwd = '/work/shop', doors = {}, io = {}, files: there = {}, gone = [] }: Call = {}): Promise<Called> {
  const out: string[] = [];
  const err: string[] = [];
  const opened: OpenOptions[] = [];
  const written = new Map<string, string>(Object.entries(there));
  const questions: string[] = [];
  const answers = [...(typed ?? [])];
  const fake = session(world);
  const files = {
    stat: async (path: string) => (path.startsWith('/nope') || path.includes('scna') ? undefined : { kind: path.endsWith('.json') ? ('file' as const) : ('directory' as const), mode: 0o755, uid: 1, gid: 1, size: 1 }),
    read: async (path: string) => {
      const found = written.get(path);
      if (found === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
      return Buffer.from(found);
    },
    realpath: async (path: string) => {
      if (gone.includes(path)) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
      return path;
    },
    write: async (path: string, bytes: Buffer) => void written.set(path, bytes.toString('utf8')),
  } as unknown as Awaited<ReturnType<Doors['files']>>;
  const all: Doors = {
    session: async (options) => {
      opened.push(options);
      if (options.root.startsWith('/nope')) throw new Stop(text(`There is no folder ${options.root}.`, `目录 ${options.root} 不存在。`));
      return fake;
    },
    wizard: never('the wizard'), risks: async () => RISKS, files: async () => files, system: never('the system'), demo: never('the demo'),
    stateFolder: async () => '/state', ...doors,
  };
  const code = await main(argv, {
    stdout: { write: (words) => out.push(words), isTTY: terminal }, stderr: { write: (words) => err.push(words), isTTY: terminal },
    env: { NO_COLOR: '1', ...env }, isTTY: terminal, cwd, home: '/home/me', doors: all,
    ...(typed ? { ask: async (question: string) => (questions.push(question), answers.shift()) } : {}),
    onSignal: () => () => undefined, exit: () => undefined, ...io,
  });
  return { code, stdout: out.join(''), stderr: err.join(''), session: fake, opened, written, questions };
}
