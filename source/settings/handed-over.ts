import { posix, sep } from 'node:path';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Refusal } from '../model/risk.ts';
import { heldInImage, refuseHeld } from './image-folder.ts';
import { handedHere } from './host-state.ts';
import { namedPaths } from './named-paths.ts';
import { appSockets } from './open-socket.ts';
import type { Program } from './program.ts';
import { hostPath } from './program-files.ts';
import { shipped } from './service-files.ts';
import { mountOf, type SocketMount } from './socket-peer.ts';
import { blockEdit } from './user-block.ts';
import type { Uwsgi } from './uwsgi.ts';
import type { Account } from './uwsgi-account.ts';
import { appsIn, isEverybodys, seenWriting } from './whose-mount.ts';
import { writtenPlaces } from './written-places.ts';

/** Paths that a program's own words and configuration name, with its folder. */
function named(machine: Machine, program: Program): readonly string[] {
  const words = program.words.map((w) => w.value.replace(/^--?[\w-]+=/, ''));
  const whole = words.map((w) => (w.startsWith('/') ? w : w.includes('/') && program.cwd ? posix.join(program.cwd, w) : '')).filter((w) => w !== '' && w !== '/');
  return [...new Set([...(program.cwd && program.cwd !== '/' ? [program.cwd] : []), ...whole, ...namedPaths(machine, program)])];
}

/** How plainly a program says that a place is its own: the longest path that it names above it, and best of all one inside. */
function claim(machine: Machine, program: Program, place: string, more: readonly string[] = []): number {
  const paths = [...named(machine, program), ...more];
  if (paths.some((p) => p === place || p.startsWith(`${place}/`))) return place.length + 1;
  return Math.max(0, ...paths.filter((p) => place.startsWith(`${p}/`)).map((p) => p.length));
}

/** Whether a place that a container's processes write to is this program's (or one of `more`, which it names elsewhere), where supervisord runs several in it. */
export function isOf(machine: Machine, program: Program, place: string, more: readonly string[] = []): boolean {
  if (program.starter !== 'supervisord') return true;
  const apps = appsIn(machine, program.service);
  if (apps.length === 1 || seenWriting(program, place)) return true;
  const mine = claim(machine, program, place, more);
  return mine > 0 && apps.every((p) => p.name === program.name || claim(machine, p, place) <= mine);
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Volumes and binds that hold an app's socket: not its state. */
const holdingSockets = (machine: Machine, service: Service): readonly SocketMount[] => appSockets(machine, service).flatMap((s) => mountOf(machine, service, s.path) ?? []);

/** Folders of the image and targets of volumes that the program was seen writing to. */
export function handedFolders(machine: Machine, program: Program, more: readonly string[] = []): readonly string[] {
  // Never one in which root goes on reading.
  return seenFolders(machine, program, more).filter((f) => heldInImage(machine, program, f, more) === undefined);
}

function seenFolders(machine: Machine, program: Program, more: readonly string[]): readonly string[] {
  const holding = holdingSockets(machine, program.service);
  const places = writtenPlaces(machine, [program.service]);
  const shared = (f: string): boolean => places.mounts.some((m) => m.target === f) && isEverybodys(machine, program, f);
  return places.folders.filter((f) => !holding.some((h) => h.target === f) && (isOf(machine, program, f, more) || shared(f)));
}

/** What the program was seen writing gets its new owner; a socket's folder is not the app's state and is left out. */
export function handedTo(machine: Machine, program: Program, owner: Owner, more: readonly string[] = []): readonly Change[] | Refusal {
  const { service } = program;
  if (service.host) return [];
  // supervisord goes on as root there.
  const held = refuseHeld(machine, program, seenFolders(machine, program, more), more);
  if (held) return held;
  const places = writtenPlaces(machine, [service]);
  const holding = holdingSockets(machine, service);
  const mounts = places.mounts.filter((m) => !holding.some((h) => h.source === m.source) && (m.type === 'volume' || (m.source + sep).startsWith(machine.root + sep)) && (isOf(machine, program, m.target, more) || isEverybodys(machine, program, m.target)));
  const image = shipped(machine, service);
  const folders = handedFolders(machine, program, more);
  const block: Change[] = image && folders.length > 0 ? [blockEdit(image, { named: false, user: owner, folders, home: false, setUser: false })] : [];
  const name = service.image;
  return name === undefined ? block : [...block, ...mounts.map((m): Change => ({ kind: 'own-mount', service: service.name, image: name, mount: { type: m.type === 'volume' ? 'volume' : 'bind', source: m.source }, ...owner }))];
}

/** Files that a uWSGI opens while it is still root: none may lie in a folder that is given away. */
const openedByUwsgi = (machine: Machine, uwsgi: Uwsgi): readonly string[] =>
  uwsgi.options.filter((o) => /^(?:logto|daemonize2?|pidfile|req-logger|logger)$/.test(o.name)).flatMap((o) => hostPath(machine, uwsgi.program, o.value.replace(/^file:/, '')) ?? []);

/** The same for a uWSGI's account. */
export function handedOver(machine: Machine, uwsgi: Uwsgi, user: Account): readonly Change[] | Refusal {
  if (uwsgi.program.service.host) return user.kind === 'new' ? handedHere(machine, uwsgi.program, user, openedByUwsgi(machine, uwsgi)) : [];
  const uid = Number(user.uid);
  if (Number.isNaN(uid)) return [];
  const owner = { uid, gid: /^\d+$/.test(user.gid) ? Number(user.gid) : uid };
  return handedTo(machine, uwsgi.program, owner);
}

/** Services that these programs belong to, each once. */
export const servicesOf = (programs: readonly Program[]): readonly Service[] => [...new Map(programs.map((p) => [p.service.name, p.service])).values()];
