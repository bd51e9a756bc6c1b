import { isDeepStrictEqual } from 'node:util';

/** Body of `POST /containers/create`, as far as it is touched here. */
export type Spec = Readonly<Record<string, unknown>> & { readonly HostConfig: Readonly<Record<string, unknown>> };

type Keys = Readonly<Record<string, unknown>>;

/** A project as `docker compose config` resolves it. It holds secrets: it is neither printed nor logged. */
export interface Resolved {
  readonly services: Readonly<Record<string, Keys>>;
  readonly volumes: Readonly<Record<string, { readonly name?: string; readonly external?: unknown }>>;
  readonly networks: Readonly<Record<string, { readonly name?: string }>>;
  readonly secrets: Readonly<Record<string, { readonly file?: string }>>;
  readonly configs: Readonly<Record<string, { readonly file?: string }>>;
}

/** Keys of a service that read otherwise than before, with their new value; undefined where the key went. */
export type Delta = ReadonlyMap<string, unknown>;

/** Paths in a stage read as those of the project; `config` writes a dollar as two, for those who feed it back. */
export function resolved(json: string, stage: string, root: string): Resolved {
  const { services, volumes, networks, secrets, configs } = JSON.parse(json.replaceAll(stage, root).replaceAll('$$', '$')) as Partial<Resolved>;
  return { services: services ?? {}, volumes: volumes ?? {}, networks: networks ?? {}, secrets: secrets ?? {}, configs: configs ?? {} };
}

/** What a copy has not, whatever the file says: it is published nowhere, comes up once, and is nobody's but ours. */
const ABSENT = new Set(['annotations', 'attach', 'build', 'cgroup', 'container_name', 'depends_on', 'deploy', 'develop', 'devices', 'env_file', 'expose', 'image', 'ipc', 'labels', 'logging', 'pid', 'ports', 'privileged', 'profiles', 'pull_policy', 'restart', 'scale', 'stop_grace_period', 'userns_mode', 'uts']);

/** Mounts and networks, which become others in a copy: `mounts.ts` and `wiring.ts` read them. */
export const MOUNTED = ['volumes', 'secrets', 'configs'] as const;
const ELSEWHERE = new Set<string>([...MOUNTED, 'networks']);

export function deltaOf(before: Keys | undefined, after: Keys | undefined): Delta {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return new Map([...keys].filter((key) => !ABSENT.has(key) && !isDeepStrictEqual(before?.[key] ?? null, after?.[key] ?? null)).map((key) => [key, after?.[key] ?? undefined]));
}

const UNITS: Readonly<Record<string, number>> = { h: 3600e9, m: 60e9, s: 1e9, ms: 1e6, us: 1e3, ns: 1 };

/** `1m30s` in nanoseconds, as the API counts. */
export function nanoseconds(written: unknown): number | undefined {
  if (typeof written !== 'string') return undefined;
  const parts = [...written.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|ns|m|s)/g)];
  return parts.reduce((sum, [, n, unit]) => sum + Number(n) * (UNITS[unit ?? ''] ?? 0), 0);
}

function health(value: unknown): unknown {
  if (value === undefined) return undefined;
  const { test, interval, timeout, start_period: start, retries, disable } = value as Record<string, unknown>;
  if (disable === true) return { Test: ['NONE'] };
  const durations = { Interval: nanoseconds(interval), Timeout: nanoseconds(timeout), StartPeriod: nanoseconds(start) };
  return { ...(test === undefined ? {} : { Test: test }), ...Object.fromEntries(Object.entries(durations).filter(([, n]) => n !== undefined)), ...(retries === undefined ? {} : { Retries: Number(retries) }) };
}

/** `NAME=value` entries with those of a map in their place. What went from the map goes here, unless the image has it. */
function environment(spec: Spec, before: unknown, after: unknown): readonly string[] {
  const [old, now] = [before, after].map((m) => (m ?? {}) as Record<string, string | null>);
  const named = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})]);
  const kept = ((spec['Env'] as readonly string[] | undefined) ?? []).filter((entry) => !named.has(entry.split('=')[0] ?? ''));
  return [...kept, ...Object.entries(now ?? {}).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]))];
}

const number = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
const pairs = (value: unknown): Record<string, string> => Object.fromEntries(((value as readonly string[] | undefined) ?? []).map((t) => { const [path = t, ...options] = t.split(':'); return [path, options.join(':')]; }));
const limits = (value: unknown): unknown => Object.entries((value ?? {}) as Record<string, number | { soft: number; hard: number }>).map(([Name, n]) => (typeof n === 'number' ? { Name, Soft: n, Hard: n } : { Name, Soft: n.soft, Hard: n.hard }));

/** A profile of seccomp is a file that compose reads for the engine. */
const plainOptions = (value: unknown): boolean => ((value as readonly string[] | undefined) ?? []).every((o) => !/^seccomp[:=](?!unconfined$)/.test(o));

type Put = (spec: Spec, value: unknown) => Spec;
const top = (name: string, read: (value: unknown) => unknown = (v) => v): Put => (spec, value) => ({ ...spec, [name]: read(value) });
const host = (name: string, read: (value: unknown) => unknown = (v) => v): Put => (spec, value) => ({ ...spec, HostConfig: { ...spec.HostConfig, [name]: read(value) } });

/** Each key of compose to what the API calls it. */
const TABLE: Readonly<Record<string, Put>> = {
  cap_add: host('CapAdd'), cap_drop: host('CapDrop'), command: top('Cmd'), entrypoint: top('Entrypoint'), group_add: host('GroupAdd', (v) => ((v as readonly unknown[] | undefined) ?? []).map(String)),
  healthcheck: top('Healthcheck', health), hostname: top('Hostname'), init: host('Init'), mem_limit: host('Memory', number), pids_limit: host('PidsLimit', number), read_only: host('ReadonlyRootfs', (v) => v === true),
  security_opt: host('SecurityOpt'), shm_size: host('ShmSize', number), stdin_open: top('OpenStdin', (v) => v === true), stop_signal: top('StopSignal'), sysctls: host('Sysctls', (v) => v ?? {}), tmpfs: host('Tmpfs', pairs), tty: top('Tty', (v) => v === true),
  ulimits: host('Ulimits', limits), user: top('User', (v) => (v === undefined ? undefined : String(v))), working_dir: top('WorkingDir'),
};

/** Keys that changed and can't be brought into a copy. */
export const beyond = (delta: Delta): readonly string[] =>
  [...delta].filter(([key, value]) => !ELSEWHERE.has(key) && key !== 'environment' && (!(key in TABLE) || (key === 'security_opt' && !plainOptions(value)))).map(([key]) => key);

/** The copy's body with the keys that changed, and nothing else of the file: what runs was made by it already. */
export function withDelta(spec: Spec, delta: Delta, before: Keys | undefined): Spec {
  let now = spec;
  for (const [key, value] of delta) {
    if (key === 'environment') now = { ...now, Env: environment(now, before?.['environment'], value) };
    else now = TABLE[key]?.(now, value) ?? now;
  }
  return now;
}
