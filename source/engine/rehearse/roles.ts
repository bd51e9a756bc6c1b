import { isDeepStrictEqual } from 'node:util';
import { composeArgv } from '../../changes/docker-cli.ts';
import { cliOptions } from '../../changes/docker-cli.ts';
import type { Confine } from '../../model/change.ts';
import type { ComposeOrigin } from '../../model/service.ts';
import { list, text } from '../../model/text.ts';
import type { Docker, System } from '../../system/system.ts';
import { inOrder, type Part } from './cast.ts';
import { CannotTell } from './context.ts';
import { beyond, deltaOf, MOUNTED, resolved, type Resolved } from './delta.ts';
import { mountedIn, plannedMounts } from './mounts.ts';
import type { Role } from './world.ts';

/** A compose project as it is, and as planned. */
export interface Project {
  readonly name: string;
  readonly before: Resolved;
  readonly after: Resolved;
}

const EMPTY: Resolved = { services: {}, volumes: {}, networks: {}, secrets: {}, configs: {} };

/** What compose makes of the files: read here, in memory, and never shown. */
export async function configOf(system: System, origin: ComposeOrigin, at: string, root: string): Promise<Resolved> {
  const argv = composeArgv(system.docker?.endpoint ?? '', at, origin, '--profile', '*', 'config', '--format', 'json');
  const { code, stdout } = await system.shell.ask(argv, cliOptions());
  if (code !== 0) throw new CannotTell(text(`docker compose does not take the files of ${origin.project} in a copy.`, `docker compose 不接受 ${origin.project} 在副本里的文件。`));
  return resolved(stdout, at, root);
}

const label = (part: Part, name: string): string | undefined => part.raw.Config.Labels?.[`com.docker.compose.${name}`];

const builds = (keys: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> | undefined => keys?.['build'] as Record<string, unknown> | undefined;

/** A build that also gives images other names, or writes elsewhere, would touch what is not ours. */
export function mustStayOurs(project: Resolved, services: readonly string[]): void {
  for (const service of services) {
    const build = builds(project.services[service]);
    const key = ['tags', 'cache_to'].find((k) => Array.isArray(build?.[k]) && (build[k] as readonly unknown[]).length > 0);
    if (key) throw new CannotTell(text(`${service} has build: ${key}:, which writes beyond a copy.`, `${service} 有 build: ${key}:，会写到副本之外。`));
  }
}

export interface Images {
  /** By the reference that a container is made from: our tags. */
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  /** The same by service, where its own reference is another. */
  readonly own: ReadonlyMap<string, string>;
}

type Depends = Readonly<Record<string, { readonly condition?: string }>>;

/** The copies as they are, and as planned; dependencies first. */
export async function rolesOf(cast: readonly Part[], projects: readonly Project[], images: Images, confines: ReadonlyMap<string, Confine>, docker: Docker): Promise<{ readonly before: readonly Role[]; readonly after: readonly Role[] }> {
  const projectOf = (part: Part): Project | undefined => projects.find((p) => p.name === label(part, 'project'));
  const serviceOf = (part: Part): string => label(part, 'service') ?? '';
  const needsOf = (part: Part, which: 'before' | 'after'): Role['needs'] => {
    const depends = (projectOf(part)?.[which].services[serviceOf(part)]?.['depends_on'] ?? {}) as Depends;
    return Object.entries(depends).flatMap(([name, { condition }]) => {
      const other = cast.find((p) => label(p, 'project') === label(part, 'project') && serviceOf(p) === name);
      return other ? [{ name: other.name, healthy: condition === 'service_healthy' }] : [];
    });
  };
  // Where the file says nothing: those who lend their network first.
  const lender = (part: Part): readonly string[] => cast.filter((p) => part.raw.HostConfig.NetworkMode === `container:${p.raw.Id}`).map((p) => p.name);

  const asIs = (part: Part): Role => ({ part, image: images.before.get(part.raw.Config.Image) ?? part.raw.Image, mounts: mountedIn(part.raw), needs: needsOf(part, 'before') });

  async function asPlanned(part: Part): Promise<Role> {
    const project = projectOf(part);
    const name = serviceOf(part);
    const { before, after } = project ?? { before: EMPTY, after: EMPTY };
    const [old, now] = [before.services[name], after.services[name]];
    const changed = project ? deltaOf(old, now) : new Map<string, unknown>();
    const odd = beyond(changed);
    if (odd.length > 0) throw new CannotTell(text(`The plan changes ${list(odd).en} of ${part.name}, which can't be brought into a copy.`, `方案改动了 ${part.name} 的 ${list(odd)['zh-CN']}，而这无法带进副本。`));
    const mounted = MOUNTED.some((key) => changed.has(key)) ? plannedMounts(mountedIn(part.raw), before, after, name) : { mounts: mountedIn(part.raw), lost: [] };
    if (mounted.lost.length > 0) throw new CannotTell(text(`What the plan mounts at ${list(mounted.lost).en} of ${part.name} can't be brought into a copy.`, `方案在 ${part.name} 的 ${list(mounted.lost)['zh-CN']} 挂载的内容无法带进副本。`));
    const networks = changed.has('networks')
      ? Object.entries((now?.['networks'] ?? {}) as Record<string, { aliases?: readonly string[] } | null>).map(([key, n]) => ({ network: after.networks[key]?.name ?? `${project?.name ?? ''}_${key}`, aliases: [name, ...(n?.aliases ?? [])] }))
      : undefined;
    const built = images.own.get(part.name) ?? images.after.get(part.raw.Config.Image);
    const other = !built && !builds(now) && now?.['image'] !== undefined && !isDeepStrictEqual(old?.['image'], now['image']) ? String(now['image']) : undefined;
    if (other !== undefined && !(await docker.look.image(other))) throw new CannotTell(text(`The image ${other} of ${part.name} is not on this engine yet.`, `${part.name} 的镜像 ${other} 还不在这个引擎上。`));
    const confine = confines.get(part.name);
    return {
      part, image: built ?? other ?? part.raw.Image, mounts: mounted.mounts, needs: needsOf(part, 'after'),
      ...(changed.size > 0 ? { delta: { changed, before: old, ...(networks ? { networks } : {}) } } : {}), ...(confine ? { confine } : {}),
    };
  }

  const ordered = (which: 'before' | 'after'): readonly Part[] => inOrder(cast, (name) => {
    const part = cast.find((p) => p.name === name);
    return part ? [...needsOf(part, which).map((n) => n.name), ...lender(part)] : [];
  });
  return { before: ordered('before').map(asIs), after: await Promise.all(ordered('after').map(asPlanned)) };
}
