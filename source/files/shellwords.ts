import type { Span } from './span.ts';

/**
 * Command lines as words with places. The rules are those of Python's shlex in POSIX mode, which is
 * what supervisord and compose split with; the tests ask the real shlex.
 */

export interface Word extends Span {
  /** What the program is handed: quotes and escapes gone. */
  readonly value: string;
  /** Some of it was quoted or escaped, so the span's text is not the value. */
  readonly quoted: boolean;
}

export interface Words {
  readonly words: readonly Word[];
  /** A quote or an escape that never ends; the words up to there are still given. */
  readonly fault?: { readonly message: string; readonly offset: number };
}

const BLANK = /[ \t\r\n]/;

/**
 * Splits `text`; spans are offsets in it, moved on by `base` when it was cut out of a larger text.
 * `escape` is the backtick in Dockerfiles that say so.
 */
export function splitWords(text: string, base = 0, escape = '\\'): Words {
  const plain = escape === '\\' ? /[^ \t\r\n'"\\]/ : /[^ \t\r\n'"`]/;
  const words: Word[] = [];
  let fault: Words['fault'];
  let i = 0;
  while (i < text.length) {
    if (BLANK.test(text[i]!)) {
      i++;
      continue;
    }
    const start = i;
    const parts: string[] = [];
    let quoted = false;
    while (i < text.length && !BLANK.test(text[i]!)) {
      const char = text[i]!;
      if (char === "'" || char === '"') {
        const end = char === "'" ? text.indexOf("'", i + 1) : closingQuote(text, i + 1, escape);
        quoted = true;
        if (end === -1) {
          fault = { message: `The quote ${char} is never closed`, offset: base + i };
          parts.push(text.slice(i + 1));
          i = text.length;
        } else {
          const inner = text.slice(i + 1, end);
          parts.push(char === "'" ? inner : unescaped(inner, escape));
          i = end + 1;
        }
      } else if (char === escape) {
        quoted = true;
        if (i + 1 >= text.length) fault = { message: `Nothing follows the last ${escape}`, offset: base + i };
        else parts.push(text[i + 1]!);
        i += 2;
      } else {
        const from = i;
        while (i < text.length && plain.test(text[i]!)) i++;
        parts.push(text.slice(from, i));
      }
    }
    i = Math.min(i, text.length);
    words.push({ value: parts.join(''), start: base + start, end: base + i, quoted });
  }
  return fault ? { words, fault } : { words };
}

/** Between double quotes an escape counts only before the quote and before itself. */
function unescaped(inner: string, escape: string): string {
  return inner.includes(escape) ? inner.replace(escape === '\\' ? /\\(["\\])/g : /`(["`])/g, '$1') : inner;
}

function closingQuote(text: string, from: number, escape: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === escape) i++;
    else if (text[i] === '"') return i;
  }
  return -1;
}

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

// As the first word of a pasted line these would be grammar, not a program.
const GRAMMAR = new Set('if then elif else fi for while until do done case esac in function select time coproc'.split(' '));

/** One line that a shell, when it is pasted, splits into exactly this argv again. */
export function quote(argv: readonly string[]): string {
  return argv
    .map((word, i) => {
      const asCommand = i === 0 && (word.includes('=') || GRAMMAR.has(word));
      return PLAIN.test(word) && !asCommand ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
    })
    .join(' ');
}
