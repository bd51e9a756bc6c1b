import { emitKeypressEvents, type Key } from 'node:readline';
import { createInterface } from 'node:readline';
import type { Front, Seat } from '../front.ts';
import { written } from '../input.ts';
import { isBusy } from '../screens/common.ts';
import { kindOf } from '../screens/index.ts';
import { clipboard } from '../terminal.ts';
import { typed, typing } from '../typed.ts';
import { viewOf } from '../view.ts';
import { wrap } from '../wrap.ts';
import { shown } from '../wizard.ts';
import { keysOfLine } from './line.ts';
import { newsOf, saidOf, type Said } from './said.tsx';

const NAMED: Readonly<Record<string, string>> = { return: 'enter', enter: 'enter', escape: 'esc', space: 'space', backspace: 'backspace', delete: 'delete', up: 'up', down: 'down', pageup: 'pageup', pagedown: 'pagedown', home: 'home', end: 'end', tab: 'tab' };

const keyOf = (text: string | undefined, key: Key): string | undefined =>
  NAMED[key.name ?? ''] ?? (key.ctrl ? `ctrl-${key.name}` : text !== undefined && written(text) !== undefined ? text : undefined);

/** The same wizard in sentences: key by key for a screen reader, line by line on a terminal that can do no more. */
export function linear({ store, stdin, stdout }: Seat): Front {
  const { given } = store.get();
  const byLine = given.linear === 'lines';
  let said: Said | undefined;
  let waiting = false;
  let closed = false;
  /** The prompt stands there: what comes by itself begins a row of its own. */
  let asked = false;
  let over = (): void => undefined;
  const ended = new Promise<void>((resolve) => { over = resolve; });

  const speak = (): void => {
    waiting = false;
    const wizard = store.get();
    if (wizard.left !== undefined) return close();
    const now = saidOf(wizard, () => performance.now());
    const isFirst = said === undefined;
    const news = newsOf(said, now).map((row) => (byLine ? row : row.replace(/^> /, viewOf(wizard).words.spoken.here)));
    // How a key is typed where every line is one, said once.
    const rows = byLine && isFirst ? [...news, viewOf(wizard).words.spoken.typing] : news;
    said = now;
    if (rows.length > 0) stdout.write(`${asked ? '\n' : ''}${rows.flatMap((row) => (byLine && !now.verbatim ? wrap(row, Math.min(stdout.columns || 80, 100) - 1) : [row])).join('\n')}\n`);
    if (rows.length === 0) return;
    asked = byLine && !isBusy(wizard);
    if (asked) lines?.prompt();
  };
  // What happens at once is said at once: a key may change several things.
  const soon = (): void => {
    if (waiting || closed) return;
    waiting = true;
    setTimeout(speak, 20);
  };
  const unsubscribe = store.subscribe(soon);

  const lines = byLine ? createInterface({ input: stdin, output: stdout, terminal: false, prompt: '> ' }) : undefined;
  const queue: string[] = [];
  const next = (): void => {
    const line = queue.shift();
    if (line === undefined || closed) return;
    // A yes to what was not asked yet is dropped with all that was typed ahead.
    const before = store.get();
    if (!typed(store, keysOfLine(line, before))) queue.length = 0;
    if (store.get() === before) stdout.write(`${saidOf(before).keys}\n> `);
    soon();
    setTimeout(next, 50);
  };
  lines?.on('line', (line) => {
    asked = false;
    queue.push(line);
    if (queue.length === 1) setTimeout(next, 0);
  });
  // Nobody is there any more: what goes on is brought to its end, then the wizard leaves.
  lines?.on('close', () => {
    const leave = (): void => {
      if (!closed && queue.length === 0 && !isBusy(store.get())) store.tell({ kind: 'signal', code: 0 });
    };
    if (!closed) store.subscribe(leave);
    setTimeout(leave, 200);
  });

  const keys = typing(store);
  let pasting = false;
  const pressed = (text: string | undefined, key: Key): void => {
    if (key.name === 'paste-start' || key.name === 'paste-end') {
      pasting = key.name === 'paste-start';
      return;
    }
    const one = keyOf(text, key);
    if (one === undefined) return;
    const wizard = store.get();
    const entry = kindOf(shown(wizard)).entry?.(shown(wizard), wizard) !== undefined;
    if (pasting) {
      if (!entry || text === undefined) return;
      stdout.write(text);
      return store.tell({ kind: 'pasted', text });
    }
    // Letters of a word are heard as they are typed.
    if (entry) stdout.write(one === 'enter' ? '\n' : written(one) ?? '');
    keys([one]);
    soon();
  };
  const raw = (on: boolean): void => {
    if (byLine) return;
    stdin.setRawMode(on);
    stdout.write(on ? '\u001b[?2004h' : '\u001b[?2004l');
    stdin[on ? 'on' : 'off']('keypress', pressed);
    if (on) stdin.resume();
    else stdin.pause();
  };
  if (!byLine) emitKeypressEvents(stdin);
  raw(true);
  soon();

  function close(): void {
    if (closed) return;
    closed = true;
    unsubscribe();
    raw(false);
    lines?.close();
    stdin.unref();
    over();
  }
  return {
    over: ended,
    close,
    async lend(callback) {
      raw(false);
      lines?.pause();
      await callback().finally(() => {
        raw(true);
        lines?.resume();
      });
    },
    copy: (text) => void stdout.write(byLine ? `${text}\n` : clipboard(text)),
  };
}
