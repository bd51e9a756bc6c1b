import type { Span } from '../span.ts';

/** A user, group, host or account; aliases and `ALL` too. Quotes and escapes are gone from `value`. */
export interface Name extends Span {
  readonly value: string;
  readonly negated: boolean;
}

/** A line that makes no sense from `offset` on. */
export class Unreadable extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Blanks, and a backslash that ends a line: it goes on in the next one. */
const BLANKS = /(?:[ \t]|\\[ \t]*\r?\n)*/y;
/** `#1000` is an account's number; any other `#` begins a comment, up to the end of its own line. */
const COMMENT = /#(?!-?\d)[^\n]*/y;
const NUMBER = /#-?\d+/y;
const WORD = /(?:[^#>!=:,() \t\r\n\\"]|\\[^\t\r\n])+/y;
const QUOTED = /"(?:[^"\r\n\\]|\\\r?\n|\\.)*"/y;
const ADDRESS = /[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:\/[0-9A-Fa-f:.]+)?/y;
const LINE_END = /\r?\n|\r?$/y;

/** Goes through the text once; each `match` is bound to the place where it stands. */
export class Reader {
  readonly text: string;
  at: number;

  constructor(text: string) {
    this.text = text;
    this.at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  peek(): string {
    return this.text[this.at] ?? '';
  }

  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at += found[0].length;
    return found;
  }

  /** Passes over blanks; true when a line was continued meanwhile. */
  blanks(): boolean {
    return this.match(BLANKS)?.[0].includes('\n') ?? false;
  }

  atEnd(): boolean {
    const char = this.peek();
    if (char === '#') return !/^#-?\d/.test(this.text.slice(this.at, this.at + 3));
    return char === '' || char === '\n' || (char === '\r' && (this.text[this.at + 1] ?? '\n') === '\n');
  }

  take(sign: string): boolean {
    this.blanks();
    if (this.peek() !== sign) return false;
    this.at++;
    return true;
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw this.complaint(`A ${sign} is missing`);
  }

  complaint(message: string): Unreadable {
    return new Unreadable(message, Math.min(this.at, this.text.length));
  }

  /** Nothing but a comment may follow. */
  endOfLine(): void {
    this.blanks();
    this.match(COMMENT);
    if (!this.match(LINE_END)) throw this.complaint('The line goes on where it should end');
  }

  /** To the end of the line and of those that continue it; what was left open can't be told apart from it. */
  skipLine(): void {
    for (;;) {
      const end = this.text.indexOf('\n', this.at);
      if (end === -1) {
        this.at = this.text.length;
        return;
      }
      const goesOn = /\\[ \t]*\r?$/.test(this.text.slice(Math.max(this.at, end - 200), end));
      this.at = end + 1;
      if (!goesOn) return;
    }
  }

  /** The settings of a `Defaults` line: words, quotes and continuations, up to a comment or the end. */
  skipSettings(): void {
    while (!this.atEnd()) {
      if (this.match(QUOTED)) continue;
      const before = this.at;
      this.blanks();
      if (this.at === before) this.at += this.peek() === '\\' && !/[\r\n]/.test(this.text[this.at + 1] ?? '\n') ? 2 : 1;
    }
  }

  /** `path` or `"path"`; a blank in it is escaped. */
  includePath(): string {
    this.blanks();
    const quoted = this.match(QUOTED)?.[0];
    const path = quoted === undefined ? this.match(/(?:[^ \t\r\n\\"]|\\[^\r\n])+/y)?.[0].replace(/\\(.)/g, '$1') : quoted.slice(1, -1);
    if (!path) throw this.complaint('No file is named');
    return path;
  }

  name(of: 'user' | 'host'): Name {
    this.blanks();
    const start = this.at;
    let negated = false;
    while (this.take('!')) negated = !negated;
    this.blanks();
    const value = this.plainName(of);
    if (value === undefined) throw this.complaint(`A ${of} is missing`);
    return { value, negated, start, end: this.at };
  }

  private plainName(of: 'user' | 'host'): string | undefined {
    const quoted = this.match(QUOTED)?.[0];
    if (quoted !== undefined) return quoted.slice(1, -1).replace(/\\"/g, '"');
    const address = of === 'host' ? this.match(ADDRESS)?.[0] : undefined;
    if (address !== undefined) return address;
    // `%group`, `%:group` of another directory, `%#33`.
    const sign = this.match(/%:?/y)?.[0] ?? '';
    const rest = this.match(NUMBER)?.[0] ?? this.match(QUOTED)?.[0].slice(1, -1) ?? this.match(WORD)?.[0].replace(/\\(.)/g, '$1');
    return rest === undefined ? undefined : sign + rest;
  }

  names(of: 'user' | 'host'): Name[] {
    const all = [this.name(of)];
    while (this.take(',')) all.push(this.name(of));
    return all;
  }
}
