import stringWidth from 'string-width';

const ASCII = /^[\u0020-\u007e]*$/;
export const width = (text: string): number => (ASCII.test(text) ? text.length : stringWidth(text));
export const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)));

/** Words of Latin letters stay whole; between Chinese characters a line may end, but no line begins with their punctuation. */
const UNITS = /[\p{Script=Han}\u3040-\u30ff][，。、；：？！）】》」』”’]*|[，。、；：？！）】》」』“‘（【《「『]+|[^\s\p{Script=Han}\u3040-\u30ff，。、；：？！）】》」』“‘（【《「『]+[，。、；：？！）】》」』”’]*|\s+/gu;

/** Lines of at most so many columns. A word that is longer, a path or a command, is left whole. */
export function wrap(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((row) => {
    if (width(row) <= columns) return [row];
    const lines: string[] = [];
    let line = '';
    for (const unit of row.match(UNITS) ?? []) {
      const blank = /^\s/.test(unit);
      if (width(line) + width(unit) > columns && line.trim() !== '') {
        lines.push(line.trimEnd());
        line = blank ? '' : unit;
      } else line += unit;
    }
    return line.trim() === '' ? lines : [...lines, line.trimEnd()];
  });
}

/** A label, and beside it a text whose later lines stand under its first; under the label where that leaves less than two blanks between them. */
export function labelled(label: string, text: string, indent: number, columns: number): readonly string[] {
  const lines = wrap(text, Math.max(20, columns - indent)).map((line) => ' '.repeat(indent) + line);
  const head = label.trimEnd();
  if (width(head) > indent - 2) return [head, ...lines];
  return lines.map((line, i) => (i === 0 ? pad(head, indent) + line.slice(indent) : line));
}

/** A sentence that ends in a command to be pasted: the command is never broken, and stands on a line of its own where there is no room. */
export function ending(sentence: string, columns: number): readonly string[] {
  const { index } = /[:：]\s*(?=[^:：]*\bharden-tui\b|npm start)/.exec(sentence) ?? {};
  if (width(sentence) <= columns || index === undefined) return wrap(sentence, columns);
  return [...wrap(sentence.slice(0, index + 1), columns), `  ${sentence.slice(index + 1).trim()}`];
}
