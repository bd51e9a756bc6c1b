import { dirname } from 'node:path';
import type { Container } from '../model/container.ts';
import type { Blind, Elsewhere, Machine, ProcessSource } from '../model/machine.ts';
import { same, text, type Text } from '../model/text.ts';
import type { Progress } from '../engine/session.ts';
import type { System } from '../system/system.ts';
import { baseNames } from './bases.ts';
import { mastersOf, otherPrograms } from './beyond.ts';
import { imagesOf, seenInside, withWritten } from './containers.ts';
import { container, withConnected } from './docker.ts';
import { inspectFiles } from './files.ts';
import { trackedEnvFiles } from './git-index.ts';
import { inspectHost } from './host.ts';
import { join, type Parts } from './join.ts';
import { namedEnvFiles } from './named-env-files.ts';
import { programOf } from '../settings/roles.ts';
import { rootReadPaths } from '../settings/root-reads.ts';
import { stateFolders } from './state-folders.ts';
import { withInside } from './inside.ts';
import { withOwners, withStats } from './owners.ts';
import { inspectProcesses, type SeenProcesses } from './processes.ts';
import { filesTold, projectTold, spokenVersion } from './told.ts';

export interface InspectOptions {
  readonly files: boolean;
  readonly processes: boolean;
  /** Reading commands inside containers are allowed (after an apply; never in a scan). */
  readonly asks: boolean;
  /** Why there is no engine, when one was wanted. */
  readonly noDocker?: Blind;
  /** Relative to the root. */
  readonly dockerfile?: string;
  readonly onProgress?: (progress: Progress) => void;
}

const NOTHING: SeenProcesses = { byContainer: new Map(), host: [] };

const wentAway = (error: unknown): boolean => ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'].includes((error as NodeJS.ErrnoException).code ?? '') || /socket hang up/.test(String(error));

/** Somewhere above, or here, begins a git repository. */
async function inRepository({ files }: System, root: string): Promise<boolean> {
  for (let at = root; ; at = dirname(at)) {
    if (await files.stat(`${at}/.git`).catch(() => undefined)) return true;
    if (dirname(at) === at) return false;
  }
}

/** Reads everything once, in parallel, and ties it together. What can't be seen goes into `blind`, never into silence. */
export async function inspect(system: System, root: string, options: InspectOptions): Promise<Machine> {
  const started = system.now().getTime();
  const tell = (source: Progress['source'], state: Progress['state'], words: Text): void =>
    options.onProgress?.({ source, state, text: words, ms: system.now().getTime() - started });
  const { docker } = system;
  for (const source of ['docker', 'project', 'files', 'processes'] as const) tell(source, 'running', same(''));

  const blind: Blind[] = [...(options.noDocker ? [options.noDocker] : [])];
  /** An engine that goes away while it is looked at is not seen; everything else goes on. */
  const unlessGone = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!docker || !wentAway(error)) throw error;
      if (!blind.some((b) => b.what === 'Docker')) blind.push({ what: 'Docker', why: text('stopped answering while it was looked at', '查看过程中停止了响应'), remedy: text('see that it runs, then look again', '确认它在运行，然后再看一次') });
      return otherwise;
    }
  };
  const dockerPart = (async () => {
    if (!docker) {
      tell('docker', 'absent', options.noDocker ? text('not running here; files can still be looked at', '这里没有运行；仍可查看文件') : text('not asked', '未询问'));
      return undefined;
    }
    const found = await unlessGone(Promise.all([docker.look.facts(), docker.look.containers()]), undefined);
    if (!found) {
      tell('docker', 'absent', text('stopped answering', '停止了响应'));
      return undefined;
    }
    const [facts, raws] = found;
    tell('docker', 'done', text(`engine ${spokenVersion(facts.engine)}${facts.compose ? `, compose ${spokenVersion(facts.compose)}` : ''}, ${facts.remote ? facts.endpoint : 'local socket'}`, `引擎 ${spokenVersion(facts.engine)}${facts.compose ? `，compose ${spokenVersion(facts.compose)}` : ''}，${facts.remote ? facts.endpoint : '本机套接字'}`));
    return { facts, raws };
  })();
  const filePart = (async () => {
    const found = options.files ? await inspectFiles(system.files, root) : { files: new Map(), blind: [] };
    tell('files', 'done', filesTold(found.files));
    return found;
  })();
  const processPart = options.processes && system.processes.available ? inspectProcesses(system.processes) : Promise.resolve(NOTHING);

  const [engine, found, proc] = await Promise.all([dockerPart, filePart, processPart]);
  blind.push(...found.blind);
  let containers: readonly Container[] = [];
  let source: ProcessSource = options.processes && system.processes.available ? 'proc' : 'none';
  if (docker && engine) {
    const inside = await seenInside(docker, engine.raws, proc, options);
    source = inside.source;
    containers = withConnected(engine.raws.map((raw) => container(raw, inside.seen.get(raw.Id))), engine.raws);
  }
  const host = await inspectHost(system, root, proc.host);
  const state = host.processes.length > 0 && options.files ? await stateFolders(system.files, root) : undefined;
  blind.push(...host.blind);
  const parts: Parts = { root, files: new Map([...found.files, ...host.files]), ...(engine ? { docker: engine.facts } : {}), containers, images: docker ? await unlessGone(imagesOf(docker, [...containers.map((c) => c.imageId), ...baseNames(found.files)]), []) : [], host, ...state, processSource: source, ...(system.uid === undefined ? {} : { uid: system.uid }), blind, ...(options.dockerfile === undefined ? {} : { dockerfile: options.dockerfile }) };
  const joined = join(parts);
  const mine = docker ? await Promise.all(joined.containers.map(async (c) => (c.running ? withInside(system, await withWritten(docker, await withStats(system, await withOwners(system, root, c), rootReadPaths(joined, c)))) : withWritten(docker, c)))) : joined.containers;
  const programs = mastersOf(otherPrograms(proc.host, host.processes)).map((p): Elsewhere => ({ kind: 'process', name: `${programOf(p.argv)} (pid ${p.pid})`, owner: p.unit ?? p.cwd ?? `uid ${p.uid.effective}` }));
  const machine = { ...joined, elsewhere: [...joined.elsewhere, ...programs], containers: mine, repository: await inRepository(system, root), tracked: await trackedEnvFiles(system.files, root, namedEnvFiles(joined.files)) };
  const many = machine.containers.reduce((n, c) => n + c.processes.length, 0);
  const how = source === 'proc' ? text('read in /proc', '从 /proc 读取') : source === 'docker' ? text('read through Docker', '通过 Docker 读取') : text('not seen', '未能看到');
  const own = machine.host.processes.length;
  const outside = own === 0 ? same('') : text(`, ${own} outside`, `，容器外 ${own} 个`);
  tell('processes', source === 'none' ? 'absent' : 'done', text(`${many} in ${machine.containers.length} ${machine.containers.length === 1 ? 'container' : 'containers'}${outside.en}, ${how.en}`, `${machine.containers.length} 个容器中的 ${many} 个${outside['zh-CN']}，${how['zh-CN']}`));
  tell('project', machine.services.length > 0 ? 'done' : 'absent', projectTold(machine));
  tell('join', 'done', text('process, container, service, the line that decides', '进程、容器、服务，以及起决定作用的那一行'));
  return machine;
}
