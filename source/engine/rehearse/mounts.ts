import type { RawContainer } from '../../system/raw.ts';
import { deltaOf, type Resolved } from './delta.ts';

/** Something that a container has mounted, before it is known what stands for it in a copy. */
export interface Mounted {
  readonly type: 'volume' | 'bind' | 'tmpfs';
  /** Name of a volume, absolute path of a bind. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Of a tmpfs, in the API's words. */
  readonly options?: unknown;
}

/** What no copy gets: the machine's own, and what speaks to it. */
const NEVER = ['/proc', '/sys', '/dev', '/run', '/var/run', '/var/lib/docker'];

export const isMachines = (source: string): boolean => source === '/' || source === '/var' || source === '/var/lib' || NEVER.some((n) => source === n || source.startsWith(`${n}/`));

interface TmpfsMount { readonly Type: string; readonly Target: string; readonly TmpfsOptions?: unknown }

/** As the engine has it. */
export function mountedIn(raw: RawContainer): readonly Mounted[] {
  const memory = ((raw.HostConfig['Mounts'] ?? []) as readonly TmpfsMount[]).filter((m) => m.Type === 'tmpfs');
  return [
    ...raw.Mounts.filter((m) => m.Type === 'volume' || m.Type === 'bind').map((m) => ({ type: m.Type as 'volume' | 'bind', source: m.Type === 'volume' ? (m.Name ?? m.Source) : m.Source, target: m.Destination, readOnly: !m.RW })),
    ...memory.map((m) => ({ type: 'tmpfs' as const, source: '', target: m.Target, readOnly: false, ...(m.TmpfsOptions ? { options: m.TmpfsOptions } : {}) })),
  ];
}

interface Written { readonly type?: string; readonly source?: string; readonly target?: string; readonly read_only?: boolean; readonly tmpfs?: { readonly size?: string; readonly mode?: number } }

function ofVolume(v: Written, project: Resolved): Mounted | undefined {
  const { target, source } = v;
  if (!target) return undefined;
  if (v.type === 'tmpfs') return { type: 'tmpfs', source: '', target, readOnly: false, options: { ...(v.tmpfs?.size ? { SizeBytes: Number(v.tmpfs.size) } : {}), ...(v.tmpfs?.mode === undefined ? {} : { Mode: v.tmpfs.mode }) } };
  if (v.type === 'volume') return { type: 'volume', source: source === undefined ? '' : (project.volumes[source]?.name ?? source), target, readOnly: v.read_only === true };
  return v.type === 'bind' && source ? { type: 'bind', source, target, readOnly: v.read_only === true } : undefined;
}

/** Mounts of a service as the file has them, by where they go; 'beyond' for one that can't be brought into a copy. */
function written(project: Resolved, service: string): ReadonlyMap<string, Mounted | 'beyond'> {
  const keys = project.services[service] ?? {};
  const list = (name: string): readonly Written[] => (keys[name] as readonly Written[] | undefined) ?? [];
  const found = new Map<string, Mounted | 'beyond'>();
  for (const v of list('volumes')) if (v.target) found.set(v.target, ofVolume(v, project) ?? 'beyond');
  for (const [kind, folder] of [['secrets', '/run/secrets/'], ['configs', '/']] as const) {
    for (const { source = '', target } of list(kind)) {
      const at = target === undefined ? `${folder}${source}` : target.startsWith('/') ? target : `${folder}${target}`;
      const file = project[kind][source]?.file;
      found.set(at, file ? { type: 'bind', source: file, target: at, readOnly: true } : 'beyond');
    }
  }
  return found;
}

/** What is mounted as planned: what the engine has, with what the file changes. `lost` can't be brought into a copy. */
export function plannedMounts(now: readonly Mounted[], before: Resolved, after: Resolved, service: string): { readonly mounts: readonly Mounted[]; readonly lost: readonly string[] } {
  const [old, fresh] = [written(before, service), written(after, service)];
  const changed = deltaOf(Object.fromEntries(old), Object.fromEntries(fresh));
  const other = [...changed.keys()];
  const added = other.flatMap((at) => { const m = fresh.get(at); return m === undefined || m === 'beyond' ? [] : [m]; });
  return {
    mounts: [...now.filter((m) => !other.includes(m.target)), ...added],
    lost: other.filter((at) => fresh.get(at) === 'beyond'),
  };
}
