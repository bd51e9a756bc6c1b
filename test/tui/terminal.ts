import { EventEmitter } from 'node:events';
import xterm from '@xterm/headless';
import { runWizard, type WizardOptions } from '../../source/tui/index.tsx';
import type { Session } from '../../source/engine/session.ts';

/** Ink reads one `readable` at a time; a real terminal also may hand over several keys in one chunk. */
export class Keyboard extends EventEmitter {
  readonly isTTY = true;
  #waiting: string[] = [];
  type(data: string): void {
    this.#waiting.push(data);
    this.emit('readable');
  }
  read(): string | null {
    return this.#waiting.shift() ?? null;
  }
  setEncoding(): void {}
  raw = false;
  setRawMode(raw: boolean): void {
    this.raw = raw;
  }
  resume(): void {}
  pause(): void {}
  ref(): void {}
  unref(): void {}
}

export class Screen extends EventEmitter {
  readonly isTTY = true;
  readonly terminal: InstanceType<typeof xterm.Terminal>;
  written = '';
  constructor(public columns: number, public rows: number) {
    super();
    this.terminal = new xterm.Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true, scrollback: 200 });
    this.terminal.write('$ harden-tui\r\n');
  }
  write = (data: string, done?: () => void): boolean => {
    this.written += data;
    this.terminal.write(data, done);
    return true;
  };
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.terminal.resize(columns, rows);
    this.emit('resize');
  }
}

const ENTER = '\r';
const NAMED: Readonly<Record<string, string>> = {
  enter: ENTER, esc: '\u001b', up: '\u001b[A', down: '\u001b[B', pagedown: '\u001b[6~', pageup: '\u001b[5~', 'ctrl-c': '\u0003', backspace: '\u007f',
};

const beat = (): Promise<void> => new Promise((resolve) => setImmediate(() => setTimeout(resolve, 0)));

export interface Walk {
  /** Keys one at a time; what came of them is waited for with `until`. */
  press(...keys: readonly string[]): Promise<void>;
  /** Several keys in one chunk, as fast fingers send them. */
  type(chunk: string): Promise<void>;
  /** Rows of the screen as a person sees them. */
  rows(): readonly string[];
  /** Waits until a text is in sight. */
  until(words: string | RegExp): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Waits until the picture stands still. */
  settled(): Promise<void>;
  /** Everything ever written, and the exit code once it is left. */
  written(): string;
  readonly exit: Promise<number>;
  onAlternateScreen(): boolean;
  /** What programs switch on and must switch off again. */
  modes(): { readonly raw: boolean; readonly mouse: boolean; readonly paste: boolean; readonly cursor: boolean };
}

const open = new Set<{ readonly over: Promise<void>; readonly cut: () => void }>();

/** Ends what a failed test left open: its timers would keep the whole run alive. */
export async function closeAll(): Promise<void> {
  for (const one of open) {
    one.cut();
    one.cut();
    await one.over;
  }
  open.clear();
}

/** The wizard on a terminal that is a program: 80x24 cells, wide characters and alternate screen included. */
export function walk(session: Session, options: Partial<WizardOptions> & { columns?: number; rows?: number } = {}): Walk {
  const { columns = 80, rows = 24, ...rest } = options;
  const keyboard = new Keyboard();
  const screen = new Screen(columns, rows);
  const seen = (): readonly string[] => {
    const { active } = screen.terminal.buffer;
    return Array.from({ length: screen.rows }, (_, i) => active.getLine(active.baseY + i)?.translateToString(true) ?? '');
  };
  /** Ink draws at most every 33 ms; a picture that stood still for longer than that is the picture. */
  const settle = async (): Promise<void> => {
    for (let still = 0, last = ''; still < 3;) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      await new Promise<void>((resolve) => screen.terminal.write('', resolve));
      const now = seen().join('\n').replace(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]|\d+\.\d (?:s|秒)/g, '');
      still = now === last ? still + 1 : 0;
      last = now;
    }
  };
  const exit = runWizard({
    session, lang: 'en', dryRun: false, path: '/home/me/shop', colour: true, now: () => 0, ...rest,
    stdin: keyboard as unknown as NodeJS.ReadStream, stdout: screen as unknown as NodeJS.WriteStream,
  });
  const over = exit.then(() => undefined, () => undefined);
  open.add({ over, cut: () => keyboard.type(NAMED['ctrl-c']!) });
  return {
    async press(...keys) {
      for (const key of keys) {
        await beat();
        keyboard.type(NAMED[key] ?? key);
        // Ink waits 20 ms for the rest of what may be an escape sequence.
        if (key === 'esc') await new Promise((resolve) => setTimeout(resolve, 30));
        // A yes is a `y` with nothing right behind it (tui/typed.ts).
        if (key === 'y') await new Promise((resolve) => setTimeout(resolve, 450));
      }
    },
    async type(chunk) {
      await beat();
      keyboard.type(chunk);
    },
    rows: seen,
    async until(words) {
      const end = Date.now() + 5000;
      const has = () => (typeof words === 'string' ? seen().join('\n').includes(words) : words.test(seen().join('\n')));
      while (!has()) {
        if (Date.now() > end) throw new Error(`never saw ${String(words)}:\n${seen().join('\n')}`);
        await settle();
      }
      await settle();
    },
    async resize(toColumns, toRows) {
      screen.resize(toColumns, toRows);
      await settle();
    },
    settled: settle,
    written: () => screen.written,
    exit,
    modes: () => {
      const { mouseTrackingMode, bracketedPasteMode } = screen.terminal.modes;
      const cursor = screen.written.lastIndexOf('\u001b[?25h') >= screen.written.lastIndexOf('\u001b[?25l');
      return { raw: keyboard.raw, mouse: mouseTrackingMode !== 'none', paste: bracketedPasteMode, cursor };
    },
    onAlternateScreen: () => screen.terminal.buffer.active.type === 'alternate',
  };
}
