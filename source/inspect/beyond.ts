import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Process } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import { quote } from '../files/shellwords.ts';
import { same, text, type Text } from '../model/text.ts';
import { rootReadPaths } from '../settings/root-reads.ts';
import { programOf } from '../settings/roles.ts';
import type { Docker, System } from '../system/system.ts';
import { container } from './docker.ts';
import { ourselves, seenHost } from './host.ts';
import { hostServices, KNOWN } from './host-services.ts';
import { imagesOf, seenInside, withWritten } from './containers.ts';
import { withInside } from './inside.ts';
import { withOwners, withStats } from './owners.ts';
import { inspectProcesses } from './processes.ts';

/** What is not this project's, looked at because somebody asked for it: whose each service is, and where it would be mended. */
export interface Beyond {
  readonly machine: Machine;
  readonly whose: ReadonlyMap<string, Text>;
}

const OWNERS: Readonly<Record<string, Text>> = {
  kubernetes: same('Kubernetes'), swarm: same('Swarm'), 'dev-container': text('a dev container', '开发容器'),
  testcontainers: same('Testcontainers'), 'one-off': text('a one-off compose run', '一次性的 compose run'),
};

const FOLDER = 'com.docker.compose.project.working_dir';

/** A compose project by its name and its folder; undefined for what no compose started. */
const projectIn = (labels: Readonly<Record<string, string>>): string | undefined => (labels['com.docker.compose.project'] === undefined ? undefined : `${labels['com.docker.compose.project']} ${labels[FOLDER] ?? ''}`);

/** In its own folder it can be fixed, unless something else than compose decides what it is. */
const there = (folder: string | undefined, from: Text): Text =>
  folder === undefined || folder === '/' ? from : text(`${from.en}; to fix it: harden-tui ${quote([folder])}`, `${from['zh-CN']}；要修复它：harden-tui ${quote([folder])}`);

function whoseContainer(c: Container): Text {
  const { owner } = c;
  const other = OWNERS[owner.kind];
  if (other) return text(`it belongs to ${other.en}, and is changed there`, `它属于${/^[A-Z]/.test(other['zh-CN']) ? ` ${other['zh-CN']}` : other['zh-CN']}，要在那里改`);
  if (owner.kind === 'other-project') return there(c.labels.get(FOLDER), text(`it belongs to the project ${owner.name}`, `它属于项目 ${owner.name}`));
  return text('it was started by itself, from no file of this project; harden-tui in the folder of its Dockerfile can fix it', '它是单独启动的，不来自本项目的文件；要修复它，请到它的 Dockerfile 所在目录运行 harden-tui');
}

const nameOf = (c: Container): string => {
  const service = c.labels.get('com.docker.compose.service');
  return c.owner.kind === 'other-project' && service !== undefined ? `${c.owner.name}/${service}` : c.name;
};

/** Of the machine as it was seen what risks may lean on: no file and nothing of this project. */
const emptied = (machine: Machine): Machine => ({ ...machine, files: new Map(), services: [], containers: [], host: { processes: [], listeners: [], sockets: [] }, elsewhere: [], blind: [], state: [], beside: [] });

/** Containers of other owners. They are looked at as those of the project are: nothing in them is executed. */
export async function otherContainers(system: System, docker: Docker, own: Machine, options: { readonly processes: boolean }): Promise<Beyond> {
  const mine = new Set(own.containers.map((c) => c.id));
  // Replaced since the project was looked at, it has another id, and is this project's all the same.
  const projects = new Set(own.containers.flatMap((c) => projectIn(Object.fromEntries(c.labels)) ?? []));
  const isMine = (labels: Readonly<Record<string, string>>): boolean => labels['com.docker.compose.oneoff'] !== 'True' && projects.has(projectIn(labels) ?? '');
  const raws = (await docker.look.containers()).filter((raw) => !mine.has(raw.Id) && !isMine(raw.Config.Labels ?? {}));
  const proc = options.processes && system.processes.available ? await inspectProcesses(system.processes) : { byContainer: new Map(), host: [] };
  const { seen, source } = await seenInside(docker, raws, proc, { processes: options.processes, asks: false });
  const all = raws.map((raw) => container(raw, seen.get(raw.Id))).filter((c) => c.owner.kind !== 'ours');
  const named = new Map([...new Set(all.map(nameOf))].map((name) => [name, all.filter((c) => nameOf(c) === name)] as const));
  const services = [...named].map(([name, group]): Service => ({ name, image: group[0]!.image, containers: group.map((c) => c.id) }));
  const base: Machine = { ...emptied(own), services, containers: all, images: await imagesOf(docker, all.map((c) => c.imageId)), processSource: source };
  const containers = await Promise.all(all.map(async (c) => {
    const service = nameOf(c);
    return { ...(c.running ? await withInside(system, await withWritten(docker, await withStats(system, await withOwners(system, own.root, c), rootReadPaths(base, c)))) : c), service };
  }));
  return { machine: { ...base, containers }, whose: new Map([...named].map(([name, group]) => [name, whoseContainer(group[0]!)])) };
}

/** Programs that we know, with all that they started, and nothing of this project or of ourselves. */
export function otherPrograms(all: readonly Process[], own: readonly Process[]): readonly Process[] {
  const not = new Set([...own.map((p) => p.pid), ...ourselves(all)]);
  const mine = new Set(all.filter((p) => !not.has(p.pid) && KNOWN.test(programOf(p.argv))).map((p) => p.pid));
  for (let size = -1; size < mine.size; ) {
    size = mine.size;
    for (const p of all) if (mine.has(p.ppid) && !not.has(p.pid)) mine.add(p.pid);
  }
  return all.filter((p) => mine.has(p.pid));
}

/** The first process of each program. */
export const mastersOf = (programs: readonly Process[]): readonly Process[] => programs.filter((p) => !programs.some((one) => one.pid === p.ppid));

/** Programs of the machine itself that are not this project's. */
export async function otherProcesses(system: System, own: Machine): Promise<Beyond> {
  const { host } = await inspectProcesses(system.processes);
  const seen = await seenHost(system, own.root, otherPrograms(host, own.host.processes));
  const base: Machine = { ...emptied(own), images: [], files: seen.files, host: { processes: seen.processes, listeners: seen.listeners, sockets: seen.sockets }, blind: seen.blind };
  const services = hostServices(base);
  const from = ({ host: h }: Service): Text => there(h?.cwd, h?.by === 'shell' || h === undefined ? text('it runs outside this project', '它在本项目之外运行') : text(`${h.by === 'systemd' ? 'systemd' : 'supervisord'} starts it, outside this project`, `它由 ${h.by === 'systemd' ? 'systemd' : 'supervisord'} 启动，在本项目之外`));
  return { machine: { ...base, services }, whose: new Map(services.map((s) => [s.name, from(s)])) };
}
