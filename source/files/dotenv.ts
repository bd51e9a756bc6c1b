/**
 * `.env` and `env_file` as compose reads them. (`docker run --env-file` knows no quotes: there a quote is
 * part of the value, so what is written here should need none.)
 */
import { interpolate } from './compose/interpolate.ts';
import { eol, lacksFinalEol, lineEnd, positions, type Edits, type ParseFault, type Span, type TextEdit } from './span.ts';

export interface EnvEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /** Quotes, escapes and comments gone, variables as written; undefined where only the name stands. */
  readonly value?: string;
  /** With its quotes; empty where the value would begin. */
  readonly valueSpan: Span;
  readonly quote: '' | "'" | '"';
  readonly exported: boolean;
  readonly interpolated: boolean;
  readonly lines: Span;
  readonly line: number;
}

export interface EnvFile {
  readonly text: string;
  readonly entries: readonly EnvEntry[];
  readonly faults: readonly ParseFault[];
}

const MOST_FAULTS = 100;

/** Reads any text; what makes no sense is in `faults`. */
export function parseDotenv(text: string): EnvFile {
  const place = positions(text);
  const entries: EnvEntry[] = [];
  const faults: ParseFault[] = [];
  const complain = (message: string, offset: number) => {
    if (faults.length < MOST_FAULTS) faults.push({ message, ...place(offset) });
  };
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length;) {
    let end = lineEnd(text, start);
    const ink = skipBlanks(text, start, end);
    if (ink < end && text[ink] !== '#') {
      const entry = readEntry(text, ink, end);
      if (!entry) complain('The line is no NAME=value', ink);
      else {
        if (entry.fault !== undefined) complain(entry.fault, entry.valueSpan.start);
        end = lineEnd(text, Math.max(start, entry.valueSpan.end - 1));
        const { fault: _fault, ...found } = entry;
        entries.push({ ...found, lines: { start, end }, line: place(ink).line });
      }
    }
    start = end;
  }
  return { text, entries, faults };
}

type Found = Omit<EnvEntry, 'lines' | 'line'> & { fault?: string };

function readEntry(text: string, start: number, end: number): Found | undefined {
  const head = /^(export[ \t]+)?([A-Za-z_][\w.-]{0,500})[ \t]*([=:]?)[ \t]*/.exec(text.slice(start, Math.min(end, start + 1000)));
  if (!head) return undefined;
  const nameStart = start + (head[1]?.length ?? 0);
  const nameSpan = { start: nameStart, end: nameStart + head[2]!.length };
  const at = start + head[0].length;
  const common = { name: head[2]!, nameSpan, exported: head[1] !== undefined };
  if (head[3] === '') {
    return /^\s*(?:#|$)/.test(text.slice(at, end))
      ? { ...common, valueSpan: { start: nameSpan.end, end: nameSpan.end }, quote: '', interpolated: false }
      : undefined;
  }
  const quote = text[at] === "'" || text[at] === '"' ? text[at] : '';
  if (quote === '') return { ...common, quote: '', ...plainValue(text, at, end) };
  const close = closing(text, at + 1, quote);
  if (close === -1) return { ...common, quote: '', ...plainValue(text, at, end), fault: `The quote ${quote} is never closed` };
  const inner = text.slice(at + 1, close);
  const value = quote === '"' ? inner.replace(/\\([nrt"\\$])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char) : inner;
  return { ...common, quote: quote as "'" | '"', value, valueSpan: { start: at, end: close + 1 }, interpolated: quote === '"' && hasVariable(inner) };
}

/** Up to a ` #` or the end of the line. */
function plainValue(text: string, start: number, end: number) {
  const rest = text.slice(start, end);
  const comment = rest.search(/(?:^|[ \t])#/);
  const value = (comment === -1 ? rest : rest.slice(0, comment)).trimEnd();
  return { value, valueSpan: { start, end: start + value.length }, interpolated: hasVariable(value) };
}

const hasVariable = (value: string) => interpolate(value, {}).interpolated;

function closing(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  return -1;
}

function skipBlanks(text: string, start: number, end: number): number {
  while (start < end && /\s/.test(text[start]!)) start++;
  return start;
}

/** All values (in an object without a prototype, as a name may be anything), each resolved with those above it and with `env` (which wins, as the shell does). */
export function values(file: EnvFile, env: Readonly<Record<string, string>> = {}): Record<string, string> {
  const known: Record<string, string> = Object.assign(Object.create(null), env);
  const found: Record<string, string> = Object.create(null);
  for (const { name, value, interpolated } of file.entries) {
    const resolved = value === undefined ? env[name] : interpolated ? interpolate(value, known).value : value;
    if (resolved === undefined) continue;
    found[name] = resolved;
    if (!Object.hasOwn(env, name)) known[name] = resolved;
  }
  return found;
}

/** Another value for the last entry of that name, or a new line at the end. */
export function setVariable(file: EnvFile, name: string, value: string): Edits {
  if (/[\r\n]/.test(value)) return { refused: 'The value has several lines' };
  const old = file.entries.findLast((entry) => entry.name === name);
  if (old?.interpolated) return { refused: `${name} comes from a variable, so the value is decided elsewhere` };
  const written = quoted(value, old?.quote ?? '');
  if (old?.value !== undefined) return old.value === value ? [] : [{ ...old.valueSpan, text: written }];
  if (old) return [{ ...old.valueSpan, text: `=${written}` }];
  const newline = eol(file.text);
  const at = file.text.length;
  return [{ start: at, end: at, text: lacksFinalEol(file.text) ? `${newline}${name}=${written}` : `${name}=${written}${newline}` }];
}

function quoted(value: string, quote: EnvEntry['quote']): string {
  if (quote === '' && /^[\w./:@%+,=-]*$/.test(value)) return value;
  if (quote !== '"' && !value.includes("'")) return `'${value}'`;
  return `"${value.replace(/["\\$]/g, '\\$&')}"`;
}

export function removeVariable(file: EnvFile, entry: EnvEntry): TextEdit {
  const { start, end } = entry.lines;
  // When the last line goes, a file without a final line ending stays one.
  const unfinished = end === file.text.length && lacksFinalEol(file.text) && file.text[start - 1] === '\n';
  return { start: start - (unfinished ? (file.text[start - 2] === '\r' ? 2 : 1) : 0), end, text: '' };
}
