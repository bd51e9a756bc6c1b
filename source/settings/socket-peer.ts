import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { written } from './compose-services.ts';
import { programOf } from './roles.ts';
import { runningOf } from './service-files.ts';

export interface Peer {
  /** uid of the program that connects; numbers, because a name is another number in another image. */
  readonly uid: number;
  readonly gid: number;
  readonly service: string;
  readonly program: string;
}

export interface SocketMount {
  readonly type: 'volume' | 'bind';
  readonly source: string;
  readonly target: string;
}

const holds = (target: string, path: string): boolean => path.startsWith(target.endsWith('/') ? target : `${target}/`);

/** The volume or bind mount that a socket lies in, as the running container has it or as compose declares it. */
export function mountOf(machine: Machine, service: Service, path: string): SocketMount | undefined {
  for (const c of runningOf(machine, service)) {
    const m = c.mounts.find((x) => holds(x.target, path) && (x.type === 'volume' || x.type === 'bind'));
    if (m) return { type: m.type as 'volume' | 'bind', source: m.source, target: m.target };
  }
  for (const { service: s } of service.compose ? written(machine.files, service.compose) : []) {
    const v = s.volumes.find((x) => x.source !== undefined && holds(x.target, path));
    if (v?.source !== undefined) return { type: v.type === 'bind' ? 'bind' : 'volume', source: v.source, target: v.target };
  }
  return undefined;
}

/** www-data is 33 in Debian's images, nginx is 101 in nginx's own (DECISIONS.md, "group-socket across containers"). */
const KNOWN: Readonly<Record<string, number>> = { 'www-data': 33, nginx: 101, nobody: 65534 };

function declaredPeer(machine: Machine, service: Service): Peer | undefined {
  const context = service.build?.context;
  const config = [...machine.files.values()].find((f) => context !== undefined && f.path.startsWith(context === '' ? '' : `${context}/`) && /nginx.*\.conf$|\/conf\.d\//.test(f.path) && /^\s*user\s/m.test(f.text));
  const name = config && /^\s*user\s+([\w-]+)/m.exec(config.text)?.[1];
  const uid = name === undefined ? undefined : /^\d+$/.test(name) ? Number(name) : KNOWN[name];
  return uid === undefined ? undefined : { uid, gid: uid, service: service.name, program: 'nginx' };
}

/** Who connects to a socket from another container: the worker of the nginx (or other program) that shares its folder. */
export function peerOf(machine: Machine, service: Service, mount: SocketMount | undefined): Peer | undefined {
  if (!mount) return undefined;
  for (const other of machine.services) {
    if (other.name === service.name || mountShared(machine, other, mount) === undefined) continue;
    for (const c of runningOf(machine, other)) {
      const worker = c.processes.find((p) => p.uid.effective !== 0);
      if (worker) return { uid: worker.uid.effective, gid: worker.gid.effective, service: other.name, program: programOf(worker.argv) };
    }
    const declared = declaredPeer(machine, other);
    if (declared) return declared;
  }
  return undefined;
}

function mountShared(machine: Machine, service: Service, mount: SocketMount): string | undefined {
  const live = runningOf(machine, service).flatMap((c) => c.mounts).find((m) => m.source === mount.source)?.target;
  if (live !== undefined) return live;
  const names = service.compose ? written(machine.files, service.compose).flatMap(({ service: s }) => s.volumes) : [];
  return names.find((v) => v.source === mount.source || `${service.compose?.project ?? ''}_${v.source ?? ''}` === mount.source)?.target;
}
