import type { Connected, Listener, Process } from '../model/process.ts';
import type { ProcTexts } from '../system/system.ts';

/** Inside uid for a uid as we see it, by a `uid_map` text ("0 100000 65536" lines; see user_namespaces(7)). */
export function insideUid(uid: number, uidMap: string | undefined): number {
  for (const line of (uidMap ?? '').split('\n')) {
    const [inside, outside, length] = line.trim().split(/\s+/).map(Number);
    if (inside === undefined || outside === undefined || length === undefined) continue;
    if (uid >= outside && uid < outside + length) return inside + (uid - outside);
  }
  return uid;
}

const field = (status: string, name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.trim() ?? '';
const numbers = (words: string): number[] => words.split(/\s+/).filter(Boolean).map(Number);

function mask(status: string, name: string): { value: bigint } | undefined {
  const hex = field(status, name);
  return /^[0-9a-f]+$/i.test(hex) ? { value: BigInt(`0x${hex}`) } : undefined;
}

/** cgroup v1 (`8:pids:/docker/<id>`) and v2 (`0::/system.slice/docker-<id>.scope`): parents vary, 64 hex digits do not. */
export const containerOf = (cgroup: string): string | undefined => /[/-]([0-9a-f]{64})(?:\.scope)?(?:\/|\s|$)/m.exec(cgroup)?.[1];

/** Below `user@1000.service` a user's own systemd runs units of its own: the system's knows nothing of them. */
const USERS = /\/user@(\d+)\.service\/(?:[^\s]*\/)?([^/\s]+\.service)(?:\/|\s|$)/m;

/** The `.service` of the cgroup path, as systemd names it, and whose systemd that is where it is a user's own. */
export function unitOf(cgroup: string): { readonly unit?: string; readonly manager?: number } {
  const [, uid, own] = USERS.exec(cgroup) ?? [];
  if (uid !== undefined && own !== undefined) return { unit: own, manager: Number(uid) };
  const unit = /\/([^/\s]+\.service)(?:\/|\s|$)/m.exec(cgroup)?.[1];
  return unit ? { unit } : {};
}

/** A program that writes its own title (redis, postgres) leaves the rest of its old words as zeros: they are no arguments. */
function wordsOf(cmdline: string): readonly string[] {
  const all = cmdline.split('\0');
  const words = all.at(-1) === '' ? all.slice(0, -1) : all;
  return words.length > 1 && words[0] !== '' && words.slice(1).every((w) => w === '') ? [(words[0] ?? '').trimEnd()] : words;
}

export function readProcess(raw: ProcTexts): Process {
  const { status } = raw;
  const [real = 0, effective = 0] = numbers(field(status, 'Uid'));
  const [realGid = 0, effectiveGid = 0] = numbers(field(status, 'Gid'));
  const inner = numbers(field(status, 'NSpid')).at(-1);
  const inside = insideUid(effective, raw.uidMap);
  const capEff = mask(status, 'CapEff');
  const capBnd = mask(status, 'CapBnd');
  const seccomp = field(status, 'Seccomp');
  const nnp = field(status, 'NoNewPrivs');
  const container = containerOf(raw.cgroup);
  return {
    pid: raw.pid,
    ppid: Number(field(status, 'PPid')),
    ...(inner === undefined ? {} : { innerPid: inner }),
    argv: wordsOf(raw.cmdline),
    uid: { real: insideUid(real, raw.uidMap), effective: inside },
    gid: { real: realGid, effective: effectiveGid },
    groups: numbers(field(status, 'Groups')),
    ...(inside === effective ? {} : { outside: effective }),
    ...(capEff ? { capEff: capEff.value } : {}),
    ...(capBnd ? { capBnd: capBnd.value } : {}),
    ...(nnp === '' ? {} : { noNewPrivs: nnp === '1' }),
    ...(seccomp === '' ? {} : { seccomp: Number(seccomp) }),
    ...(raw.cwd === undefined ? {} : { cwd: raw.cwd }),
    ...(container ? { container } : {}),
    ...unitOf(raw.cgroup),
  };
}

function address(hex: string): string {
  const bytes = (word: string): number[] => (word.match(/../g) ?? []).map((b) => parseInt(b, 16)).reverse();
  if (hex.length === 8) return bytes(hex).join('.');
  const all = (hex.match(/.{8}/g) ?? []).flatMap(bytes);
  const groups = Array.from({ length: 8 }, (_, i) => (((all[2 * i] ?? 0) << 8) | (all[2 * i + 1] ?? 0)).toString(16));
  if (groups.every((g) => g === '0')) return '::';
  return groups.slice(0, 7).every((g) => g === '0') && groups[7] === '1' ? '::1' : groups.join(':');
}

export interface TcpRow extends Omit<Listener, 'pids'> {
  readonly inode: number;
}

/** Listening rows (state 0A) of `/proc/PID/net/tcp` or `tcp6`. Docker's own DNS on 127.0.0.11 is left out. */
export function readTcp(table: string, protocol: Listener['protocol']): readonly TcpRow[] {
  return table.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const [hex = '', port = ''] = (words[1] ?? '').split(':');
    if (words[3] !== '0A') return [];
    const at = address(hex);
    return at === '127.0.0.11' ? [] : [{ protocol, address: at, port: parseInt(port, 16), uid: Number(words[7]), inode: Number(words[9]) }];
  });
}

/** An IPv4 address that a socket for both kinds shows as IPv6. */
const unmapped = (hex: string): string => (/^0{16}FFFF0000/i.test(hex) ? hex.slice(24) : hex);

/** Established rows (state 01) of `/proc/PID/net/tcp` or `tcp6`: the port on this side, and who is on the other; nobody of this very network. */
export function readConnected(table: string): readonly Connected[] {
  return table.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const [, port = ''] = (words[1] ?? '').split(':');
    const [remote = ''] = (words[2] ?? '').split(':');
    if (words[3] !== '01') return [];
    const at = address(unmapped(remote));
    return /^127\.|^::1$/.test(at) ? [] : [{ port: parseInt(port, 16), address: at }];
  });
}

/** Paths of listening unix sockets (flag __SO_ACCEPTCON) of `/proc/PID/net/unix`; abstract names (`@…`) have no mode. */
export function readUnix(table: string): readonly { readonly path: string; readonly inode: number }[] {
  return table.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const path = words.slice(7).join(' ');
    return words[3] === '00010000' && path.startsWith('/') ? [{ path, inode: Number(words[6]) }] : [];
  });
}
