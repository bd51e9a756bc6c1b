import { dirname } from 'node:path';
import type { Change, CreateFile, EditFile, SetPath, SpanEdit } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { edited } from '../changes/edit-file.ts';
import { codeMode } from '../settings/may-write.ts';

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
      if (there.kind === 'create-file' && next.kind === 'create-file') {
        if (there.text === next.text) continue;
        const { head } = next;
        if (head !== undefined && head === there.head) {
          // A file without a head is a list of lines: one that both want stands there once.
          const lines = head === '' ? there.text.split('\n') : [];
          const more = next.text.slice(head.length).split(/(?<=\n)/).filter((row) => !lines.includes(row.replace(/\n$/, '')));
          changes = changes.map((c) => (c === there ? { ...there, text: there.text + more.join('') } : c));
          continue;
        }
      }
      return { changes: standing, conflict: next.path };
    }
    const fresh = next.edits.filter((e) => !there.edits.some((o) => equal(o, e)));
    if (there.hash !== next.hash || fresh.some((e) => there.edits.some((o) => clash(o, e)))) return { changes: standing, conflict: next.path };
    const modes = [there.mode, next.mode].filter((m) => m !== undefined);
    // Of two, the bits that both allow.
    const mode = modes.length > 0 ? { mode: modes.reduce((a, b) => a & b) } : {};
    changes = changes.map((c) => (c === there ? { ...there, ...mode, edits: [...there.edits, ...fresh] } : c));
  }
  return { changes };
}

type Bits = Pick<SourceFile, 'uid' | 'gid' | 'mode'>;

/** Owner and mode as they would be; an account that has only a name yet is left out of it. */
const ownedBy = <T extends Bits>(old: T, { uid, gid, mode }: SetPath): T => ({ ...old, ...(typeof uid === 'number' ? { uid } : {}), ...(typeof gid === 'number' ? { gid } : {}), ...(mode === undefined ? {} : { mode }) });

function withOwners(root: string, files: Map<string, SourceFile>, change: SetPath): void {
  for (const [key, file] of files) {
    const at = file.path.startsWith('/') ? file.path : `${root}/${file.path}`;
    if (change.code) {
      const inside = (path: string): boolean => (path === change.path || path.startsWith(`${change.path}/`)) && !(change.code?.but ?? []).some((b) => path === b || path.startsWith(`${b}/`));
      const now = <T extends Bits>(old: T): T => ({ ...(old.uid === change.code?.from ? ownedBy(old, change) : old), mode: codeMode(old.mode) });
      if (inside(at)) files.set(key, { ...now(file), ...(file.folder && inside(dirname(at)) ? { folder: now(file.folder) } : {}) });
    } else if (at === change.path) files.set(key, ownedBy(file, change));
    else if (file.folder && dirname(at) === change.path) files.set(key, { ...file, folder: ownedBy(file.folder, change) });
  }
}

/** The files as they would read after the changes; what the plan is diagnosed on again. */
export function filesAfter(machine: Machine, changes: readonly Change[]): ReadonlyMap<string, SourceFile> {
  const files = new Map(machine.files);
  for (const change of changes) {
    if (change.kind === 'create-file') {
      files.set(change.path, { path: change.path, text: change.text, hash: '', mode: change.mode, uid: 0, gid: 0 });
    }
    if (change.kind === 'set-path') withOwners(machine.root, files, change);
    const old = change.kind === 'edit-file' ? files.get(change.path) : undefined;
    if (old && change.kind === 'edit-file') files.set(change.path, { ...old, ...(change.mode === undefined ? {} : { mode: change.mode }), text: edited(old.text, change.edits) });
  }
  return files;
}
