import type { Container, Mount } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { runningOf, shipped, tidy, workdirOf } from './service-files.ts';
import { flags, started } from './started.ts';

/** Where a service's processes write, as far as it was seen (or its command line says). */
export interface WrittenPlaces {
  /** Absolute folders in the image's own layers, and the targets of named volumes. */
  readonly folders: readonly string[];
  /** Read-write named volumes and bind mounts. */
  readonly mounts: readonly Mount[];
  /** The process writes below /root: its HOME must come along. */
  readonly home: boolean;
}

/** `docker diff` shows these whatever the app does; none is the app's state. */
const NOISE = /^\/(tmp|run|var\/run|proc|sys|dev|usr|bin|sbin|lib|lib64|etc|boot|var\/(cache|lock|lib\/(nginx|apt|dpkg|ucf|systemd)|log\/(nginx|apt)))(\/|$)|__pycache__|\.pyc$/;
const SYSTEM = new Set(['/', '/app', '/srv', '/opt', '/home', '/var', '/var/lib', '/var/log', '/usr', '/root']);

const parent = (path: string): string => tidy(`${path}/..`);
const under = (path: string, folder: string): boolean => path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** Paths of `docker diff` that no other one lies below: what was made or changed, without the folders on the way. */
function leaves(paths: readonly string[]): readonly string[] {
  const sorted = [...paths].sort();
  return sorted.filter((p, i) => !(sorted[i + 1] ?? '').startsWith(`${p}/`));
}

function fromDiff(c: Container): { folders: string[]; home: boolean } {
  const targets = c.mounts.map((m) => m.target);
  const changed = leaves(c.written ?? []).filter((p) => !NOISE.test(p) && !targets.some((t) => under(t, p) || under(p, t)));
  const home = changed.some((p) => under(p, '/root'));
  return { folders: changed.filter((p) => !under(p, '/root')).map(parent), home };
}

/** Log files that gunicorn's command line names: written even where nothing runs yet. */
function fromCommand(machine: Machine, service: Service, base: string): string[] {
  const words = started(machine, service)?.words ?? [];
  const files = flags(words, ['--access-logfile', '--error-logfile', '--log-file', '-p', '--pid', '--logto', '--logfile']).map((f) => f.value);
  return files.filter((f) => f !== '-' && f !== '' && !f.startsWith('/dev/') && !f.startsWith('/proc/')).map((f) => parent(f.startsWith('/') ? f : `${base}/${f}`)).filter((f) => !NOISE.test(f));
}

export function writtenPlaces(machine: Machine, services: readonly Service[]): WrittenPlaces {
  const folders = new Set<string>();
  const mounts = new Map<string, Mount>();
  let home = false;
  for (const service of services) {
    const image = shipped(machine, service);
    for (const path of fromCommand(machine, service, image ? workdirOf(image) : '/')) folders.add(path);
    for (const c of runningOf(machine, service)) {
      const diff = fromDiff(c);
      home ||= diff.home;
      for (const f of diff.folders) folders.add(f);
      for (const m of c.mounts.filter((x) => !x.readOnly && (x.type === 'volume' || x.type === 'bind'))) {
        mounts.set(`${m.type}:${m.source}`, m);
        // A new volume takes owner and mode from the image's folder; a bind mount hides it.
        if (m.type === 'volume') folders.add(m.target);
      }
    }
  }
  const inOrder = [...mounts.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
  return { folders: [...folders].filter((f) => !SYSTEM.has(f) || f === '/app').sort(), mounts: inOrder, home };
}
