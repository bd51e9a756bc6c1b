import type { Dockerfile, Instruction } from '../dockerfile.ts';
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
