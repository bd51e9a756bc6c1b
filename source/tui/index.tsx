import { perform } from './asks.ts';
import { drawn } from './drawn.tsx';
import { farewell } from './farewell.ts';
import { ending } from '../report/wrap.ts';
import type { Front } from './front.ts';
import { SPOKEN } from './linear/size.ts';
import type { WizardOptions } from './options.ts';
import { lookingScreen } from './screens/looking/state.ts';
import { createStore } from './store.ts';
import { begin, type Given } from './wizard.ts';

export type { WizardOptions } from './options.ts';

const SIGNALS = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

function givenBy(options: WizardOptions): Given {
  const { session, front = 'screen' } = options;
  return {
    lang: options.lang, dryRun: options.dryRun, path: options.path,
    ascii: front !== 'screen' || (options.ascii ?? false),
    colour: options.colour ?? (process.env['NO_COLOR'] ?? '') === '',
    allowRemote: options.allowRemote ?? false,
    firstTime: options.firstTime ?? false,
    checked: options.checked ?? [],
    mouse: front === 'screen' && (options.mouse ?? true),
    ...(front === 'screen' ? {} : { linear: front }),
    ...(options.demo ? { demo: true } : {}),
    ...(options.noDocker ? { noDocker: true } : {}),
    ...(options.suggest ? { suggest: options.suggest } : {}),
    can: {
      edit: options.edit !== undefined, calls: options.calls !== undefined, rehearse: session.rehearse !== undefined, answer: session.answer !== undefined,
      least: session.leastPrivilege !== undefined, ignore: session.writeConfig !== undefined, report: options.pages !== undefined, beyond: session.beyond !== undefined,
    },
    explain: options.explain ?? (() => undefined),
  };
}

/** Runs the wizard on a terminal until it is left; gives the exit code. A bug closes the screen and is thrown. */
export async function runWizard(options: WizardOptions): Promise<number> {
  const { session, stdin = process.stdin, stdout = process.stdout, now = () => performance.now(), front: kind = 'screen' } = options;
  const size = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
  let bug: { readonly error: unknown } | undefined;
  const opened: { front?: Front } = {};
  let lent = false;
  const broken = (error: unknown): void => {
    bug ??= { error };
    opened.front?.close();
  };
  const store = createStore(begin(givenBy(options), kind === 'screen' ? size : SPOKEN, lookingScreen()), (current, tell) => perform({
    session, now, broken,
    calls: options.calls,
    pages: options.pages,
    async edit(file, line) {
      lent = true;
      await (opened.front?.lend(() => options.edit?.(file, line) ?? Promise.resolve()) ?? Promise.resolve()).finally(() => { lent = false; });
    },
    copy: (text) => opened.front?.copy(text),
  }, current, tell), broken);

  const seat = { store, stdin, stdout, now, mouse: store.get().given.mouse === true, ask: options.ask ?? false, manyColours: options.manyColours ?? false };
  const front = kind === 'screen' ? drawn(seat) : (await import('./linear/front.ts')).linear(seat);
  opened.front = front;
  const listeners = Object.entries(SIGNALS).map(([signal, code]) => [signal, () => {
    // A ctrl-c in the editor is the editor's.
    if (!(lent && signal === 'SIGINT')) store.tell({ kind: 'signal', code });
  }] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  store.begin();
  try {
    await front.over;
  } finally {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  }
  if (bug) throw bug.error;
  const wizard = store.get();
  // A terminal would break a row in the middle of a word, and a command with it.
  stdout.write(`${farewell(wizard).flatMap((row) => ending(row, stdout.columns || 80)).join('\n')}\n`);
  return wizard.left ?? 0;
}
