import type { Dockerfile, Instruction } from '../dockerfile.ts';
import { variablesOf } from './scope.ts';
import { eol, lineEnd, type Span, type TextEdit } from '../span.ts';

/** Lines put directly above an instruction, below the comments that belong to it. */
export function insertBefore(df: Dockerfile, instruction: Instruction, lines: readonly string[]): TextEdit {
  const at = instruction.lineStart;
  return { start: at, end: at, text: lines.map((line) => line + eol(df.text)).join('') };
}

/** Lines put directly below the last line of an instruction. */
export function insertAfter(df: Dockerfile, instruction: Instruction, lines: readonly string[]): TextEdit {
  const at = instruction.span.end;
  return { start: at, end: at, text: lines.map((line) => eol(df.text) + line).join('') };
}

export function replaceInstruction(df: Dockerfile, instruction: Instruction, lines: readonly string[]): TextEdit {
  return { ...instruction.span, text: lines.join(eol(df.text)) };
}

/** Takes the instruction out with its lines; comments above it stay, as they may speak of more. */
export function removeInstruction(df: Dockerfile, instruction: Instruction): TextEdit {
  const span: Span = { start: instruction.lineStart, end: lineEnd(df.text, instruction.span.end) };
  return { ...span, text: '' };
}

/**
 * Takes one NAME=value out of an ENV, ARG or LABEL, with the continuation that led to it; the whole
 * instruction goes with its last one.
 */
export function removeVariable(df: Dockerfile, instruction: Instruction, name: string): TextEdit[] {
  const all = variablesOf(df, instruction);
  const kept = all.filter((each) => each.name !== name);
  if (kept.length === all.length) return [];
  if (kept.length === 0) return [removeInstruction(df, instruction)];
  const edits: TextEdit[] = [];
  for (const [i, { name: here, span }] of all.entries()) {
    if (here !== name) continue;
    // Before the first one that stays, the gap behind goes along; else the gap before, so no open `\` is left.
    const leading = all.slice(0, i).every((each) => each.name === name);
    edits.push(leading ? { start: span.start, end: all[i + 1]!.span.start, text: '' } : { start: all[i - 1]!.span.end, end: span.end, text: '' });
  }
  return edits;
}
