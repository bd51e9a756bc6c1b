import { render } from 'ink';
import type { Session } from '../engine/session.ts';
import type { Lang, Text } from '../model/text.ts';
import { App } from './app.tsx';
import { perform } from './asks.ts';
import { farewell } from './farewell.ts';
import { lookingScreen } from './screens/looking/state.ts';
import type { Suggest } from './spoken.ts';
import { createStore } from './store.ts';
import { clipboard, steady } from './terminal.ts';
import { begin } from './wizard.ts';

export interface WizardOptions {
  readonly session: Session;
  readonly lang: Lang;
  readonly dryRun: boolean;
  /** What the screens call the project until the machine has a name for it. */
  readonly path: string;
  readonly ascii?: boolean;
  /** False for `--no-color` and NO_COLOR; nothing is lost. Default: by NO_COLOR. */
  readonly colour?: boolean;
  /** `--allow-remote`: a Docker on another machine may be changed, once its host's name is typed. */
  readonly allowRemote?: boolean;
  /** Two lines of greeting, once in a lifetime. */
  readonly firstTime?: boolean;
  /** Titles of what is looked for: shown where nothing was found. */
  readonly checked?: readonly Text[];
  /** The long explanation of a risk, Markdown. Without it `e` shows what the finding itself says. */
  readonly explain?: (risk: string) => Text | undefined;
  /** Every call and command made so far, as argv. Without it `c` begins with the plan. */
  readonly calls?: () => readonly (readonly string[])[];
  /** Opens a file of the project at a line and waits; the terminal is free meanwhile. Without it there is no `o`. */
  readonly edit?: (file: string, line: number) => Promise<void>;
  /** A copy to practise on: it is removed when the wizard is left, and the way back with it. */
  readonly demo?: boolean;
  /** Commands in a sentence, as they can be pasted where this was started. */
  readonly suggest?: Suggest;
  readonly stdin?: NodeJS.ReadStream;
  readonly stdout?: NodeJS.WriteStream;
  readonly now?: () => number;
}

const SIGNALS = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

/** Runs the wizard on a terminal until it is left; gives the exit code. A bug closes the screen and is thrown. */
export async function runWizard(options: WizardOptions): Promise<number> {
  const { session, stdin = process.stdin, stdout = process.stdout, now = () => performance.now() } = options;
  const given = {
    lang: options.lang, dryRun: options.dryRun, path: options.path,
    ascii: options.ascii ?? false,
    colour: options.colour ?? (process.env['NO_COLOR'] ?? '') === '',
    allowRemote: options.allowRemote ?? false,
    firstTime: options.firstTime ?? false,
    checked: options.checked ?? [],
    ...(options.demo ? { demo: true } : {}),
    ...(options.suggest ? { suggest: options.suggest } : {}),
    can: { edit: options.edit !== undefined, calls: options.calls !== undefined, rehearse: session.rehearse !== undefined, answer: session.answer !== undefined, least: session.leastPrivilege !== undefined },
    explain: options.explain ?? (() => undefined),
  };
  const size = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
  let broken: { readonly error: unknown } | undefined;
  let close = (): void => undefined;
  let lent = false;
  let suspend = async (callback: () => Promise<void>): Promise<void> => callback();
  const store = createStore(begin(given, size, lookingScreen()), (current, tell) => perform({
    session, now,
    calls: options.calls,
    async edit(file, line) {
      lent = true;
      await suspend(() => options.edit?.(file, line) ?? Promise.resolve()).finally(() => { lent = false; });
    },
    copy: (text) => void stdout.write(clipboard(text)),
    broken(error) {
      broken ??= { error };
      close();
    },
  }, current, tell));

  const ink = render(<App store={store} now={now} onSuspend={(by) => { suspend = by; }} />, {
    stdin, stdout: steady(stdout), exitOnCtrlC: false, alternateScreen: true, incrementalRendering: true, interactive: true, patchConsole: false,
  });
  close = () => ink.unmount();
  const listeners = Object.entries(SIGNALS).map(([signal, code]) => [signal, () => {
    // A ctrl-c in the editor is the editor's.
    if (!(lent && signal === 'SIGINT')) store.tell({ kind: 'signal', code });
  }] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  store.begin();
  try {
    await ink.waitUntilExit();
  } finally {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  }
  if (broken) throw broken.error;
  const wizard = store.get();
  stdout.write(`${farewell(wizard).join('\n')}\n`);
  return wizard.left ?? 0;
}
