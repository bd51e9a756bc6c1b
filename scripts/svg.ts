// A terminal's screen, with its escapes, as an SVG picture: text that can be read, searched and scaled.
import xterm from '@xterm/headless';

const CELL = { width: 8.4, height: 18, size: 14 };
const MARGIN = 14;
const INK = '#d4d4d4';
const PAPER = '#1e1e1e';
// The sixteen colours as a dark terminal of today draws them (those of VS Code).
const PALETTE = ['#1e1e1e', '#f14c4c', '#23d18b', '#e5e510', '#6cb6ff', '#d670d6', '#29b8db', '#d4d4d4', '#8a8a8a', '#f14c4c', '#23d18b', '#f5f543', '#6cb6ff', '#d670d6', '#29b8db', '#ffffff'];

type Cell = NonNullable<ReturnType<NonNullable<ReturnType<InstanceType<typeof xterm.Terminal>['buffer']['active']['getLine']>>['getCell']>>;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Of the 256: the sixteen, a cube of 6x6x6, and greys (xterm's own numbers). */
function indexed(n: number): string {
  if (n < 16) return PALETTE[n]!;
  const steps = [0, 95, 135, 175, 215, 255];
  const rgb = n >= 232 ? [0, 1, 2].map(() => 8 + (n - 232) * 10) : [36, 6, 1].map((by) => steps[Math.floor((n - 16) / by) % 6]!);
  return `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function colour(cell: Cell): string {
  const own = cell.isFgPalette() ? indexed(cell.getFgColor()) : cell.isFgRGB() ? `#${cell.getFgColor().toString(16).padStart(6, '0')}` : INK;
  return cell.isInverse() ? PAPER : own;
}

const style = (cell: Cell): string =>
  [`fill="${colour(cell)}"`, ...(cell.isBold() ? ['font-weight="bold"'] : []), ...(cell.isDim() ? ['opacity="0.6"'] : []), ...(cell.isUnderline() ? ['text-decoration="underline"'] : [])].join(' ');

/** Runs of cells that look alike; each begins at its own column, so that no font can shift what stands right of it. */
function row(line: { readonly length: number; getCell(x: number): Cell | undefined }, y: number): readonly string[] {
  const runs: { at: number; cells: number; text: string; style: string; inverse: boolean }[] = [];
  for (let x = 0; x < line.length; x++) {
    const cell = line.getCell(x);
    if (!cell || cell.getWidth() === 0) continue;
    const last = runs.at(-1);
    const looks = style(cell);
    const [text, inverse] = [cell.getChars() || ' ', cell.isInverse() !== 0];
    // A wide character ends a run: what a font makes of its width is not ours to know.
    if (last && last.style === looks && last.inverse === inverse && cell.getWidth() === 1 && last.cells === last.text.length) Object.assign(last, { text: last.text + text, cells: last.cells + 1 });
    else runs.push({ at: x, cells: cell.getWidth(), text, style: looks, inverse });
  }
  const top = MARGIN + y * CELL.height;
  return runs.filter((run) => run.text.trim() !== '' || run.inverse).flatMap((run) => {
    const [left, wide] = [(MARGIN + run.at * CELL.width).toFixed(1), (run.cells * CELL.width).toFixed(1)];
    return [
      ...(run.inverse ? [`<rect x="${left}" y="${top}" width="${wide}" height="${CELL.height}" fill="${INK}"/>`] : []),
      `<text x="${left}" y="${top + CELL.size}" textLength="${wide}" lengthAdjust="spacingAndGlyphs" ${run.style} xml:space="preserve">${escaped(run.text)}</text>`,
    ];
  });
}

/** `screen`: rows with their escapes (SGR), as `tmux capture-pane -e -p` gives them. `title` is read out in its place. */
export async function svg(screen: readonly string[], title: string, size = { columns: 80, rows: 24 }): Promise<string> {
  const terminal = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true, convertEol: true });
  await new Promise<void>((resolve) => terminal.write(screen.slice(0, size.rows).join('\n'), resolve));
  const rows = Array.from({ length: size.rows }, (_, y) => row(terminal.buffer.active.getLine(y)!, y)).flat();
  const [width, height] = [Math.ceil(size.columns * CELL.width + 2 * MARGIN), size.rows * CELL.height + 2 * MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace" font-size="${CELL.size}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

/** The words of such a picture, row by row, spaces in a row as one: what a test compares. */
export function wordsOf(picture: string): readonly string[] {
  const rows = new Map<number, string[]>();
  for (const [, y, text] of picture.matchAll(/<text x="[^"]*" y="(\d+)"[^>]*>([^<]*)<\/text>/g)) rows.set(Number(y), [...(rows.get(Number(y)) ?? []), text!]);
  return [...rows].sort(([a], [b]) => a - b).map(([, texts]) => texts.join(' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replace(/ +/g, ' ').trim());
}
