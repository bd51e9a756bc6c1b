import type { Change, CreateFile, EditFile, SpanEdit } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { edited } from '../changes/edit-file.ts';

type FileChange = EditFile | CreateFile;
export const isFileChange = (c: Change): c is FileChange => c.kind === 'edit-file' || c.kind === 'create-file';

const equal = (a: SpanEdit, b: SpanEdit): boolean => a.start === b.start && a.end === b.end && a.text === b.text;

/** Two edits that can't both be made: they replace a shared stretch, or one inserts inside the other's stretch. */
function clash(a: SpanEdit, b: SpanEdit): boolean {
  if (equal(a, b)) return false;
  const empty = (e: SpanEdit): boolean => e.start === e.end;
  if (empty(a) && empty(b)) return false;
  if (empty(a)) return a.start > b.start && a.start < b.end;
  if (empty(b)) return b.start > a.start && b.start < a.end;
  return a.start < b.end && b.start < a.end;
}

export interface Joined {
  readonly changes: readonly FileChange[];
  /** Path where the new change can't stand beside those already chosen. */
  readonly conflict?: string;
}

/** Joins one more fix's file changes to those that stand: one edit for each file, however many findings share it. */
export function joinFiles(standing: readonly FileChange[], more: readonly FileChange[]): Joined {
  let changes = [...standing];
  for (const next of more) {
    const there = changes.find((c) => c.path === next.path);
    if (!there) {
      changes.push(next);
      continue;
    }
    if (there.kind === 'create-file' || next.kind === 'create-file') {
      if (there.kind === 'create-file' && next.kind === 'create-file' && there.text === next.text) continue;
      return { changes: standing, conflict: next.path };
    }
    const fresh = next.edits.filter((e) => !there.edits.some((o) => equal(o, e)));
    if (there.hash !== next.hash || fresh.some((e) => there.edits.some((o) => clash(o, e)))) return { changes: standing, conflict: next.path };
    changes = changes.map((c) => (c === there ? { ...there, edits: [...there.edits, ...fresh] } : c));
  }
  return { changes };
}

/** The files as they would read after the changes; what the plan is diagnosed on again. */
export function filesAfter(machine: Machine, changes: readonly Change[]): ReadonlyMap<string, SourceFile> {
  const files = new Map(machine.files);
  for (const change of changes) {
    if (change.kind === 'create-file') {
      files.set(change.path, { path: change.path, text: change.text, hash: '', mode: change.mode, uid: 0, gid: 0 });
    }
    const old = change.kind === 'edit-file' ? files.get(change.path) : undefined;
    if (old && change.kind === 'edit-file') files.set(change.path, { ...old, text: edited(old.text, change.edits) });
  }
  return files;
}
