import { sep } from 'node:path';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { appSockets } from './open-socket.ts';
import { shipped } from './service-files.ts';
import { mountOf } from './socket-peer.ts';
import { blockEdit } from './user-block.ts';
import type { Account } from './uwsgi-account.ts';
import { writtenPlaces } from './written-places.ts';

/** What the app was seen writing gets its new owner; a socket's folder is not the app's state and is left out. */
export function handedOver(machine: Machine, service: Service, user: Account): readonly Change[] {
  const uid = Number(user.uid);
  const owner = { uid, gid: /^\d+$/.test(user.gid) ? Number(user.gid) : uid };
  const places = writtenPlaces(machine, [service]);
  const holding = appSockets(machine, service).flatMap((s) => mountOf(machine, service, s.path) ?? []);
  const mounts = places.mounts.filter((m) => !holding.some((h) => h.source === m.source) && (m.type === 'volume' || (m.source + sep).startsWith(machine.root + sep)));
  const image = shipped(machine, service);
  const folders = places.folders.filter((f) => !holding.some((h) => h.target === f));
  const block: Change[] = image && folders.length > 0 ? [blockEdit(image, { named: false, user: owner, folders, home: false, setUser: false })] : [];
  const name = service.image;
  return name === undefined ? block : [...block, ...mounts.map((m): Change => ({ kind: 'own-mount', service: service.name, image: name, mount: { type: m.type === 'volume' ? 'volume' : 'bind', source: m.source }, ...owner }))];
}
