import type { Assignment, Call, PythonModule } from '../python.ts';
import { eol, lacksFinalEol, lineEnd, lineStart, type Edits, type Refused, type Span, type TextEdit } from '../span.ts';

const refuse = (refused: string): Refused => ({ refused });
const unsure = (line: number) => refuse(`The Python around line ${line} could not be understood with certainty`);

/** Another expression in place of the old one. */
export function replaceValue(module: PythonModule, assignment: Assignment, source: string): Edits {
  if (assignment.errorNear) return unsure(assignment.line);
  const { start, end } = assignment.valueSpan;
  return module.text.slice(start, end) === source ? [] : [{ start, end, text: source }];
}

/** A string in the quotes that `like` is written in, when it is a string; else in single ones. */
export function stringLike(module: PythonModule, value: string, like?: Span): string {
  const written = like ? module.text.slice(like.start, like.end) : '';
  const quote = /^[a-z]*"/i.test(written) ? '"' : "'";
  const body = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll(quote, `\\${quote}`);
  return quote + body + quote;
}

/** A statement on the line below another one and as deep as it, or at the end of the module. */
export function addStatement(module: PythonModule, source: string, after?: Assignment | Call): Edits {
  const { text } = module;
  const newline = eol(text);
  if (!after) {
    return [{ start: text.length, end: text.length, text: lacksFinalEol(text) ? newline + source : source + newline }];
  }
  if (after.errorNear) return unsure(after.line);
  const { statementSpan: span } = after;
  const before = text.slice(lineStart(text, span.start), span.start).replace('\uFEFF', '');
  // Behind `if x: A = 1` or `A = 1; B = 2` there is no line of its own to go below.
  if (before.trim() !== '') return refuse(`Line ${after.line} holds more than one statement`);
  const at = lineEnd(text, Math.max(span.start, span.end - 1));
  if (/^\s*[^\s#]/.test(text.slice(span.end, at))) return refuse(`Line ${after.line} holds more than one statement`);
  const unfinished = at === text.length && lacksFinalEol(text);
  return [{ start: at, end: at, text: unfinished ? newline + before + source : before + source + newline }];
}

/** One more keyword argument at the end of a call, or the value of the one that is there. */
export function addKeyword(module: PythonModule, call: Call, name: string, source: string): Edits {
  if (call.errorNear) return unsure(call.line);
  const old = call.args.find((arg) => arg.name === name);
  if (old) return [{ start: old.value.start, end: old.value.end, text: source }];
  const { text } = module;
  const last = call.args.at(-1);
  const inside = last ? last.end : call.argsSpan.start + 1;
  if (!last) return [{ start: inside, end: inside, text: `${name}=${source}` }];
  // A list with an argument on each line goes on in that way.
  const lead = /(\r?\n[ \t]*)$/.exec(text.slice(call.argsSpan.start + 1, last.start))?.[1];
  return [{ start: inside, end: inside, text: `,${lead ?? ' '}${name}=${source}` }];
}

/** Takes a setting out: its statement with its lines, or its argument with the comma. */
export function removeAssignment(module: PythonModule, assignment: Assignment): Edits {
  if (assignment.errorNear) return unsure(assignment.line);
  const { text } = module;
  const { statementSpan: span, target } = assignment;
  if (target === 'conf-update' || target === 'celery-call' || target === 'setup-security') {
    return [withComma(text, { start: assignment.nameSpan.start, end: assignment.valueSpan.end })];
  }
  const targets = module.assignments.filter((each) => each.statementSpan.start === span.start && each.statementSpan.end === span.end);
  if (targets.length > 1) return refuse(`Line ${assignment.line} sets more than one name`);
  const start = lineStart(text, span.start);
  const end = lineEnd(text, Math.max(span.start, span.end - 1));
  if (text.slice(start, span.start).replace('\uFEFF', '').trim() !== '' || /^\s*[^\s#]/.test(text.slice(span.end, end))) {
    return refuse(`Line ${assignment.line} holds more than one statement`);
  }
  if (assignment.conditional || assignment.within !== undefined || target === 'class') {
    // The only statement of a block can't go; `pass` says the same.
    return [{ start: span.start, end: span.end, text: 'pass' }];
  }
  return [{ start: text.startsWith('\uFEFF') ? Math.max(1, start) : start, end, text: '' }];
}

function withComma(text: string, { start, end }: Span): TextEdit {
  const behind = /^\s*,[ \t]*/.exec(text.slice(end, end + 200));
  if (behind) {
    // An argument that has its line for itself takes the line along.
    const until = end + behind[0].length;
    const from = lineStart(text, start);
    const alone = text.slice(from, start).trim() === '' && /^\r?\n/.test(text.slice(until));
    return alone ? { start: from, end: lineEnd(text, until), text: '' } : { start, end: until, text: '' };
  }
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 200), start));
  return { start: start - (before?.[0].length ?? 0), end, text: '' };
}
