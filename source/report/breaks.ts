// Where a line may end, in English and in Chinese: the one rule for every screen and for all that is printed.
import { graphemes, width } from './width.ts';

/** Marks that may not begin a line, and marks that may not end one. */
const CLOSING = /^[，。、；：？！）】》」』”’…,.;:?!)\]}%]$/u;
const OPENING = /^[（【《「『“‘([{]$/u;
/** A mark of a Latin sentence only where the word is over: `.env` and `:8080` begin one. */
const LATIN_MARK = /^[,.;:?!%]$/;
/** Before these a line may end though a Latin letter stands there: they begin something Chinese. */
const OPENS_CHINESE = /^[（【《「『“‘]$/u;
const COLOUR = /\u001b\[[0-9;]*m/g;
/** A path may have Chinese in it, and is still one word. What has no Latin letter is rather two Chinese words: 启动/停止. */
const PATH = /[^\s，。、；：？！（）【】《》「」『』“”‘’]*\/[^\s，。、；：？！（）【】《》「」『』“”‘’]+/gu;

/** What stays together, and how many blanks stand before it. */
interface Unit {
  text: string;
  spaces: number;
}

/** By what a character must be told apart: colours take no room, a path is as one letter. */
function parts(text: string): readonly string[] {
  const paths = [...text.matchAll(PATH)].filter(([path]) => /[A-Za-z]/.test(path) && /[^\u0000-\u007f]/.test(path));
  const whole = [...paths, ...text.matchAll(COLOUR)].filter((m) => !paths.some((p) => p !== m && m.index >= p.index && m.index < p.index + p[0].length)).sort((a, b) => a.index - b.index);
  const found: string[] = [];
  let at = 0;
  for (const m of whole) {
    found.push(...graphemes(text.slice(at, m.index)), m[0]);
    at = m.index + m[0].length;
  }
  return [...found, ...graphemes(text.slice(at))];
}

/** What may not be broken: a word of Latin letters, a path, or one wide character with its punctuation. */
function units(text: string): readonly Unit[] {
  const found: Unit[] = [];
  const all = parts(text);
  let spaces = 0;
  let before = '';
  for (const [i, part] of all.entries()) {
    if (part === ' ') {
      spaces += 1;
      continue;
    }
    const last = found.at(-1);
    if (part.startsWith('\u001b') && last !== undefined && spaces === 0) {
      last.text += part;
      continue;
    }
    const closes = CLOSING.test(part) && !(LATIN_MARK.test(part) && /^[\w/]/.test(all[i + 1] ?? ''));
    const ofOneWord = width(before) < 2 && width(part) < 2 && before !== '”' && !OPENS_CHINESE.test(part);
    // An option of one letter stays with its value: `-u 0`.
    const joins = spaces === 0 ? closes || OPENING.test(before) || before.startsWith('\u001b') || ofOneWord : spaces === 1 && /^-[a-z]$/.test(last?.text ?? '');
    if (last !== undefined && joins) last.text += ' '.repeat(spaces) + part;
    else found.push({ text: part, spaces });
    spaces = 0;
    before = part;
  }
  return found;
}

function* pieces(unit: string, columns: number): Generator<string> {
  let piece = '';
  for (const part of graphemes(unit)) {
    if (piece !== '' && width(piece) + width(part) > columns) {
      yield piece;
      piece = '';
    }
    piece += part;
  }
  yield piece;
}

/**
 * Lines of at most so many columns: broken between words, and between Chinese characters, but so that none begins with a
 * closing mark or ends in an opening one. What is longer than a line by itself is cut, or left whole to be pasted.
 */
export function broken(text: string, columns: number, long: 'cut' | 'whole'): readonly string[] {
  if (width(text) <= columns) return [text];
  const lines: string[] = [];
  let line: string | undefined;
  let used = 0;
  for (const { text: unit, spaces } of units(text)) {
    const gap = ' '.repeat(spaces);
    const takes = width(unit);
    if (line !== undefined && used + spaces + takes <= columns) {
      line += gap + unit;
      used += spaces + takes;
      continue;
    }
    if (line !== undefined) lines.push(line);
    const first: string = line === undefined && (long === 'whole' || spaces + takes <= columns) ? gap + unit : unit;
    const all: readonly string[] = long === 'cut' && width(first) > columns ? [...pieces(first, columns)] : [first];
    lines.push(...all.slice(0, -1));
    line = all.at(-1) ?? '';
    used = width(line);
  }
  return line === undefined ? lines : [...lines, line];
}
