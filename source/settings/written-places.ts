import type { Closed, Container, Mount } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { gunicornFiles } from './gunicorn-files.ts';
import { gunicornsIn } from './gunicorn.ts';
import { namedPlaces, ownPlaces, SYSTEM, under, type Own } from './own-places.ts';
import { supervised } from './roles.ts';
import { savesInto } from './saves-into.ts';
import { lastRunOf, shipped, tidy, workdirOf } from './service-files.ts';
import { flags, programWords, started, type ArgWord } from './started.ts';
import { isSeen } from './user.ts';
import { composeMounts, declaredVolumes } from './volumes.ts';

/** Where a service's processes write, as far as it was seen (or its files say). */
export interface WrittenPlaces {
  /** Absolute folders in the image's own layers, and the targets of volumes. */
  readonly folders: readonly string[];
  /** Files that came with the image and were changed by the running container: a folder's owner does not help them. */
  readonly files: readonly string[];
  /** Files that it makes right in a folder of the system, which stays the system's. */
  readonly made: readonly string[];
  /** It makes files right in /run, pid files mostly. */
  readonly run: boolean;
  /** What it may only read as root: files below its folder, those its command names, and the folders on the way. */
  readonly closed: readonly Closed[];
  /** Read-write named volumes and bind mounts. */
  readonly mounts: readonly Mount[];
  /** The process writes below /root, or installs packages: its HOME must come along. */
  readonly home: boolean;
}

/** A container may call its folders what it likes; these go into Dockerfiles and scripts, where such names would be more than names. */
const PLAIN = /^[^\p{Cc}<>`$"\\]+$/u;

/** supervisord's own things in /run are not the app's. */
function fromDiff(c: Container, workdir: string | undefined): Own {
  const seen = ownPlaces({ written: c.written ?? [], modified: c.modified ?? [], ...(c.directories ? { directories: c.directories } : {}), ...(workdir === undefined ? {} : { workdir }) }, c.mounts.map((m) => m.target));
  const folders = supervised(c) ? seen.folders.filter((f) => !/^(?:\/var)?\/run(?:\/|$)/.test(f)) : seen.folders;
  return { ...seen, folders, run: seen.run && !supervised(c) };
}

const OTHERS = ['--logto', '--logfile', '--pidfile'];

/** Celery's beat keeps what it did last in a file, beside its code where nobody says where (5.3.6). */
function schedule(words: readonly ArgWord[]): readonly string[] {
  const celery = programWords(words, /^celery$/) ?? [];
  if (!celery.some((w) => w.value === 'beat' || w.value === '-B' || w.value === '--beat')) return [];
  const said = flags(celery, ['-s', '--schedule', '--schedule-filename']).at(-1)?.value;
  // A scheduler of another kind (django_celery_beat) keeps it elsewhere.
  return said !== undefined ? [said] : flags(celery, ['-S', '--scheduler']).length > 0 ? [] : ['celerybeat-schedule'];
}

/** Log and pid files that the command line (or gunicorn's configuration) names, and what a program is known to save: written even where nothing runs yet. */
function filesNamed(machine: Machine, service: Service): readonly string[] {
  const start = started(machine, service);
  if (!start) return [];
  const dump = savesInto(machine, service);
  const gunicorns = gunicornsIn(machine, service);
  const files = dump !== undefined ? [`${dump}/dump.rdb`] : gunicorns.length > 0 ? gunicorns.flatMap((g) => gunicornFiles(machine, g)) : [...flags(start.words, OTHERS).map((f) => f.value), ...schedule(start.words)];
  const base = baseFolder(machine, service);
  return files.filter((f) => f !== '-' && f !== '').map((f) => (f.startsWith('/') ? f : tidy(`${base}/${f}`)));
}

function baseFolder(machine: Machine, service: Service): string {
  const image = shipped(machine, service);
  return image ? workdirOf(image) : '/';
}

const fromFiles = (machine: Machine, service: Service): Own => namedPlaces(filesNamed(machine, service), baseFolder(machine, service));

/** What is written right in a folder, by its names: seen, or known of the program. */
export function writtenIn(machine: Machine, services: readonly Service[], folder: string): readonly string[] {
  const all = services.flatMap((s) => [...lastRunOf(machine, s).flatMap((c) => c.written ?? []), ...filesNamed(machine, s)]);
  return [...new Set(all.filter((p) => tidy(`${p}/..`) === folder && !/__pycache__|\.pyc$/.test(p)).map((p) => p.split('/').at(-1) ?? ''))].sort();
}

export function writtenPlaces(machine: Machine, services: readonly Service[]): WrittenPlaces {
  const folders = new Set<string>();
  const files = new Set<string>();
  const own = new Set<string>();
  const hidden = new Set<string>();
  const mounts = new Map<string, Mount>();
  const made = new Set<string>();
  const closed = new Map<string, Closed>();
  let [home, run] = [false, false];
  const take = (own: Own): void => {
    home ||= own.home;
    run ||= own.run;
    for (const f of own.folders) folders.add(f);
    for (const f of own.files) files.add(f);
    for (const f of own.made) made.add(f);
  };
  for (const service of services) {
    const image = shipped(machine, service);
    if (image) own.add(workdirOf(image));
    for (const m of composeMounts(machine, service)) if (m.type === 'bind') hidden.add(m.target);
    const declared = isSeen(machine, service) ? [] : declaredVolumes(machine, service, image);
    take(fromFiles(machine, service));
    for (const path of declared) folders.add(path);
    for (const c of lastRunOf(machine, service)) {
      take(fromDiff(c, image && workdirOf(image)));
      for (const one of c.closed ?? []) closed.set(one.path, one);
      for (const m of c.mounts.filter((x) => !x.readOnly && (x.type === 'volume' || x.type === 'bind'))) {
        mounts.set(`${m.type}:${m.source}`, m);
        // A new volume takes owner and mode from the image's folder; a bind mount hides it.
        if (m.type === 'volume') folders.add(m.target);
        else hidden.add(m.target);
      }
    }
  }
  const inOrder = [...mounts.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
  const plain = (f: string): boolean => PLAIN.test(f) && ![...hidden].some((h) => under(f, h));
  const usable = [...folders].filter((f) => plain(f) && (!SYSTEM.has(f) || (own.has(f) && f !== '/')));
  // A folder that is handed over brings what is made in it along.
  const apart = [...made].filter((f) => plain(f) && !usable.includes(f.replace(/\/[^/]*$/, '')));
  return {
    folders: usable.sort(), files: [...files].filter(plain).sort(), made: apart.sort(), run,
    closed: [...closed.values()].filter((c) => plain(c.path) && !usable.includes(c.path)).sort((a, b) => (a.path < b.path ? -1 : 1)), mounts: inOrder, home,
  };
}
