import type { Block, Directive, NginxFile } from '../nginx.ts';
import { eol, lacksFinalEol, lineEnd, lineStart, type TextEdit } from '../span.ts';

/** Other arguments in place of the old ones, as nginx writes them (quotes where they are needed). */
export function replaceArgs(directive: Directive, args: string): TextEdit {
  return { ...directive.argsSpan, text: directive.args.length === 0 ? ` ${args}` : args };
}

/** A directive on the line below another one and as deep as it. `source` has its `;`. */
export function insertAfter(file: NginxFile, directive: Directive, source: string): TextEdit {
  const end = lineEnd(file.text, directive.span.end);
  const rest = file.text.slice(directive.span.end, end).trim();
  // Only a comment may follow on the line; else the new one goes right behind.
  if (rest !== '' && !rest.startsWith('#')) return { start: directive.span.end, end: directive.span.end, text: ` ${source}` };
  return line(file, end, indentOf(file, directive), source);
}

export function insertBefore(file: NginxFile, directive: Directive, source: string): TextEdit {
  const start = lineStart(file.text, directive.span.start);
  const before = file.text.slice(start, directive.span.start).replace('\uFEFF', '');
  const at = before.trim() === '' ? directive.span.start : start;
  if (at !== directive.span.start) return { start: directive.span.start, end: directive.span.start, text: `${source} ` };
  return { start: at, end: at, text: source + eol(file.text) + before };
}

/** At the end of a block, or of the file. */
export function addDirective(file: NginxFile, source: string, block?: Block): TextEdit {
  const last = (block?.directives ?? file.directives).at(-1);
  if (last) return insertAfter(file, last, source);
  if (!block) return line(file, file.text.length, '', source);
  return { start: block.inner.start, end: block.inner.start, text: ` ${source}` };
}

/** Takes a directive out, with its lines where it has them for itself. */
export function removeDirective(file: NginxFile, directive: Directive): TextEdit {
  const { text } = file;
  const start = lineStart(text, directive.span.start);
  const end = lineEnd(text, Math.max(directive.span.start, directive.span.end - 1));
  const alone =
    text.slice(start, directive.span.start).replace('\uFEFF', '').trim() === '' &&
    /^\s*(?:#.*)?$/.test(text.slice(directive.span.end, end).trimEnd());
  if (!alone) return { ...directive.span, text: '' };
  return { start: start === 0 && text.startsWith('\uFEFF') ? 1 : start, end, text: '' };
}

function indentOf(file: NginxFile, directive: Directive): string {
  const before = file.text.slice(lineStart(file.text, directive.span.start), directive.span.start).replace('\uFEFF', '');
  return /^\s*/.exec(before)![0];
}

function line(file: NginxFile, at: number, indent: string, source: string): TextEdit {
  const newline = eol(file.text);
  const unfinished = at === file.text.length && lacksFinalEol(file.text);
  return { start: at, end: at, text: unfinished ? newline + indent + source : indent + source + newline };
}
