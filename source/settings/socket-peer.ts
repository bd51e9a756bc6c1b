import { named } from '../files/nginx.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { nginxOf, within } from './parsed.ts';
import type { Program } from './program.ts';
import { programOf } from './roles.ts';
import { baseOf, runningOf, shipped } from './service-files.ts';
import { programs } from './supervisord.ts';
import { declaredUser } from './user.ts';
import { effective, type Uwsgi } from './uwsgi.ts';
import { composeMounts } from './volumes.ts';

export interface Peer {
  /** uid of the program that connects; numbers, because a name is another number in another image. */
  readonly uid: number;
  readonly gid: number;
  readonly service: string;
  readonly program: string;
  /** On this machine an account has a name, and its files are to say that. */
  readonly name?: string;
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
  const declared = composeMounts(machine, service).find((v) => v.source !== '' && v.type !== 'other' && holds(v.target, path));
  return declared && { type: declared.type === 'bind' ? 'bind' : 'volume', source: declared.source, target: declared.target };
}

/**
 * What the names are numbers for: www-data is 33 in Debian's images and 82 in Alpine's, nginx is 101 in nginx's own
 * (DECISIONS.md, "group-socket across containers"). An account that an image makes for itself may have any number.
 */
function numberOf(name: string, base: string): number | undefined {
  if (/^\d+$/.test(name)) return Number(name);
  const alpine = /alpine/.test(base);
  if (name === 'www-data') return alpine ? 82 : 33;
  if (name === 'nginx') return IS_NGINX.test(base) ? 101 : undefined;
  return name === 'nobody' ? 65534 : undefined;
}

const IS_NGINX = /^(?:docker\.io\/)?(?:(?:library\/)?nginx|nginxinc\/nginx-unprivileged)(?:[:@]|$)/;

/** Programs that stand in front of an app and talk to its socket. */
const WEB = /^(?:nginx|angie|openresty|apache2?|httpd|caddy|haproxy|lighttpd|h2o)$/;

/** The user that nginx's own configuration names; in the image's context, or mounted into the container. */
function nginxUser(machine: Machine, service: Service): string | undefined {
  const context = service.build?.context;
  const inContext = (path: string): boolean => context !== undefined && path.startsWith(context === '' ? '' : `${context}/`);
  const mounted = composeMounts(machine, service).flatMap((m) => (m.type === 'bind' ? (within(service.compose?.directory ?? '', m.source) ?? []) : []));
  const configs = [...machine.files.values()].filter((f) => f.path.endsWith('.conf') && (inContext(f.path) || mounted.some((m) => f.path === m || f.path.startsWith(`${m}/`))));
  return configs.flatMap((f) => named(nginxOf(f, undefined).directives, 'user')).flatMap((d) => d.args[0]?.value ?? [])[0];
}

function declaredPeer(machine: Machine, service: Service): Peer | undefined {
  const image = shipped(machine, service);
  const base = (image ? baseOf(image) : service.image) ?? '';
  const [, own] = /^([1-9]\d*)(?::|$)/.exec(declaredUser(machine, service)?.value ?? '') ?? [];
  // Started as somebody already, nginx has no other user to go to.
  const name = own ?? nginxUser(machine, service) ?? (IS_NGINX.test(base) ? 'nginx' : undefined);
  const uid = name === undefined ? undefined : numberOf(name, base);
  return uid === undefined ? undefined : { uid, gid: uid, service: service.name, program: 'nginx' };
}

function livePeers(machine: Machine, service: Service): readonly Peer[] {
  return runningOf(machine, service).flatMap((c) => c.processes).filter((p) => p.uid.effective !== 0)
    .map((p) => ({ uid: p.uid.effective, gid: p.gid.effective, service: service.name, program: programOf(p.argv) }));
}

/** A web server beside the app in its own container: its worker as it runs, or the supervisord program that starts it. */
function peerInside(machine: Machine, service: Service): Peer | undefined {
  const live = livePeers(machine, service).find((p) => WEB.test(p.program));
  const started = programs(machine, service).some((p) => programOf(p.words.map((w) => w.value)) === 'nginx');
  return live ?? (started ? declaredPeer(machine, service) : undefined);
}

/**
 * Who connects to a socket: the worker of the nginx (or other program) that shares its folder or its container. A web
 * server before anybody else; where several others share it and are not of one mind, nobody, for it would be a guess.
 */
export function peerOf(machine: Machine, service: Service, mount: SocketMount | undefined): Peer | undefined {
  const inside = peerInside(machine, service);
  if (inside || !mount) return inside;
  const others = machine.services.filter((s) => s.name !== service.name && shares(machine, s, mount));
  const live = others.flatMap((s) => livePeers(machine, s).slice(0, 1).concat(livePeers(machine, s).filter((p) => WEB.test(p.program))));
  const web = live.find((p) => WEB.test(p.program)) ?? others.flatMap((s) => declaredPeer(machine, s) ?? [])[0];
  return web ?? (new Set(live.map((p) => p.uid)).size === 1 ? live[0] : undefined);
}

/** Configuration of a web server that names this socket. */
function webConfigs(machine: Machine, path: string): readonly SourceFile[] {
  return [...machine.files.values()].filter((f) => /nginx|sites-|conf\.d|\.conf$/.test(f.path) && f.text.includes(`unix:${path}`));
}

/** On the machine: the web server's worker that was seen, else the one whose configuration here names the socket. */
function peerOnHost(machine: Machine, path: string): Peer | undefined {
  const live = machine.host.processes.find((p) => p.uid.effective !== 0 && WEB.test(programOf(p.argv)));
  const configs = webConfigs(machine, path);
  if (!live && configs.length === 0) return undefined;
  const [said] = [...configs, ...[...machine.files.values()].filter((f) => /(?:^|\/)nginx\.conf$/.test(f.path))].flatMap((f) => named(nginxOf(f, undefined).directives, 'user')).flatMap((d) => d.args[0]?.value ?? []);
  // Debian's and Ubuntu's packages have it so where the configuration is silent.
  const name = said ?? 'www-data';
  const uid = live?.uid.effective ?? numberOf(name, '');
  if (uid === undefined) return undefined;
  return { uid, gid: live?.gid.effective ?? uid, service: 'nginx', program: live ? programOf(live.argv) : 'nginx', ...(numberOf(name, '') === uid ? { name } : {}) };
}

/** Who connects to a socket that a program opens, in its container or on the machine. */
export const peerOfSocket = (machine: Machine, program: Program, path: string): Peer | undefined =>
  program.service.host ? peerOnHost(machine, path) : peerOf(machine, program.service, mountOf(machine, program.service, path));

export function shares(machine: Machine, service: Service, mount: SocketMount): boolean {
  if (runningOf(machine, service).some((c) => c.mounts.some((m) => m.source === mount.source))) return true;
  const folder = service.compose?.directory ?? '';
  return composeMounts(machine, service).some((m) => m.source !== '' && (m.source === mount.source || `${service.compose?.project ?? ''}_${m.source}` === mount.source || `${machine.root}/${within(folder, m.source) ?? ''}` === mount.source));
}

/** `chown-socket` says already that this program owns the socket: by its number, or by a name that is this number here. */
export function givenTo(machine: Machine, uwsgi: Uwsgi, peer: Peer): boolean {
  const { service } = uwsgi.program;
  const owner = effective(uwsgi, 'chown-socket')?.value.split(':')[0];
  const image = shipped(machine, service);
  return owner !== undefined && (owner === peer.name || numberOf(owner, (image ? baseOf(image) : service.image) ?? '') === peer.uid);
}
