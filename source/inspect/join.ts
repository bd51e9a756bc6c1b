import { isAbsolute, join as joinPath, relative, sep } from 'node:path';
import type { Container, Image } from '../model/container.ts';
import type { Blind, DockerFacts, Elsewhere, Machine, ProcessSource, SourceFile } from '../model/machine.ts';
import type { Live } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { declaredName, declaredServices, projectsInTree } from '../settings/compose-services.ts';
import { bareServers, faults, usersUnits } from './faults.ts';
import { dockerfilesByHistory } from './history.ts';
import { hostServices } from './host-services.ts';
import { isDockerfile } from './names.ts';
import { shippedTargets } from './shipped-targets.ts';

/** Everything that was read, before it is tied together. */
export interface Parts {
  readonly root: string;
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly docker?: DockerFacts;
  readonly containers: readonly Container[];
  readonly images: readonly Image[];
  readonly host: Live;
  readonly state?: Machine['state'];
  readonly beside?: Machine['beside'];
  readonly processSource: ProcessSource;
  readonly uid?: number;
  readonly blind: readonly Blind[];
  /** `--dockerfile FILE`: the one that plain containers whose image matches none come from. */
  readonly dockerfile?: string;
}

const LABELS = { project: 'com.docker.compose.project', service: 'com.docker.compose.service', files: 'com.docker.compose.project.config_files', folder: 'com.docker.compose.project.working_dir' };

/** Compose files of a container, relative to the root; undefined unless every one lies under it and was read. */
function composeFilesOf(c: Container, root: string, files: Parts['files']): readonly string[] | undefined {
  const folder = c.labels.get(LABELS.folder);
  const list = c.labels.get(LABELS.files)?.split(',') ?? [];
  if (!folder || list.length === 0) return undefined;
  // v1 writes them relative to the working directory, v2 absolute.
  const paths = list.map((f) => relative(root, isAbsolute(f) ? f : joinPath(folder, f)).split(sep).join('/'));
  return paths.every((p) => files.has(p)) ? paths : undefined;
}

interface Tied {
  readonly services: readonly Service[];
  readonly owned: ReadonlySet<string>;
}

/** Compose's own containers, to the service that a compose file *here* really names: a label alone proves nothing. */
function composeServices(parts: Parts): Tied {
  const { root, files } = parts;
  const owned = new Set<string>();
  const services = new Map<string, Service>();
  const key = (project: string, name: string): string => `${project}\0${name}`;
  for (const paths of projectsInTree(files)) {
    const folder = joinPath(root, paths[0]?.split('/').slice(0, -1).join('/') ?? '');
    // Who starts it may name it otherwise (`-p`, a variable of a shell): then nothing of that name was ever there.
    const running = new Set(parts.containers.flatMap((c) => (c.owner.kind === 'other-project' && paths[0] !== undefined && composeFilesOf(c, root, files)?.includes(paths[0]) ? c.labels.get(LABELS.project) ?? [] : [])));
    for (const project of running.size > 0 ? running : [declaredName(files, paths, folder)]) {
      for (const s of declaredServices(files, paths, project)) services.set(key(project, s.name), s);
    }
  }
  for (const c of parts.containers) {
    if (c.owner.kind !== 'other-project') continue;
    const paths = composeFilesOf(c, root, files);
    const project = c.labels.get(LABELS.project) ?? '';
    const name = c.labels.get(LABELS.service) ?? '';
    const declared = paths && declaredServices(files, paths, project).find((s) => s.name === name);
    if (!declared) continue;
    const known = services.get(key(project, name));
    const image = declared.build && declared.builtBy === undefined ? c.image : declared.image;
    services.set(key(project, name), { ...declared, ...(image ? { image } : {}), containers: [...(known?.containers ?? []), c.id] });
    owned.add(c.id);
  }
  return { services: [...services.values()], owned };
}

/** Containers of plain `docker run`, by the Dockerfile their image's history matches, or by a bind source under the root. */
function plainServices(parts: Parts, compose: readonly Service[]): Tied {
  const taken = new Set(compose.flatMap((s) => s.build?.dockerfile ?? []));
  const owned = new Set<string>();
  const services: Service[] = [];
  const plain = parts.containers.filter((x) => x.owner.kind === 'plain');
  for (const c of plain) {
    const image = parts.images.find((i) => i.id === c.imageId);
    const bound = c.mounts.some((m) => m.type === 'bind' && (m.source === parts.root || m.source.startsWith(parts.root + sep)));
    const named = parts.dockerfile !== undefined && parts.files.has(parts.dockerfile) ? { context: parts.dockerfile.split('/').slice(0, -1).join('/'), dockerfile: parts.dockerfile, args: {} } : undefined;
    const alike = image && dockerfilesByHistory(image, parts.files);
    // A likeness is no proof: without a mount from here, a Dockerfile that compose builds already says nothing of it.
    const build = (alike && (bound || !taken.has(alike.dockerfile)) ? alike : undefined) ?? named;
    // The file that the user names may be of any of them: of one alone there is no doubt.
    if (!(build && (build !== named || plain.length === 1)) && !bound) continue;
    // A likeness that the user confirms by naming the file is no guess any more.
    const meant = build !== undefined && build.dockerfile === named?.dockerfile;
    services.push({ name: c.name, image: c.image, containers: [c.id], ...(build ? { build, tie: bound || meant ? ('bind' as const) : ('history' as const) } : {}) });
    owned.add(c.id);
  }
  return { services, owned };
}

/** Dockerfiles that nothing here builds are judged as they stand; their service is named after the file, and its target beside the last stage. */
function looseDockerfiles(parts: Parts, known: readonly Service[]): readonly Service[] {
  const used = new Set(known.flatMap((s) => s.build?.dockerfile ?? []));
  return [...parts.files.values()]
    .filter((file) => isDockerfile(file.path) && !used.has(file.path))
    .flatMap((file) => shippedTargets(file).map((target): Service => ({
      name: target === undefined ? file.path : `${file.path} (${target})`,
      build: { context: file.path.split('/').slice(0, -1).join('/'), dockerfile: file.path, ...(target === undefined ? {} : { target }), args: {} },
      containers: [],
    })));
}

function names(services: readonly Service[]): readonly Service[] {
  const projects = new Set(services.flatMap((s) => s.compose?.project ?? []));
  // One project: short names. Several: compose names repeat, so the project stands before them.
  return projects.size < 2 ? services : services.map((s) => (s.compose ? { ...s, name: `${s.compose.project}/${s.compose.service}` } : s));
}

const isWorker = (c: Container): boolean => [[...c.entrypoint, ...c.cmd].flatMap((w) => w.split(/\s+/)), ...c.processes.map((p) => p.argv)].some((words) => words.includes('worker') && words.some((w) => /(?:^|\/)celery$/.test(w)));

const said = (c: Container): string => (c.owner.kind === 'other-project' ? c.owner.name : c.owner.kind);

/** pid → container → service → Dockerfile and compose lines: the parts become one machine. Pure. */
export function join(parts: Parts): Machine {
  const compose = composeServices(parts);
  const plain = plainServices(parts, compose.services);
  const tied = names([...compose.services, ...plain.services]);
  const services = [...tied, ...looseDockerfiles(parts, tied)];
  const mine = new Set([...compose.owned, ...plain.owned]);
  const serviceOf = (id: string): string | undefined => services.find((s) => s.containers.includes(id))?.name;
  const containers = parts.containers.filter((c) => mine.has(c.id)).map((c): Container => {
    const service = serviceOf(c.id);
    return { ...c, ...(c.owner.kind === 'other-project' ? { owner: { kind: 'this-project' as const } } : {}), ...(service ? { service } : {}) };
  });
  const elsewhere: Elsewhere[] = parts.containers.filter((c) => !mine.has(c.id) && c.owner.kind !== 'ours').map((c) => ({ kind: 'container', name: c.name, owner: said(c), ...(c.running && c.networkMode.startsWith('container:') ? { networkMode: c.networkMode } : {}), ...(c.running && c.links ? { links: c.links } : {}), ...(c.running && isWorker(c) ? { worker: true as const } : {}) }));
  const project = compose.services.find((s) => s.compose)?.compose?.project;
  const pulled = services.filter((s) => s.containers.length > 0 && !s.build && s.image);
  const blind = pulled.map((s): Blind => ({
    what: s.name,
    why: text(`pulled (${s.image ?? ''}): no Dockerfile here, only the compose file to change`, `拉取的镜像（${s.image ?? ''}）：这里没有 Dockerfile，只能改 compose 文件`),
    remedy: text('nothing to do, unless its Dockerfile lies elsewhere', '无需处理，除非它的 Dockerfile 在别处'),
  }));
  const machine: Machine = {
    root: parts.root,
    name: project ?? parts.root.split(sep).at(-1) ?? parts.root,
    files: parts.files,
    ...(parts.docker ? { docker: parts.docker } : {}),
    services,
    containers,
    images: parts.images,
    host: { processes: parts.host.processes, listeners: parts.host.listeners, sockets: parts.host.sockets },
    ...(parts.state ? { state: parts.state } : {}),
    ...(parts.beside ? { beside: parts.beside } : {}),
    processSource: parts.processSource,
    ...(parts.uid === undefined ? {} : { uid: parts.uid }),
    elsewhere,
    blind: [...parts.blind, ...faults(parts.files), ...blind],
  };
  const whole: Machine = { ...machine, services: [...services, ...hostServices(machine)] };
  return { ...whole, blind: [...whole.blind, ...bareServers(whole), ...usersUnits(whole)] };
}
