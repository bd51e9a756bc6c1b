import { offsetIn, type Joined } from '../joined.ts';
import { positions, type ParseFault, type Span } from '../span.ts';
import { blankSeparated } from './words.ts';

/**
 * The lines of a Dockerfile joined into instructions, by BuildKit's own rules: the escape directive,
 * continuations with comments and blank lines between them, and here-documents.
 *
 * dockerfile-ast serves the tests as a second opinion. It is not used here because a here-document written
 * with a space (`RUN cat << 'EOF'`) splits it, so a USER inside a script would look like a real one.
 */

export interface Heredoc {
  readonly name: string;
  /** The lines between the instruction and the terminator. */
  readonly body: Span;
}

export interface RawInstruction {
  readonly joined: Joined;
  /** From the keyword to the end of the last line (a terminator's, if there is one), line ending left out. */
  readonly span: Span;
  readonly lineStart: number;
  /** Start of the comment lines that stand directly above, or `lineStart`. */
  readonly commentStart: number;
  readonly heredocs: readonly Heredoc[];
}

export interface RawDockerfile {
  readonly escape: string;
  readonly instructions: readonly RawInstruction[];
  readonly faults: readonly ParseFault[];
}

interface Line extends Span {
  /** First character that is no blank; `end` on a blank line. */
  readonly ink: number;
}

export function scanLines(text: string): RawDockerfile {
  const lines = splitLines(text);
  const escape = escapeCharacter(text, lines);
  const instructions: RawInstruction[] = [];
  const faults: ParseFault[] = [];
  const place = positions(text);
  const terminators = terminatorIndex(text, lines);
  let comment: number | undefined;

  for (let i = 0; i < lines.length; i++) {
    const first = lines[i]!;
    if (first.ink === first.end) {
      comment = undefined;
      continue;
    }
    if (text[first.ink] === '#') {
      comment ??= first.start;
      continue;
    }
    const pieces: { from: number; at: number }[] = [];
    const parts: string[] = [];
    let length = 0;
    let last = first;
    for (let from = first.ink; ;) {
      const cut = continuation(text, from, last.end, escape);
      const until = cut ?? last.end;
      if (until > from || pieces.length === 0) pieces.push({ from: length, at: from });
      parts.push(text.slice(from, until));
      length += until - from;
      if (cut === undefined) break;
      // Comments and blank lines between continued lines are skipped, not joined.
      do i++;
      while (i < lines.length && (lines[i]!.ink === lines[i]!.end || text[lines[i]!.ink] === '#'));
      const next = lines[i];
      if (!next) break;
      last = next;
      from = next.start;
    }
    const joined = { text: parts.join(''), pieces };
    const heredocs: Heredoc[] = [];
    for (const { name, chomp, spaced, index } of heredocsIn(joined.text)) {
      const begin = i + 1;
      const end = terminators(name, chomp, begin);
      if (end !== undefined) {
        heredocs.push({ name, body: { start: lines[begin]!.start, end: lines[end]!.start } });
        i = end;
        last = lines[end]!;
      } else if (!spaced) {
        faults.push({ message: `The here-document ${name} never ends`, ...place(offsetIn(joined, index)) });
      }
    }
    const keyword = joined.text.search(/\S/);
    if (keyword !== -1) {
      instructions.push({
        joined,
        span: { start: offsetIn(joined, keyword), end: last.end },
        lineStart: first.start,
        commentStart: comment ?? first.start,
        heredocs,
      });
    }
    comment = undefined;
  }
  return { escape, instructions, faults };
}

function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    let end = newline === -1 ? text.length : newline;
    while (end > start && text[end - 1] === '\r') end--;
    let ink = start;
    while (ink < end && /\s/.test(text[ink]!)) ink++;
    lines.push({ start, end, ink });
    start = next;
  }
  return lines;
}

/** `# escape=` counts only among the directives at the very top. */
function escapeCharacter(text: string, lines: readonly Line[]): string {
  for (const line of lines) {
    const directive = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S+)\s*$/.exec(text.slice(line.ink, Math.min(line.end, line.ink + 500)));
    if (!directive) break;
    if (directive[1]!.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\';
  }
  return '\\';
}

/** Where the text of a continued line ends, or undefined when the line is not continued. */
function continuation(text: string, start: number, end: number, escape: string): number | undefined {
  let last = end - 1;
  while (last >= start && (text[last] === ' ' || text[last] === '\t')) last--;
  if (last < start || text[last] !== escape) return undefined;
  return last > start && text[last - 1] === escape ? undefined : last;
}

interface HeredocMark {
  readonly name: string;
  readonly chomp: boolean;
  readonly spaced: boolean;
  readonly index: number;
}

/** Only RUN, COPY and ADD (also behind ONBUILD) take here-documents, and not in the JSON form. */
function heredocsIn(text: string): HeredocMark[] {
  if (!text.includes('<<') || !/^\s*(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s+(?!\[)/i.test(text)) return [];
  const marks: HeredocMark[] = [];
  let waiting: HeredocMark | undefined;
  for (const { start, end } of blankSeparated(text)) {
    const word = text.slice(start, end);
    if (waiting) marks.push({ ...waiting, name: bare(word) });
    waiting = undefined;
    const mark = /^\d*<<(-?)([^<]*)$/.exec(word);
    if (!mark) continue;
    const seen = { name: bare(mark[2]!), chomp: mark[1] === '-', spaced: mark[2] === '', index: start };
    if (seen.spaced) waiting = seen;
    else if (seen.name !== '') marks.push(seen);
  }
  return marks;
}

const bare = (word: string) => word.replace(/['"]/g, '').replace(/\\(.)/g, '$1');

/** Finds the first line from `begin` on that is exactly the name; an index, as hostile files have thousands. */
function terminatorIndex(text: string, lines: readonly Line[]) {
  let index: Map<string, number[]> | undefined;
  const note = (key: string, line: number) => {
    const at = index!.get(key);
    if (at) at.push(line);
    else index!.set(key, [line]);
  };
  return (name: string, chomp: boolean, begin: number): number | undefined => {
    if (!index) {
      index = new Map();
      for (const [i, line] of lines.entries()) {
        if (line.end - line.start > 500) continue;
        const content = text.slice(line.start, line.end);
        note(`=${content}`, i);
        note(`-${content.replace(/^\t+/, '')}`, i);
      }
    }
    const candidates = index.get((chomp ? '-' : '=') + name) ?? [];
    let low = 0;
    let high = candidates.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (candidates[middle]! < begin) low = middle + 1;
      else high = middle;
    }
    return candidates[low];
  };
}
