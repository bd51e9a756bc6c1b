import type { Container, Mount } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { leaves } from './leaves.ts';
import { gunicornFiles } from './gunicorn-files.ts';
import { gunicornsIn } from './gunicorn.ts';
import { runningOf, shipped, tidy, workdirOf } from './service-files.ts';
import { flags, started } from './started.ts';
import { isSeen } from './user.ts';
import { composeMounts, declaredVolumes } from './volumes.ts';

/** Where a service's processes write, as far as it was seen (or its files say). */
export interface WrittenPlaces {
  /** Absolute folders in the image's own layers, and the targets of volumes. */
  readonly folders: readonly string[];
  /** Files that came with the image and were changed by the running container: a folder's owner does not help them. */
  readonly files: readonly string[];
  /** Read-write named volumes and bind mounts. */
  readonly mounts: readonly Mount[];
  /** The process writes below /root: its HOME must come along. */
  readonly home: boolean;
}

/** `docker diff` shows these whatever the app does; none is the app's state. */
const NOISE = /^\/(tmp|run|var\/run|proc|sys|dev|usr(?!\/src\/)|bin|sbin|lib|lib64|etc|boot|var\/(cache|lock|lib\/(nginx|apt|dpkg|ucf|systemd)|log\/(nginx|apt)))(\/|$)|__pycache__|\.pyc$|^\/root\/\.(\w+_history|lesshst|viminfo|wget-hsts)$/;
/** Folders of the system: an app that works right there is given its own places in them, never the folder. */
const SYSTEM = new Set(['/', '/srv', '/opt', '/home', '/var', '/var/lib', '/var/log', '/usr', '/usr/src', '/root']);

/** A container may call its folders what it likes; these go into Dockerfiles and scripts, where such names would be more than names. */
const PLAIN = /^[^\p{Cc}<>`$"\\]+$/u;

const parent = (path: string): string => tidy(`${path}/..`);
const under = (path: string, folder: string): boolean => path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

function fromDiff(c: Container): { folders: string[]; files: string[]; home: boolean } {
  const targets = c.mounts.map((m) => m.target);
  const changed = leaves(c.written ?? []).filter((p) => !NOISE.test(p) && !targets.some((t) => under(t, p) || under(p, t)));
  const home = changed.some((p) => under(p, '/root'));
  const kept = changed.filter((p) => !under(p, '/root'));
  return { folders: kept.map(parent), files: kept.filter((p) => c.modified?.includes(p)), home };
}

const OTHERS = ['--logto', '--logfile', '--pidfile'];

/** Log and pid files that the command line (or gunicorn's configuration) names: written even where nothing runs yet. */
function fromFiles(machine: Machine, service: Service): string[] {
  const start = started(machine, service);
  if (!start) return [];
  const gunicorns = gunicornsIn(machine, service);
  const files = gunicorns.length > 0 ? gunicorns.flatMap((g) => gunicornFiles(machine, g)) : flags(start.words, OTHERS).map((f) => f.value);
  const image = shipped(machine, service);
  const base = image ? workdirOf(image) : '/';
  return files.filter((f) => f !== '-' && f !== '' && !/^\/(dev|proc)\//.test(f)).map((f) => parent(f.startsWith('/') ? f : `${base}/${f}`)).filter((f) => !NOISE.test(f));
}

export function writtenPlaces(machine: Machine, services: readonly Service[]): WrittenPlaces {
  const folders = new Set<string>();
  const files = new Set<string>();
  const own = new Set<string>();
  const hidden = new Set<string>();
  const mounts = new Map<string, Mount>();
  let home = false;
  for (const service of services) {
    const image = shipped(machine, service);
    if (image) own.add(workdirOf(image));
    for (const m of composeMounts(machine, service)) if (m.type === 'bind') hidden.add(m.target);
    const declared = isSeen(machine, service) ? [] : declaredVolumes(machine, service, image);
    for (const path of [...fromFiles(machine, service), ...declared]) folders.add(path);
    for (const c of runningOf(machine, service)) {
      const diff = fromDiff(c);
      home ||= diff.home;
      for (const f of diff.folders) folders.add(f);
      for (const f of diff.files) files.add(f);
      for (const m of c.mounts.filter((x) => !x.readOnly && (x.type === 'volume' || x.type === 'bind'))) {
        mounts.set(`${m.type}:${m.source}`, m);
        // A new volume takes owner and mode from the image's folder; a bind mount hides it.
        if (m.type === 'volume') folders.add(m.target);
        else hidden.add(m.target);
      }
    }
  }
  const inOrder = [...mounts.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
  const usable = [...folders].filter((f) => PLAIN.test(f) && (!SYSTEM.has(f) || (own.has(f) && f !== '/')) && ![...hidden].some((h) => under(f, h)));
  const changed = [...files].filter((f) => PLAIN.test(f) && ![...hidden].some((h) => under(f, h)));
  return { folders: usable.sort(), files: changed.sort(), mounts: inOrder, home };
}
