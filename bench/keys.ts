// Bytes written and processor time taken from a key to its frame, on a terminal of 80x24 and one of 200x60.
import { performance } from 'node:perf_hooks';
import { runWizard } from '../source/tui/index.tsx';
import { Keyboard, Screen } from '../test/tui/terminal.ts';
import { largeSession } from './session.ts';

export interface Measured {
  readonly what: string;
  readonly size: string;
  readonly keys: number;
  /** The middle one and the largest of all keys. */
  readonly bytes: readonly [number, number];
  readonly ms: readonly [number, number];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const middle = (all: readonly number[]): readonly [number, number] => {
  const sorted = [...all].sort((a, b) => a - b);
  return [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
};

const ROUNDS: readonly { readonly what: string; readonly there: readonly string[]; readonly keys: readonly string[] }[] = [
  { what: 'list of 300, j', there: ['\r'], keys: Array.from({ length: 40 }, () => 'j') },
  { what: 'list of 300, page down', there: ['\r'], keys: Array.from({ length: 20 }, () => '\u001b[6~') },
  { what: 'list of 300, wheel', there: ['\r'], keys: Array.from({ length: 20 }, () => '\u001b[<65;1;1M') },
  { what: 'diff of 2,000 lines, j', there: ['\r', '\r', 'd'], keys: Array.from({ length: 40 }, () => 'j') },
  { what: 'diff of 2,000 lines, page down', there: ['\r', '\r', 'd'], keys: Array.from({ length: 20 }, () => '\u001b[6~') },
];

async function measure(round: (typeof ROUNDS)[number], columns: number, rows: number): Promise<Measured> {
  const keyboard = new Keyboard();
  const screen = new Screen(columns, rows);
  const exit = runWizard({ session: largeSession(), lang: 'en', dryRun: false, path: '/home/me/shop', now: () => 0, stdin: keyboard as unknown as NodeJS.ReadStream, stdout: screen as unknown as NodeJS.WriteStream });
  await pause(500);
  for (const key of round.there) {
    keyboard.type(key);
    await pause(300);
  }
  const bytes: number[] = [];
  const ms: number[] = [];
  for (const key of round.keys) {
    const from = screen.written.length;
    const began = performance.now();
    const used = process.cpuUsage();
    keyboard.type(key);
    while (screen.written.length === from && performance.now() - began < 5000) await pause(1);
    // Of a busy machine only the processor's time says something.
    const { user, system } = process.cpuUsage(used);
    ms.push((user + system) / 1000);
    await pause(60);
    bytes.push(Buffer.byteLength(screen.written.slice(from)));
  }
  keyboard.type('\u0003');
  await exit;
  return { what: round.what, size: `${columns}x${rows}`, keys: round.keys.length, bytes: middle(bytes), ms: middle(ms) };
}

export async function measureKeys(): Promise<readonly Measured[]> {
  const all: Measured[] = [];
  for (const [columns, rows] of [[80, 24], [200, 60]] as const) for (const round of ROUNDS) all.push(await measure(round, columns, rows));
  return all;
}
