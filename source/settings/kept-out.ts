import { eol, lacksFinalEol } from '../files/span.ts';
import type { Change, CreateFile, EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { carries } from './carries.ts';
import { editOf } from './edit.ts';

/** One pattern of .gitignore or .dockerignore against a path below the file; enough of the rules for names and folders. */
function matches(pattern: string, path: string, rooted: boolean): boolean {
  // Nobody writes such a thing for a reason, and trying every way to read it would take for ever.
  if ((pattern.match(/\*+/g)?.length ?? 0) > 6) return false;
  const bare = pattern.replace(/^\//, '').replace(/\/$/, '');
  const source = bare.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*\*\/?/g, '\u0000').replace(/\*/g, '[^/]*').replace(/\?/g, '[^/]').replaceAll('\u0000', '(?:.*/)?');
  // git looks in every folder for a name without a slash; Docker starts at the context.
  const anywhere = !rooted && !pattern.replace(/\/$/, '').includes('/');
  return new RegExp(`^${anywhere ? '(?:.*/)?' : ''}${source}(?:/.*)?$`).test(path);
}

/** The last pattern that fits decides. */
export function ignores(text: string, path: string, rooted: boolean): boolean {
  let out = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const again = line.startsWith('!');
    if (matches(again ? line.slice(1) : line, path, rooted)) out = !again;
  }
  return out;
}

const append = (file: SourceFile, lines: readonly string[]): EditFile => {
  const end = file.text.length;
  const newline = eol(file.text);
  const added = lines.join(newline);
  return editOf(file, [{ start: end, end, text: lacksFinalEol(file.text) ? newline + added : added + newline }]);
};

const under = (folder: string, path: string): string | undefined => (folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined);
const at = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);
const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');

/**
 * One ignore file with every path in it that it does not cover yet, and nothing else: what an image may take along
 * beside them is not ours to say. Made anew it has no head of its own, so that two ways out can share it.
 */
function extended(there: SourceFile | undefined, path: string, paths: readonly string[], rooted: boolean): readonly Change[] {
  const missing = paths.filter((p) => !ignores(there?.text ?? '', p, rooted)).map((p) => (rooted ? p : `/${p}`));
  if (missing.length === 0) return [];
  const fresh: CreateFile = { kind: 'create-file', path, text: missing.map((line) => `${line}\n`).join(''), mode: 0o644, head: '' };
  return [there ? append(there, missing) : fresh];
}

/** The build of a service leaves this file out, by its .dockerignore. */
export function keptFrom(machine: Machine, service: Service, path: string): boolean {
  const inside = service.build && under(service.build.context, path);
  const file = service.build && (machine.files.get(`${service.build.dockerfile}.dockerignore`) ?? machine.files.get(at(service.build.context, '.dockerignore')));
  return inside !== undefined && file !== undefined && ignores(file.text, inside, true);
}

/** The part of it that git is told. */
function outOfGit(machine: Machine, wanted: readonly string[]): readonly Change[] {
  const folders = ['', ...new Set(wanted.flatMap((p) => p.split('/').slice(0, -1).map((_, i, all) => all.slice(0, i + 1).join('/'))))];
  const gits = folders.flatMap((folder) => machine.files.get(at(folder, '.gitignore')) ?? []);
  const open = wanted.filter((p) => !gits.some((g) => { const inside = under(folderOf(g.path), p); return inside !== undefined && ignores(g.text, inside, false); }));
  const top = machine.files.get('.gitignore');
  return open.length > 0 && (top || machine.repository) ? extended(top, '.gitignore', open, false) : [];
}
export const keptOutOfGit = (machine: Machine, path: string): readonly Change[] => outOfGit(machine, [path]);

/** Keeps files with secrets out of git and out of every image whose COPY would take them along. */
export function keptOut(machine: Machine, paths: readonly string[]): readonly Change[] {
  const wanted = [...new Set(paths)];
  const git = outOfGit(machine, wanted);
  const contexts = new Map(machine.services.flatMap((s) => (s.build ? [[s.build.context, s] as const] : [])));
  const docker = [...contexts.keys()].flatMap((context): readonly Change[] => {
    const builds = machine.services.filter((s) => s.build?.context === context);
    const taken = wanted.filter((p) => builds.some((s) => carries(machine, s, p))).flatMap((p) => under(context, p) ?? []);
    const own = builds.map((s) => machine.files.get(`${s.build?.dockerfile ?? ''}.dockerignore`)).find((f) => f !== undefined);
    const name = at(context, '.dockerignore');
    return extended(own ?? machine.files.get(name), name, taken, true);
  });
  return [...git, ...docker];
}
