import type { Span } from '../span.ts';

export interface Token extends Span {
  readonly kind: 'word' | ';' | '{' | '}';
  readonly value: string;
  readonly quoted: boolean;
  readonly fault?: string;
}

const BLANK = /\s/;

/** Words and signs, comments left out. The body of a `…_by_lua_block` is one word of its own. */
export function* tokens(text: string): Generator<Token> {
  let i = text.startsWith('\uFEFF') ? 1 : 0;
  let lua = false;
  while (i < text.length) {
    const char = text[i]!;
    if (BLANK.test(char)) {
      i++;
    } else if (char === '#') {
      const newline = text.indexOf('\n', i);
      i = newline === -1 ? text.length : newline;
    } else if (char === ';' || char === '{' || char === '}') {
      yield { kind: char, value: char, quoted: false, start: i, end: i + 1 };
      i++;
      if (char === '{' && lua) i = luaEnd(text, i);
      lua = false;
    } else {
      const token = char === '"' || char === "'" ? quotedWord(text, i) : plainWord(text, i);
      // content_by_lua_block and its kin: braces in there are Lua's.
      lua ||= /_by_lua_block$/.test(token.value.slice(-40));
      yield token;
      i = token.end;
    }
  }
}

function quotedWord(text: string, start: number): Token {
  const quote = text[start]!;
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return { kind: 'word', value: unescaped(text.slice(start + 1, i)), quoted: true, start, end: i + 1 };
  }
  return {
    kind: 'word',
    value: unescaped(text.slice(start + 1)),
    quoted: true,
    start,
    end: text.length,
    fault: `The quote ${quote} is never closed`,
  };
}

function plainWord(text: string, start: number): Token {
  let i = start;
  for (; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\\') i++;
    // `${name}` opens no block.
    else if (char === '{' && text[i - 1] === '$' && i > start) continue;
    else if (char === ';' || char === '{' || BLANK.test(char)) break;
  }
  const end = Math.min(i, text.length);
  return { kind: 'word', value: unescaped(text.slice(start, end)), quoted: false, start, end };
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', '"': '"', "'": "'", '\\': '\\' };

function unescaped(written: string): string {
  return written.includes('\\') ? written.replace(/\\([^])/g, (whole, char: string) => ESCAPES[char] ?? whole) : written;
}

/** The offset of the brace that closes a Lua block; strings and comments of Lua may hold others. */
function luaEnd(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '"' || char === "'") {
      for (i++; i < text.length && text[i] !== char && text[i] !== '\n'; i++) if (text[i] === '\\') i++;
    } else if (char === '[' || (char === '-' && text[i + 1] === '-')) {
      const dashes = char === '-' ? 2 : 0;
      const long = /^\[(=*)\[/.exec(text.slice(i + dashes, i + dashes + 50));
      if (long) {
        const end = text.indexOf(`]${long[1]}]`, i);
        i = end === -1 ? text.length : end + long[1]!.length + 1;
      } else if (dashes > 0) {
        const newline = text.indexOf('\n', i);
        i = newline === -1 ? text.length : newline;
      }
    } else if (char === '{') depth++;
    else if (char === '}' && depth-- === 0) return i;
  }
  return text.length;
}
