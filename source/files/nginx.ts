/**
 * nginx configuration as a tree of directives with places. The rules of words, quotes and comments are
 * those of nginx's own reader; what a directive means is not known here.
 */
import { tokens, type Token } from './nginx/tokens.ts';
import type { Word } from './shellwords.ts';
import { positions, type ParseFault, type Span } from './span.ts';

export { addDirective, insertAfter, insertBefore, removeDirective, replaceArgs } from './nginx/edits.ts';

export interface Directive {
  readonly name: string;
  readonly nameSpan: Span;
  /** Quotes and escapes gone, variables as written. */
  readonly args: readonly Word[];
  /** From the first argument to the last; empty behind the name when there are none. */
  readonly argsSpan: Span;
  /** With its `;` or its closing brace. */
  readonly span: Span;
  readonly line: number;
  readonly block?: Block;
}

export interface Block {
  /** Between the braces. */
  readonly inner: Span;
  readonly directives: readonly Directive[];
}

export interface NginxFile {
  readonly text: string;
  readonly directives: readonly Directive[];
  readonly faults: readonly ParseFault[];
}

const MOST_FAULTS = 100;

/** Reads any text; what makes no sense is in `faults`. */
export function parseNginx(text: string): NginxFile {
  const place = positions(text);
  const faults: ParseFault[] = [];
  const complain = (message: string, offset: number) => {
    if (faults.length < MOST_FAULTS) faults.push({ message, ...place(offset) });
  };
  const top: Directive[] = [];
  const open: { words: readonly Token[]; from: number; directives: Directive[] }[] = [];
  let words: Token[] = [];
  const add = (made: Directive) => (open.at(-1)?.directives ?? top).push(made);
  const make = (from: readonly Token[], end: number, block?: Block) => {
    const [name, ...args] = from;
    add({
      name: name!.value,
      nameSpan: { start: name!.start, end: name!.end },
      args: args.map(({ value, start, end: until, quoted }) => ({ value, start, end: until, quoted })),
      argsSpan: { start: args[0]?.start ?? name!.end, end: args.at(-1)?.end ?? name!.end },
      span: { start: name!.start, end },
      line: place(name!.start).line,
      ...(block && { block }),
    });
  };
  const close = (inner: number, end: number) => {
    const { words: head, from, directives } = open.pop()!;
    make(head, end, { inner: { start: from, end: inner }, directives });
  };

  for (const token of tokens(text)) {
    if (token.fault !== undefined) complain(token.fault, token.start);
    if (token.kind === 'word') words.push(token);
    else if (token.kind === ';') {
      if (words.length > 0) make(words, token.end);
      else complain('A ; with nothing before it', token.start);
      words = [];
    } else if (token.kind === '{') {
      if (words.length === 0) complain('A { with nothing before it', token.start);
      open.push({ words: words.length > 0 ? words : [{ ...token, kind: 'word', value: '' }], from: token.end, directives: [] });
      words = [];
    } else if (token.kind === '}') {
      if (words.length > 0) complain('The ; is missing', words[0]!.start);
      words = [];
      if (open.length > 0) close(token.start, token.end);
      else complain('A } without its {', token.start);
    }
  }
  if (words.length > 0) complain('The ; is missing', words[0]!.start);
  while (open.length > 0) {
    complain('The block is never closed', open.at(-1)!.from);
    close(text.length, text.length);
  }
  return { text, directives: top, faults };
}

/** Every directive of the file, each with the blocks it stands in, outermost first. */
export function* walkDirectives(file: NginxFile): Generator<{ directive: Directive; within: readonly Directive[] }> {
  const waiting = [...file.directives].reverse().map((directive) => ({ directive, within: [] as readonly Directive[] }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    const { directive, within } = next;
    if (!directive.block) continue;
    // Deep blocks would make these lists long; nobody nests this far.
    const inner = within.length < 100 ? [...within, directive] : within;
    for (let i = directive.block.directives.length - 1; i >= 0; i--) waiting.push({ directive: directive.block.directives[i]!, within: inner });
  }
}

/** The directives of that name among these. */
export function named(directives: readonly Directive[], name: string): Directive[] {
  return directives.filter((directive) => directive.name === name);
}
