import type { listScenarios, prepareDemo } from '../demo/index.ts';
import type { OpenOptions } from '../engine/open.ts';
import type { Session } from '../engine/session.ts';
import type { Risk } from '../model/risk.ts';
import type { Files, System } from '../system/system.ts';
import type { WizardOptions } from '../tui/index.tsx';

/** What a word may open. Everything behind them is loaded when it is opened, so that `--help` is there at once. */
export interface Doors {
  session(options: OpenOptions): Promise<Session>;
  wizard(options: WizardOptions): Promise<number>;
  risks(): Promise<readonly Risk[]>;
  files(): Promise<Files>;
  /** This machine with its engine, for the demo. */
  system(wish: { readonly dockerHost?: string; readonly context?: string }, env: NodeJS.ProcessEnv): Promise<System>;
  demo(): Promise<{ readonly listScenarios: typeof listScenarios; readonly prepareDemo: typeof prepareDemo }>;
  stateFolder(env: NodeJS.ProcessEnv, home: string): Promise<string>;
  /** A file of this person's own; of every call, so it opens nothing else. */
  readOwn?(path: string): Promise<Buffer>;
  /** Whether this is the first wizard of this person's life, as far as anybody kept that; asked once, it is kept. */
  firstTime?(env: NodeJS.ProcessEnv, home: string): Promise<boolean>;
  /** Hands this terminal to a program, the user's editor, and waits; absent where the system can't. */
  readonly hand?: (argv: readonly string[]) => Promise<void>;
}

export const doors: Doors = {
  session: async (options) => (await import('../engine/open.ts')).openSession(options),
  wizard: async (options) => (await import('../tui/index.tsx')).runWizard(options),
  risks: async () => (await import('../risks/index.ts')).RISKS,
  files: async () => (await import('../system/real/files.ts')).realFiles,
  async system(wish, env) {
    const { realSystem, realDocker, resolveEndpoint } = await import('../system/real/index.ts');
    const endpoint = await resolveEndpoint(wish, env);
    const docker = await realDocker(endpoint, realSystem.shell).catch(() => undefined);
    return docker ? { ...realSystem, docker } : realSystem;
  },
  demo: () => import('../demo/index.ts'),
  hand: async (argv) => {
    await (await import('../system/real/shell.ts')).realShell.hand(argv);
  },
  readOwn: async (path) => (await import('../system/real/files.ts')).realFiles.read(path),
  async firstTime(env, home) {
    const [{ stateOf, keptFor }, { greeted }, { realFiles }] = await Promise.all([import('../engine/state.ts'), import('../engine/greeted.ts'), import('../system/real/files.ts')]);
    const state = await stateOf(env, home, realFiles);
    return greeted(keptFor(realFiles, state), state.folder);
  },
  stateFolder: async (env, home) => (await (await import('../engine/state.ts')).stateOf(env, home, (await import('../system/real/files.ts')).realFiles)).folder,
};
