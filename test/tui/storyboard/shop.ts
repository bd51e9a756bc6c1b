// The scenario `shop` without an engine: its own files, and what was recorded of its containers (npm run record). The risks,
// the ways out and their diffs are the real ones.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { openSession } from '../../../source/engine/open.ts';
import type { Progress } from '../../../source/engine/session.ts';
import { filesTold, projectTold } from '../../../source/inspect/told.ts';
import type { Elsewhere, Machine } from '../../../source/model/machine.ts';
import { text, type Lang, type Text } from '../../../source/model/text.ts';
import { RISKS } from '../../../source/risks/index.ts';
import { perform } from '../../../source/tui/asks.ts';
import { lookingScreen } from '../../../source/tui/screens/looking/state.ts';
import { createStore } from '../../../source/tui/store.ts';
import { begin } from '../../../source/tui/wizard.ts';
import { machineOf, tree, type Recorded } from '../../helpers/case.ts';
import { root } from '../../listing.ts';
import { given } from '../drive.ts';
import { frame } from '../frame.tsx';

const PROJECT = path.join(root, 'scenarios/shop/project');

/** Seven of other projects, as the storyboard has them. */
const elsewhere: readonly Elsewhere[] = Array.from({ length: 7 }, (_, i) => ({ kind: 'container', name: `other-${i}`, owner: 'other' }));

async function recorded(at: string): Promise<Machine> {
  const said = JSON.parse(readFileSync(path.join(import.meta.dirname, 'machine.json'), 'utf8').replaceAll('@ROOT@', at)) as Recorded;
  const machine = await machineOf(tree(PROJECT), { ...said, compose: '2.26.1' });
  return { ...machine, root: at, name: 'shop', elsewhere, uid: 0, docker: { ...machine.docker!, mac: 'none' } };
}

function progress(machine: Machine): readonly Progress[] {
  const of = (source: Progress['source'], words: Text, ms: number): Progress => ({ source, state: 'done', text: words, ms });
  return [
    of('docker', text('engine 20.10, compose 2.26, local socket', '引擎 20.10，compose 2.26，本机套接字'), 100),
    of('project', projectTold(machine), 200),
    of('files', filesTold(machine.files), 100),
    of('processes', text('11 in 5 containers, read in /proc', '5 个容器中的 11 个，从 /proc 读取'), 400),
    of('join', text('process, container, service, the line that decides', '进程、容器、服务，以及起决定作用的那一行'), 100),
  ];
}

export interface Seat {
  /** Presses keys, waits until all is worked out, and gives the rows of the screen. */
  keys(...keys: readonly string[]): Promise<readonly string[]>;
}

/** The wizard on it, at its first screen. */
export async function shop(t: TestContext, lang: Lang = 'en', size = { columns: 80, rows: 24 }): Promise<Seat> {
  const at = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), 'ht-'))), 'shop');
  t.after(() => rmSync(path.dirname(at), { recursive: true, force: true }));
  for (const [name, content] of Object.entries(tree(PROJECT))) {
    mkdirSync(path.dirname(path.join(at, name)), { recursive: true });
    writeFileSync(path.join(at, name), content);
  }
  const machine = await recorded(at);
  const real = await openSession({ root: at, checks: [], noDocker: true, env: { XDG_STATE_HOME: path.join(path.dirname(at), 'state') }, home: path.dirname(at) });
  const session = {
    ...real,
    async inspect(onProgress?: (progress: Progress) => void) {
      for (const one of progress(machine)) onProgress?.(one);
      return machine;
    },
  };
  let asking = 0;
  const store = createStore(begin({
    ...given, lang, path: at, firstTime: true, explain: (id) => RISKS.find((risk) => risk.id === id)?.readme,
    can: { edit: true, calls: true, rehearse: true, least: true, ignore: true, report: true, beyond: true },
  }, size, lookingScreen()), (current, tell) => {
    const ask = perform({ session, now: () => 0, copy: () => undefined, broken: (error) => { throw error; }, edit: async () => undefined, calls: () => [['GET', '/info']] }, current, (message) => {
      if (message.kind === 'offers' || message.kind === 'planned' || message.kind === 'configured') asking--;
      tell(message);
    });
    return (wish) => {
      if (wish.kind === 'offers' || wish.kind === 'plan' || wish.kind === 'config') asking++;
      ask(wish);
    };
  });
  store.begin();
  const settled = async (): Promise<void> => {
    for (let i = 0; i < 400 && (i < 3 || asking > 0); i++) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await settled();
  return {
    async keys(...keys) {
      for (const key of keys) {
        store.tell({ kind: 'key', key });
        await settled();
      }
      return frame(store.get());
    },
  };
}

