import { perform } from '../../source/tui/asks.ts';
import type { Message } from '../../source/tui/message.ts';
import { createStore, type Store } from '../../source/tui/store.ts';
import { lookingScreen } from '../../source/tui/screens/looking/state.ts';
import { begin, shown, type Given, type Wizard } from '../../source/tui/wizard.ts';
import { fakeSession, type Fake, type FakeOptions } from './fake-session.ts';

export const given: Given = {
  lang: 'en', dryRun: false, path: '/home/me/shop', ascii: false, colour: true, allowRemote: false, firstTime: false, checked: [],
  can: { edit: false, calls: false }, explain: () => undefined,
};

/** The wizard without a terminal: keys go in, and what it became can be looked at. */
export interface Driven {
  readonly store: Store;
  readonly session: Fake;
  readonly copied: string[];
  readonly broken: unknown[];
  keys(...keys: readonly string[]): Promise<Wizard>;
  tell(message: Message): Promise<Wizard>;
  name(): string;
}

const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

export async function drive(options: FakeOptions = {}, more: Partial<Given> = {}, size = { columns: 80, rows: 24 }): Promise<Driven> {
  const session = fakeSession(options);
  const copied: string[] = [];
  const broken: unknown[] = [];
  const store = createStore(begin({ ...given, ...more, can: { ...given.can, ...more.can, rehearse: session.rehearse !== undefined, answer: session.answer !== undefined, least: session.leastPrivilege !== undefined, ignore: session.writeConfig !== undefined, beyond: session.beyond !== undefined } }, size, lookingScreen()), (current, tell) => perform({
    session, now: () => 0, copy: (text) => void copied.push(text), broken: (error) => void broken.push(error),
    edit: async (file, line) => void copied.push(`${file}:${line}`), calls: () => [['GET', '/info']],
    pages: {
      place: async (page) => (page === 'plan' ? 'harden-tui-plan.json' : '~/shop/harden-tui-report.md'),
      write: async (page, content) => {
        copied.push(content);
        return page === 'plan' ? 'harden-tui-plan.json' : '~/shop/harden-tui-report.md';
      },
    },
  }, current, tell));
  store.begin();
  await settled();
  return {
    store, session, copied, broken,
    async keys(...keys) {
      for (const key of keys) {
        store.tell({ kind: 'key', key });
        await settled();
      }
      return store.get();
    },
    async tell(message) {
      store.tell(message);
      await settled();
      return store.get();
    },
    name: () => shown(store.get()).name,
  };
}
