import { isRefused, type Edits } from '../files/span.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import type { SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { same } from '../model/text.ts';

export const editOf = (file: SourceFile, edits: readonly SpanEdit[]): EditFile => ({ kind: 'edit-file', path: file.path, hash: file.hash, edits });

/** The parsers' refusals (shared anchors, `${VAR}`) are the fix's refusals, with the same reason. */
export function editsOf(file: SourceFile, edits: Edits): EditFile | Refusal {
  return isRefused(edits) ? refuse(same(`${file.path}: ${edits.refused}`)) : editOf(file, edits);
}
