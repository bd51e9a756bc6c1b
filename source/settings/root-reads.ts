import { posix, sep } from 'node:path';
import { isRootUser } from '../files/dockerfile.ts';
import type { Container } from '../model/container.ts';
import type { Confidence } from '../model/finding.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';
import { below } from './live.ts';
import { within } from './parsed.ts';
import { fileOf } from './program-files.ts';
import { gunicornsOf, liveGunicorn, type Gunicorn } from './gunicorn.ts';
import { identity } from './gunicorn-user.ts';
import { givenBy, mayReplace, mayWrite, numbersOf, ownedInImage, whoIs, type Owned, type Somebody } from './may-write.ts';
import { programsOf, type Program } from './program.ts';
import { runningOf, shipped } from './service-files.ts';
import { startsAs } from './starts-as.ts';
import { declaredUser } from './user.ts';
import { effective, uwsgis, type Uwsgi } from './uwsgi.ts';
import { composeMounts } from './volumes.ts';

/** A configuration that root reads, in a place where somebody that it starts may write. */
export interface RootRead {
  readonly reader: 'gunicorn' | 'uwsgi' | 'supervisord';
  readonly program: Program;
  /** The file as root would read it, by its absolute path in the container or on this machine. */
  readonly path: string;
  /** Absent where it is not there yet and would be read as soon as it is. */
  readonly file?: SourceFile;
  readonly who: Somebody;
  /** Whether the file itself can be written, or another one be put in its place. */
  readonly how: 'file' | 'folder';
  /** The line of the Dockerfile that gives it away. */
  readonly given?: Place;
  /** A folder or file of this machine that is mounted into the container. */
  readonly mounted?: string;
  readonly confidence: Confidence;
}

interface Reading {
  readonly reader: RootRead['reader'];
  readonly program: Program;
  readonly path: string;
  readonly file?: SourceFile;
  readonly writers: readonly Somebody[];
  readonly seen: boolean;
}

interface Lies {
  readonly file?: Owned;
  readonly folder: Owned;
  readonly mounted?: string;
  readonly live?: boolean;
}

/** Owner and mode as they lie on this machine, or as the image makes them. */
function lies(machine: Machine, { program, path, file }: Reading): Lies | undefined {
  const { service } = program;
  const real = file?.folder && { file: { uid: file.uid, gid: file.gid, mode: file.mode }, folder: file.folder };
  if (service.host) return real;
  const mount = composeMounts(machine, service).find((m) => m.type === 'bind' && (path === m.target || path.startsWith(`${m.target}/`)));
  if (mount) {
    const source = within(service.compose?.directory ?? '', mount.source);
    // A file that is mounted alone can be written, not replaced.
    const alone = mount.target === path && real ? { ...real, folder: { uid: 0, gid: 0, mode: 0o755 } } : real;
    return mount.readOnly || !alone ? undefined : { ...alone, mounted: source ?? mount.source };
  }
  // As it lies in the container that runs; else as its Dockerfile makes it.
  const now = runningOf(machine, service).map((c) => c.lies?.get(posix.dirname(path)) && c.lies).find((l) => l !== undefined);
  const [there, above] = [now?.get(path), now?.get(posix.dirname(path))];
  if (above) return { ...(there ? { file: there } : {}), folder: above, live: true };
  const image = shipped(machine, service);
  return image && { ...(file ? { file: ownedInImage(image, path, 'file') } : {}), folder: ownedInImage(image, posix.dirname(path), 'folder') };
}

function judge(machine: Machine, reading: Reading): readonly RootRead[] {
  const at = lies(machine, reading);
  if (!at) return [];
  const { reader, program, path, file, seen } = reading;
  for (const who of reading.writers) {
    const how = at.file && mayWrite(who, at.file) ? 'file' : mayReplace(who, at.folder, at.file ?? at.folder) ? 'folder' : undefined;
    // On this machine both were seen; in an image the owner is what its Dockerfile says.
    const confidence: Confidence = seen && (program.service.host || at.mounted !== undefined || at.live) ? 'seen' : 'declared';
    const image = program.service.host || at.mounted !== undefined ? undefined : shipped(machine, program.service);
    const given = image && givenBy(image, how === 'file' ? path : posix.dirname(path), how ?? 'file');
    if (how) return [{ reader, program, path, who, how, confidence, ...(given ? { given } : {}), ...(file ? { file } : {}), ...(at.mounted === undefined ? {} : { mounted: at.mounted }) }];
  }
  return [];
}

/** Who a name or number of a setting is, in the image that it is said in. */
function somebody(machine: Machine, program: Program, user: string | undefined, group: string | undefined): readonly Somebody[] {
  const image = shipped(machine, program.service);
  if (!image || user === undefined || isRootUser(user)) return [];
  const { uid, gid } = numbersOf(image, group === undefined ? user : `${user}:${group}`);
  return uid === undefined ? [] : [{ uid, gid: gid ?? 0, groups: [] }];
}

const absolute = (machine: Machine, file: SourceFile): string => (file.path.startsWith('/') ? file.path : machine.root + sep + file.path);

function ofGunicorn(machine: Machine, g: Gunicorn): readonly Reading[] {
  const { masters, workers } = liveGunicorn(g);
  const { starts, user, group } = identity(machine, g);
  const live = workers.length > 0;
  const rootMaster = live ? masters.some((m) => m.uid.effective === 0) : (starts?.root ?? false) && !(starts?.guess ?? false);
  if (!rootMaster || workers.some((w) => w.uid.effective === 0)) return [];
  const writers = [...workers.map(whoIs), ...(g.program.service.host ? [] : somebody(machine, g.program, user?.value, group?.value))];
  const path = g.configPath ?? (g.program.cwd === undefined ? undefined : posix.join(g.program.cwd, 'gunicorn.conf.py'));
  const named = [...g.words, ...g.extra].some((w) => /^(?:-c|--config(?:=|$))/.test(w.value));
  // Named and not here: nobody knows where it lies.
  if (path === undefined || (named && !g.config)) return [];
  return [{ reader: 'gunicorn', program: g.program, path: g.program.service.host && g.config ? absolute(machine, g.config) : path, ...(g.config ? { file: g.config } : {}), writers, seen: live }];
}

function ofUwsgi(machine: Machine, u: Uwsgi): readonly Reading[] {
  const { program, ini } = u;
  const image = shipped(machine, program.service);
  const uid = effective(u, 'uid')?.value;
  const live = program.live.processes;
  const starts = startsAs(machine, program);
  // uWSGI steps down whole: afterwards only the ini tells that it began as root.
  if (!ini || !uid || isRootUser(uid) || !(starts?.root ?? false) || (starts?.guess ?? false) || u.emperor) return [];
  const writers = [...live.filter((p) => p.uid.effective !== 0).map(whoIs), ...(program.service.host ? [] : somebody(machine, program, uid, effective(u, 'gid')?.value))];
  const named = u.words.map((w) => w.value.replace(/^--ini=/, '').replace(/:[\w-]+$/, '')).find((w) => w.endsWith('.ini'));
  const base = program.cwd ?? (image ? '/' : undefined);
  const path = program.service.host ? absolute(machine, ini.file) : named === undefined || base === undefined ? undefined : posix.resolve(base, named);
  return path === undefined ? [] : [{ reader: 'uwsgi', program, path, file: ini.file, writers, seen: live.length > 0 }];
}

/** Configuration of a supervisord that is root, against every program that it starts as somebody else. */
function ofSupervisord(machine: Machine, program: Program): readonly Reading[] {
  if (!program.service.host || program.kind !== 'supervisord') return [];
  const [master] = program.live.processes;
  if (!master || master.uid.effective !== 0) return [];
  const under = below(machine.host, master.pid);
  const mine = machine.host.processes.filter((p) => under.has(p.pid) && p.uid.effective !== 0);
  const started = machine.services.filter((s) => s.host?.by === 'supervisord' && s.host.running && (s.pids ?? []).some((pid) => under.has(pid))).map((s) => s.host?.file);
  const named = program.words.map((w) => w.value.replace(/^--configuration=/, '')).filter((w) => /\.(?:conf|ini)$/.test(w)).map((w) => fileOf(machine, program, w)?.path);
  const files = [...new Set([...named, ...started])].flatMap((path) => (path === undefined ? [] : (machine.files.get(path) ?? [])));
  return files.map((file) => ({ reader: 'supervisord' as const, program, path: absolute(machine, file), file, writers: mine.map(whoIs), seen: true }));
}

const readings = (machine: Machine): readonly Reading[] =>
  [
    ...gunicornsOf(machine).flatMap((g) => ofGunicorn(machine, g)),
    ...uwsgis(machine).flatMap((u) => ofUwsgi(machine, u)),
    ...programsOf(machine).flatMap((p) => ofSupervisord(machine, p)),
  ].filter((r) => !(declaredUser(machine, r.program.service)?.root === false && r.program.starter === 'container'));

/** Every such place, each file once for each program that reads it. */
export const rootReads = (machine: Machine): readonly RootRead[] => readings(machine).flatMap((r) => judge(machine, r));

/** Paths in a container whose owner decides: what root reads there. */
export const rootReadPaths = (machine: Machine, container: Container): readonly string[] =>
  readings(machine).filter((r) => r.program.service.containers.includes(container.id)).map((r) => r.path);
