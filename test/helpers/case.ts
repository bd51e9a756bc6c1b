import { readdirSync, readFileSync, existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hashOf } from '../../source/inspect/files.ts';
import { inspect } from '../../source/inspect/index.ts';
import { join as joinParts, type Parts } from '../../source/inspect/join.ts';
import type { Container, Image } from '../../source/model/container.ts';
import type { Least } from '../../source/model/least.ts';
import type { DockerFacts, Machine, SourceFile } from '../../source/model/machine.ts';
import type { Listener, Process, UnixSocket } from '../../source/model/process.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';

/**
 * Every file below a folder: path relative to it, to its text. `dot.X` stands for `.X`, which npm would drop, and `_host/etc/X`
 * for the machine's own `/etc/X`, outside the project.
 */
export function tree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (at: string): void => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else found[relative(folder, path).split('/').map((p) => p.replace(/^dot\./, '.')).join('/').replace(/^_host\//, '/')] = readFileSync(path, 'utf8');
    }
  };
  if (existsSync(folder)) walk(folder);
  return found;
}

/** machine.json: live facts as they were recorded, in the words of model/container.ts; what is left out takes these values. */
type Live = Partial<Omit<Container, 'labels' | 'env' | 'sysctls' | 'processes'>> & {
  readonly labels?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly sysctls?: Record<string, string>;
  readonly processes?: readonly (Partial<Omit<Process, 'uid' | 'gid' | 'capEff' | 'capBnd'>> & { readonly pid: number; readonly uid: number; readonly gid?: number; readonly capEff?: string; readonly capBnd?: string })[];
};

export interface Recorded {
  readonly engine?: string;
  /** `--dockerfile FILE`. */
  readonly dockerfile?: string;
  /** Docker is another machine's. */
  readonly remote?: boolean;
  /** Version of the compose plugin; null where there is none. */
  readonly compose?: string | null;
  readonly containers?: readonly Live[];
  readonly images?: readonly Partial<Image>[];
  /** It lies in a git repository. */
  readonly repository?: boolean;
  /** Env files that git has. */
  readonly tracked?: readonly string[];
  /** Owners and modes (octal) of files and of the folders they lie in; what is not said is root's, 644 and 755. */
  readonly owners?: Record<string, { readonly uid?: number; readonly gid?: number; readonly mode?: string; readonly folder?: { readonly uid: number; readonly gid: number; readonly mode: string } }>;
  /** What a search by trials showed, by service. */
  readonly trials?: Record<string, Least>;
  /** Programs of the machine itself, outside containers. */
  readonly host?: { readonly processes: NonNullable<Live['processes']>; readonly listeners?: readonly Listener[]; readonly sockets?: readonly UnixSocket[]; readonly state?: Machine['state']; readonly beside?: Machine['beside'] };
}

function process(p: NonNullable<Live['processes']>[number]): Process {
  const gid = p.gid ?? p.uid;
  const { capEff, capBnd, uid, ...rest } = p;
  return { ppid: 0, argv: [], groups: [], ...rest, uid: { real: uid, effective: uid }, gid: { real: gid, effective: gid }, ...(capEff === undefined ? {} : { capEff: BigInt(`0x${capEff}`) }), ...(capBnd === undefined ? {} : { capBnd: BigInt(`0x${capBnd}`) }) };
}

function container(root: string, live: Live, i: number): Container {
  const service = live.service;
  const compose: Record<string, string> = service
    ? { 'com.docker.compose.project': 'case', 'com.docker.compose.service': service, 'com.docker.compose.project.working_dir': root, 'com.docker.compose.project.config_files': `${root}/compose.yaml` }
    : {};
  const labels = { ...compose, ...live.labels };
  return {
    id: `${i}`.padStart(64, 'c'), name: service ? `case-${service}-1` : `plain-${i}`, image: service ? `case-${service}` : 'plain', imageId: `image-${i}`,
    running: true, restarting: false, restartCount: 0, startedAt: '2026-01-01T00:00:00Z', pid: 100 + i, user: '', entrypoint: [], cmd: [], workdir: '/',
    mounts: [], ports: [], networkMode: 'case_default', usernsMode: '', capAdd: [], capDrop: [], securityOpt: [], readOnly: false, privileged: false, restart: 'no', autoRemove: false,
    listeners: [], sockets: [], ...live,
    owner: live.owner ?? (service ? { kind: 'other-project', name: 'case' } : { kind: 'plain' }),
    labels: new Map(Object.entries(labels)), env: new Map(Object.entries(live.env ?? {})), sysctls: new Map(Object.entries(live.sysctls ?? {})),
    processes: (live.processes ?? []).map(process),
  };
}

const image = (raw: Partial<Image>): Image => ({ id: 'image', tags: [], user: '', entrypoint: [], cmd: [], workdir: '/', exposed: [], layers: [], history: [], ...raw, env: new Map() });

const dockerFacts = ({ engine = '26.1.5', compose = '2.26.1', remote = false }: Recorded): DockerFacts => ({
  id: 'case', engine, api: '1.41', endpoint: remote ? 'ssh://far' : 'unix:///var/run/docker.sock', remote, userns: false, rootless: false, desktop: false, cgroup: '1', ...(compose ? { compose } : {}),
});

/** The files with the owners that the case says they have. */
function owned(files: ReadonlyMap<string, SourceFile>, owners: NonNullable<Recorded['owners']>): ReadonlyMap<string, SourceFile> {
  const said = (path: string, file: SourceFile): SourceFile => {
    const { mode, folder, ...ids } = owners[path] ?? {};
    const inside = folder ? { folder: { ...folder, mode: parseInt(folder.mode, 8) } } : file.folder ? {} : { folder: { uid: 0, gid: 0, mode: 0o755 } };
    return { ...file, ...ids, ...(mode === undefined ? {} : { mode: parseInt(mode, 8) }), ...inside };
  };
  return new Map([...files].map(([path, file]) => [path, said(path, file)]));
}

const ROOT = '/case';

/** The machine of a case: its files as they would be read, its recorded live facts, tied together by the real join. */
export async function machineOf(files: Record<string, string>, recorded: Recorded = {}): Promise<Machine> {
  const entries = Object.entries(files);
  const read = async (root: string, some: readonly (readonly [string, string])[]) =>
    (await inspect(memorySystem(memoryFiles(Object.fromEntries(some.map(([path, text]) => [`${root}/${path}`, text])))), root, { files: true, processes: false, asks: false })).files;
  const inside = await read(ROOT, entries.filter(([path]) => !path.startsWith('/')));
  // Outside the project nothing is searched for: the case says what the join led to.
  const outside = entries.filter(([path]) => path.startsWith('/')).map(([path, text]) => [path, { path, text, hash: hashOf(Buffer.from(text)), mode: 0o644, uid: 0, gid: 0 }] as const);
  const { host } = recorded;
  const parts: Parts = {
    root: ROOT, files: owned(new Map<string, SourceFile>([...inside, ...outside]), recorded.owners ?? {}), containers: (recorded.containers ?? []).map((c, i) => container(ROOT, c, i)), images: (recorded.images ?? []).map(image),
    host: { processes: (host?.processes ?? []).map(process), listeners: host?.listeners ?? [], sockets: host?.sockets ?? [] },
    ...(host?.state ? { state: host.state } : {}),
    ...(host?.beside ? { beside: host.beside } : {}),
    processSource: recorded.containers || host ? 'proc' : 'none', blind: [],
    ...(recorded.dockerfile === undefined ? {} : { dockerfile: recorded.dockerfile }),
    ...(recorded.engine || recorded.containers ? { docker: dockerFacts(recorded) } : {}),
  };
  const joined = joinParts(parts);
  const machine = recorded.trials ? { ...joined, trials: new Map(Object.entries(recorded.trials)) } : joined;
  return recorded.repository === undefined ? machine : { ...machine, repository: recorded.repository, tracked: new Set(recorded.tracked ?? []) };
}

export interface Case {
  readonly risk: string;
  readonly name: string;
  readonly folder: string;
  readonly quiet: boolean;
  /** fix id → its after folder. */
  readonly afters: ReadonlyMap<string, string>;
  readonly before: Record<string, string>;
  readonly recorded: Recorded;
  readonly expect: { readonly file?: string; readonly line?: number; readonly confidence?: string; readonly severity?: string; readonly recommended?: string; readonly refused?: Record<string, string>; readonly count?: number };
}

const json = <T>(path: string, otherwise: T): T => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : otherwise);

export function casesOf(risk: string): readonly Case[] {
  const base = join(import.meta.dirname, '../../source/risks', risk, 'cases');
  if (!existsSync(base)) return [];
  return readdirSync(base).sort().map((name) => {
    const folder = join(base, name);
    const afters = readdirSync(folder).filter((n) => n.startsWith('after.')).map((n) => [n.slice('after.'.length), join(folder, n)] as const);
    return { risk, name, folder, quiet: name.startsWith('quiet-'), afters: new Map(afters), before: tree(join(folder, 'before')), recorded: json(join(folder, 'machine.json'), {}), expect: json(join(folder, 'expect.json'), {}) };
  });
}
