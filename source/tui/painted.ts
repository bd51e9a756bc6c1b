/** What Ink writes besides frames: it switches the terminal's modes on and off. */
 
const MODES = /^(?:\u001b\[\?[\d;]+[hl])*$/;
 
const LEAVES = /\u001b\[\?(?:1049|47)l/;

/** A frame is not seen half drawn, and no row spills into the next one while the window has become narrower. */
const BEGIN = '\u001b[?2026h\u001b[?7l';
const END = '\u001b[?7h\u001b[?2026l';

/** Whether the rows between the first and the last that changed only moved, by one line or by a turn of the wheel. */
function moved(before: readonly string[], next: readonly string[]): { readonly from: number; readonly to: number; readonly by: number } | undefined {
  if (before.length !== next.length) return undefined;
  const from = next.findIndex((row, i) => row !== before[i]);
  const to = next.findLastIndex((row, i) => row !== before[i]);
  const kept = (by: number): number => next.slice(from, to + 1).filter((row, i) => row !== '' && from + i + by >= from && from + i + by <= to && row === before[from + i + by]).length;
  const [by, rows] = [1, -1, 3, -3].map((one) => [one, kept(one)] as const).reduce((a, b) => (b[1] > a[1] ? b : a));
  return from >= 0 && rows > (to - from) / 2 ? { from, to, by } : undefined;
}

/** Rows that are not as they stand on the screen, each at its place. After a change of size nothing stands where it did. */
export function painter(size: () => { readonly columns: number; readonly rows: number }): { paint(frame: string): string; forget(): void } {
  let shown: readonly string[] = [];
  let at = '';
  return {
    paint(frame) {
      const { columns, rows } = size();
      const fresh = at !== `${columns}x${rows}`;
      const next = frame.split('\n').slice(0, rows);
      const stood = fresh ? [] : shown;
      const scroll = moved(stood, next);
      const before = scroll ? stood.map((row, i) => (i < scroll.from || i > scroll.to ? row : i + scroll.by < scroll.from || i + scroll.by > scroll.to ? '' : stood[i + scroll.by]!)) : stood;
      // The terminal moves them itself: over a slow line that is the difference.
      const scrolled = scroll ? `\u001b[${scroll.from + 1};${scroll.to + 1}r\u001b[${Math.abs(scroll.by)}${scroll.by > 0 ? 'S' : 'T'}\u001b[r` : '';
      const changed = Array.from({ length: Math.max(next.length, before.length) }, (_, i) => {
        const row = next[i] ?? '';
        return row === (before[i] ?? '') ? '' : `\u001b[${i + 1}H${(before[i] ?? '') === '' ? '' : '\u001b[K'}${row}`;
      }).join('');
      at = `${columns}x${rows}`;
      shown = next;
      return fresh ? `${BEGIN}\u001b[?25l\u001b[2J${changed}${END}` : scrolled + changed === '' ? '' : BEGIN + scrolled + changed + END;
    },
    forget() {
      at = '';
    },
  };
}

/**
 * The terminal as Ink gets it. Ink hands over whole frames (`debug`), and only what changed is written: its own way of
 * writing counts rows from the cursor, and leaves old ones behind when a window changes its size.
 */
export function painted(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  const { paint, forget } = painter(() => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }));
  const write = (data: unknown, ...rest: unknown[]): boolean => {
    const given = typeof data === 'string' && !MODES.test(data) ? paint(data) : data;
    // What stood there is gone with the screen: an editor may have been here when it comes back.
    if (typeof data === 'string' && LEAVES.test(data)) forget();
    return (stdout.write as (...all: unknown[]) => boolean)(given, ...rest);
  };
  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
