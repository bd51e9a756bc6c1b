import { readFileSync } from 'node:fs';
import v8 from 'node:v8';
import { openSession } from '../source/engine/open.ts';
import { Secret } from '../source/model/secret.ts';
import { RISKS } from '../source/risks/index.ts';
import { perform } from '../source/tui/asks.ts';
import { createStore } from '../source/tui/store.ts';
import { lookingScreen } from '../source/tui/screens/looking/state.ts';
import { begin } from '../source/tui/wizard.ts';
import { given } from './tui/drive.ts';
import { frame } from './tui/frame.tsx';
const { machine, progress, calls } = v8.deserialize(readFileSync('/tmp/sb/machine.v8'));
const back = (v: any): any => v instanceof Map ? new Map([...v].map(([k, x]) => [k, back(x)])) : v instanceof Set ? v : Array.isArray(v) ? v.map(back) : v && typeof v === 'object' ? ('__secret' in v ? new Secret(v.__secret) : Object.fromEntries(Object.entries(v).map(([k, x]) => [k, typeof x === 'string' ? x.replaceAll(machine.root, '/tmp/sb7/shop') : back(x)]))) : typeof v === 'string' ? v.replaceAll(machine.root, '/tmp/sb7/shop') : v;
const [lang, size, ...words] = process.argv.slice(2);
const [columns, rows] = size!.split('x').map(Number);
const real = await openSession({ root: '/tmp/sb7/shop', checks: [], env: { ...process.env, XDG_STATE_HOME: '/tmp/sb7/state' }, home: '/root' } as any);
const session = { ...real, inspect: async (on?: any) => { for (const p of progress) on?.(p); return { ...back(machine), repository: true }; }, calls: () => calls };
const store = createStore(begin({ ...given, lang, path: '/tmp/sb7/shop', firstTime: true, explain: (id: string) => RISKS.find((r) => r.id === id)?.readme, can: { edit: true, calls: true, rehearse: true, answer: true, least: true, ignore: true, report: true, save: true } } as any, { columns: columns!, rows: rows! }, lookingScreen()), (current: any, tell: any) => perform({ session, now: () => 0, copy: () => {}, broken: (e: unknown) => console.error(e), edit: async () => {}, calls: () => calls, report: async () => 'x' } as any, current, tell));
store.begin();
const settle = async (): Promise<void> => { for (let i = 0; i < 200; i++) { await new Promise((r) => setTimeout(r, 40)); const w: any = store.get(); if (i > 1 && ![...w.offers.values()].includes('asked') && !(w.draft && !w.draft.plan)) return; } };
await settle();
for (const word of words) {
  if (word === 'plan') { for (const k of ['enter', 'f', 'f', 'f', 'f', 's', 'f', 's', 'p']) { store.tell({ kind: 'key', key: k }); await settle(); } }
  else if (word === 'json') console.log(JSON.stringify((store.get() as any).draft.plan, (k, v) => (k === 'findings' || k === 'edits' || k === 'proofs' ? undefined : v), 1));
  else if (word === 'diffs') console.log((store.get() as any).draft.preview.diffs.map((d: any) => d.patch).join('\n'));
  else if (word === 'show') console.log(frame(store.get()).join('\n'), '\n');
  else { for (const k of word.split(',')) { store.tell({ kind: 'key', key: k }); await settle(); } }
}
process.exit(0);
