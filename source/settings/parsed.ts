import { dirname, posix } from 'node:path';
import { parseCompose, type ComposeFile } from '../files/compose.ts';
import { parseDockerfile, type Dockerfile } from '../files/dockerfile.ts';
import { parseIni, type Dialect, type IniFile } from '../files/ini.ts';
import { parseNginx, type NginxFile } from '../files/nginx.ts';
import { positions, type Span } from '../files/span.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';

/** A file is parsed once, however many settings and risks ask; a preview's file is another object and parsed anew. */
function once<T, K>(parse: (file: SourceFile, more: K) => T): (file: SourceFile, more: K) => T {
  const known = new WeakMap<SourceFile, Map<string, T>>();
  return (file, more) => {
    const mine = known.get(file) ?? new Map<string, T>();
    known.set(file, mine);
    const key = JSON.stringify(more ?? null);
    const there = mine.get(key);
    if (there !== undefined) return there;
    const made = parse(file, more);
    mine.set(key, made);
    return made;
  };
}

export const dockerfileOf = once((file: SourceFile, args: Readonly<Record<string, string>>): Dockerfile => parseDockerfile(file.text, args));
export const composeOf = once((file: SourceFile, env: Readonly<Record<string, string>>): ComposeFile => parseCompose(file.text, env));
export const iniOf = once((file: SourceFile, dialect: Dialect): IniFile => parseIni(file.text, dialect));
export const nginxOf = once((file: SourceFile, _: undefined): NginxFile => parseNginx(file.text));
const linesOf = once((file: SourceFile, _: undefined) => positions(file.text));

export function place(file: SourceFile, span: Span): Place {
  const at = linesOf(file, undefined);
  const from = at(span.start);
  const to = at(span.end);
  return { file: file.path, start: span.start, end: span.end, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** The words at a place, on one line, as evidence shows them. */
export const wordsAt = (machine: Machine, at: Place): string =>
  (machine.files.get(at.file)?.text.slice(at.start, at.end) ?? '').split(/\r?\n/).map((l) => l.trim()).join(' ').trim();

/** `path` below `folder`, tidied; undefined when it leaves the project. */
export function within(folder: string, path: string): string | undefined {
  const joined = posix.normalize(posix.join(folder || '.', path));
  return joined.startsWith('..') || posix.isAbsolute(joined) ? undefined : joined === '.' ? '' : joined;
}

export const folderOf = (path: string): string => (dirname(path) === '.' ? '' : dirname(path));
