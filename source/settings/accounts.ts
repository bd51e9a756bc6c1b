import { accountCalls, type AccountCall } from './account-calls.ts';
import { distributionOf } from './distribution.ts';
import { baseOf, type Shipped } from './service-files.ts';

/** An account of an image that is not root's nor the system's own (www-data, nobody). */
export interface Account {
  readonly name: string;
  /** Undefined where only the build will tell. */
  readonly uid?: number;
  readonly gid?: number;
  /** A RUN of the Dockerfile makes it, or the base image brings it. */
  readonly from: 'dockerfile' | 'base';
  /** Where `-u N` can be put, for an account whose number the tool would choose; its group then has the same number. */
  readonly pin?: number;
}

const number = (value: string | undefined): number | undefined => (value !== undefined && /^\d{1,7}$/.test(value) ? Number(value) : undefined);
const flag = (call: AccountCall, ...names: readonly string[]): string | undefined => names.map((n) => call.flags.get(n)).find((v) => v !== undefined);

/** The group's number as the tool gives it (measured on Debian 12); undefined where it takes the next free one. */
function groupOf(call: AccountCall, uid: number | undefined, groups: ReadonlyMap<string, number>, busybox: boolean): number | undefined {
  const system = flag(call, '-r', '-S', '--system') !== undefined;
  const named = call.tool === 'useradd' ? flag(call, '-g', '--gid') : busybox ? flag(call, '-G', '--ingroup') : flag(call, '--gid', '--ingroup');
  if (named !== undefined) return number(named) ?? groups.get(named);
  if (call.tool === 'useradd') return system || flag(call, '-N', '--no-user-group') !== undefined ? undefined : uid;
  if (busybox) return system ? undefined : uid;
  // `adduser --system` alone puts everybody into nogroup.
  return system && flag(call, '--group') === undefined ? 65534 : uid;
}

function madeBy(call: AccountCall, groups: ReadonlyMap<string, number>, busybox: boolean): Account | undefined {
  // `adduser app www-data` adds one that is there to a group.
  const [name] = call.names;
  if (name === undefined || call.names.length > 1 || !/^[a-z_][\w-]{0,31}$/i.test(name)) return undefined;
  const written = flag(call, '-u', '--uid');
  const uid = number(written);
  const gid = groupOf(call, uid, groups, busybox);
  const plain = call.tool === 'useradd' && written === undefined && flag(call, '-r', '--system', '-N', '--no-user-group') === undefined;
  const group = flag(call, '-g', '--gid');
  const pinned = plain && call.at.end !== undefined && (group === undefined || gid !== undefined) ? { pin: call.at.end } : {};
  return { name, from: 'dockerfile', ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }), ...pinned };
}

/** Bases that bring an account for whoever wants not to be root, and start as root all the same. */
const BROUGHT: readonly [RegExp, string, number][] = [
  [/^(?:docker\.io\/)?(?:library\/)?node(?:[:@]|$)/, 'node', 1000],
  [/^gcr\.io\/distroless\//, 'nonroot', 65532],
];

/** Nobody's own: shared by whatever else takes them (see `shared-user`). */
const COMMON = /^(?:root|nobody|www-data|daemon|bin|sys|mail)$/;

/** The accounts that an image has for a program: those that its Dockerfile makes, else the one its base is known to bring. */
export function accounts(s: Shipped): readonly Account[] {
  const busybox = distributionOf(s) === 'alpine';
  const calls = accountCalls(s, busybox);
  const groups = new Map(calls.filter((c) => /group/.test(c.tool)).flatMap((c) => { const gid = number(flag(c, '-g', '--gid')); const name = c.names.at(-1); return gid === undefined || name === undefined ? [] : [[name, gid] as const]; }));
  const made = calls.filter((c) => /user/.test(c.tool)).flatMap((c) => madeBy(c, groups, busybox) ?? []).filter((a) => !COMMON.test(a.name) && a.uid !== 0);
  if (made.length > 0) return made;
  return BROUGHT.filter(([base]) => base.test(baseOf(s))).map(([, name, id]) => ({ name, uid: id, gid: id, from: 'base' as const }));
}
