import { sep } from 'node:path';
import type { Blind, SourceFile } from '../model/machine.ts';
import type { Live, Process } from '../model/process.ts';
import { guarded, type Secret } from '../model/secret.ts';
import { text } from '../model/text.ts';
import { programOf } from '../settings/roles.ts';
import { UNIT_FOLDERS } from '../settings/unit.ts';
import type { Processes, System } from '../system/system.ts';
import { outsideFiles } from './outside.ts';
import { inside } from './processes.ts';

export interface SeenHost extends Live {
  /** Files outside the project that the join leads to. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly blind: readonly Blind[];
}

const STARTS_OTHERS = /^(?:supervisord|gunicorn|uwsgi|celery|nginx)$/;

/** Units whose file lies in the project, by way of a link (`systemctl link`), or that say a path in it: the process itself may be nobody's to read. */
async function unitsOfProject(system: System, root: string, units: readonly string[]): Promise<ReadonlySet<string>> {
  const named = new RegExp(`(?:^|[\\s=:"'!@+-])${root.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=[/\\s"':;]|$)`, 'm');
  const mine = await Promise.all(units.map(async (unit) => {
    for (const folder of UNIT_FOLDERS) {
      const real = await system.files.realpath(`${folder}/${unit}`).catch(() => undefined);
      if (real?.startsWith(root + sep)) return unit;
      const said = real === undefined ? undefined : await system.files.read(real).catch(() => undefined);
      if (said && named.test(said.toString('utf8').replace(/^\s*[#;].*$/gm, ''))) return unit;
    }
    return undefined;
  }));
  return new Set(mine.filter((u) => u !== undefined));
}

/** This process and what started it: the shell that stands in the project, npx, sudo. They name the project, and are none of it. */
export function ourselves(all: readonly Process[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at: number | undefined = process.pid; at !== undefined && at > 1 && !found.has(at); at = all.find((p) => p.pid === at)?.ppid) found.add(at);
  return found;
}

/** In scope: its folder, a word of its command line or its unit lies under the root, or something that does started it. */
async function inScope(system: System, root: string, all: readonly Process[]): Promise<readonly Process[]> {
  const under = (path: string | undefined): boolean => path === root || (path?.startsWith(root + sep) ?? false);
  const ours = await unitsOfProject(system, root, [...new Set(all.flatMap((p) => (p.manager === undefined ? (p.unit ?? []) : [])))]);
  const mine = new Set(all.filter((p) => under(p.cwd) || p.argv.some((w) => under(w) || under(w.replace(/^[^=]*=/, ''))) || (p.unit !== undefined && p.manager === undefined && ours.has(p.unit))).map((p) => p.pid));
  for (let grew = true; grew; ) {
    const more = all.filter((p) => !mine.has(p.pid) && mine.has(p.ppid) && all.some((a) => a.pid === p.ppid && STARTS_OTHERS.test(programOf(a.argv))));
    for (const p of more) mine.add(p.pid);
    grew = more.length > 0;
  }
  for (const pid of ourselves(all)) mine.delete(pid);
  return all.filter((p) => mine.has(p.pid));
}

async function environment(source: Processes, pid: number): Promise<ReadonlyMap<string, string | Secret> | undefined> {
  const raw = await source.environment(pid);
  if (raw === undefined) return undefined;
  return new Map(raw.split('\0').filter((l) => l.includes('=')).map((l) => {
    const name = l.slice(0, l.indexOf('='));
    return [name, guarded(name, l.slice(name.length + 1))] as const;
  }));
}

/** The machine's own processes that concern this project, what they listen on, and the files behind them. */
export const inspectHost = async (system: System, root: string, all: readonly Process[]): Promise<SeenHost> => seenHost(system, root, await inScope(system, root, all));

/** Another user's processes are for their user, or for root; what root may not read either, no other call of ours shows. */
function darkness(dark: readonly Process[], root: boolean): Blind {
  const one = dark.length === 1;
  const what = one ? `pid ${dark[0]?.pid}` : `${dark.length} processes`;
  if (root) {
    return {
      what,
      why: text(`the kernel shows not even root what ${one ? 'it holds' : 'they hold'} open: a container or a security module stands in between`, `内核连 root 也不让读${one ? '它' : '它们'}打开的内容：中间隔着容器或安全模块`),
      remedy: text('look from the machine itself, where this is a container; else there is nothing to do', '如果这里是容器，请到宿主机上查看；否则无需处理'),
    };
  }
  return {
    what,
    why: one ? text('belongs to another user: what it holds open may not be read', '属于其他用户：无权读取它打开的内容') : text('belong to another user: what they hold open may not be read', '属于其他用户：无权读取它们打开的内容'),
    remedy: text('look as that user or as root (sudo)', '以该用户或 root（sudo）查看'),
  };
}

/** These processes, what they listen on, and the files that they lead to. */
export async function seenHost(system: System, root: string, mine: readonly Process[]): Promise<SeenHost> {
  const source = system.processes;
  const [seen, files, withEnv] = await Promise.all([
    inside(source, mine),
    outsideFiles(system.files, root, mine),
    Promise.all(mine.map(async (p) => ({ pid: p.pid, env: await environment(source, p.pid), started: await source.startedAt(p.pid) }))),
  ]);
  const more = new Map(withEnv.map((m) => [m.pid, m]));
  const unread = seen.processes.filter((p) => more.get(p.pid)?.env === undefined && programOf(p.argv) !== '');
  // What ended while it was looked at is nobody's to see, and nothing to see.
  const still = unread.length === 0 ? new Set<number>() : new Set((await source.list()).filter((p) => p.cmdline !== '').map((p) => p.pid));
  const dark = unread.filter((p) => still.has(p.pid));
  const blind: Blind[] = dark.length === 0 ? [] : [darkness(dark, system.uid === 0)];
  return {
    processes: seen.processes.map((p) => {
      const { env, started } = more.get(p.pid) ?? {};
      return { ...p, ...(env ? { env } : {}), ...(started === undefined ? {} : { started }) };
    }),
    // Without a holder it may be anybody's: the table is the whole machine's.
    listeners: seen.listeners.filter((l) => l.pids.length > 0),
    sockets: seen.sockets.filter((s) => (s.pids ?? []).length > 0),
    files, blind,
  };
}
