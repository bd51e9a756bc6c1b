import type { Container, Image, Mount, Owner } from '../model/container.ts';
import { guarded, type Secret } from '../model/secret.ts';
import { LABEL } from '../system/deeds.ts';
import type { RawContainer, RawHistory, RawImage } from '../system/raw.ts';
import type { Live } from '../model/process.ts';

export function environment(entries: readonly string[] | null): ReadonlyMap<string, string | Secret> {
  return new Map((entries ?? []).map((entry) => {
    const at = entry.indexOf('=');
    const name = at < 0 ? entry : entry.slice(0, at);
    return [name, guarded(name, at < 0 ? '' : entry.slice(at + 1))];
  }));
}

/** Whose it is, by its labels. A label is a hint: `this-project` is only given after the compose file was found (join). */
export function ownerByLabels(labels: Readonly<Record<string, string>>): Owner {
  if (LABEL in labels) return { kind: 'ours' };
  if ('io.kubernetes.pod.name' in labels) return { kind: 'kubernetes' };
  if ('com.docker.swarm.service.name' in labels) return { kind: 'swarm' };
  if ('devcontainer.local_folder' in labels) return { kind: 'dev-container' };
  if ('org.testcontainers' in labels) return { kind: 'testcontainers' };
  if (labels['com.docker.compose.oneoff'] === 'True') return { kind: 'one-off' };
  const project = labels['com.docker.compose.project'];
  return project === undefined ? { kind: 'plain' } : { kind: 'other-project', name: project };
}

function mounts(raw: RawContainer): Mount[] {
  return raw.Mounts.map((m) => ({
    type: m.Type,
    source: m.Type === 'volume' ? (m.Name ?? m.Source) : m.Source,
    target: m.Destination,
    readOnly: !m.RW,
    anonymous: m.Type === 'volume' && /^[0-9a-f]{64}$/.test(m.Name ?? ''),
  }));
}

/** `/db:/web/alias` is a link to `db`. */
const linked = (links: readonly string[]): Pick<Container, 'links'> => (links.length === 0 ? {} : { links: links.map((l) => l.replace(/^\//, '').split(':')[0] ?? '') });

export function container(raw: RawContainer, seen: Live | undefined): Container {
  const { Config: config, HostConfig: host, State: state } = raw;
  const ports = Object.entries(raw.NetworkSettings.Ports ?? {}).flatMap(([key, bindings]) => {
    const [inside = '', protocol = 'tcp'] = key.split('/');
    return (bindings ?? []).map((b) => ({ inside: Number(inside), protocol, hostIp: b.HostIp || '0.0.0.0', hostPort: Number(b.HostPort) }));
  });
  return {
    id: raw.Id,
    name: raw.Name.replace(/^\//, ''),
    image: config.Image,
    imageId: raw.Image,
    owner: ownerByLabels(config.Labels ?? {}),
    running: state.Running,
    restarting: state.Restarting,
    restartCount: raw.RestartCount,
    ...(raw.State.Running || raw.State.Restarting ? {} : { exitCode: raw.State.ExitCode }),
    startedAt: state.StartedAt,
    ...(state.Health ? { health: state.Health.Status } : {}),
    pid: state.Pid,
    user: config.User,
    entrypoint: config.Entrypoint ?? [],
    cmd: config.Cmd ?? [],
    workdir: config.WorkingDir || '/',
    env: environment(config.Env),
    labels: new Map(Object.entries(config.Labels ?? {})),
    mounts: mounts(raw),
    ports,
    networkMode: host.NetworkMode,
    ...linked((host['Links'] ?? []) as readonly string[]),
    usernsMode: host.UsernsMode,
    capAdd: host.CapAdd ?? [],
    capDrop: host.CapDrop ?? [],
    securityOpt: host.SecurityOpt ?? [],
    sysctls: new Map(Object.entries(host.Sysctls ?? {})),
    readOnly: host.ReadonlyRootfs,
    tmpfs: Object.entries((host['Tmpfs'] as Record<string, string> | null | undefined) ?? {}).map(([path, options]) => (options ? `${path}:${options}` : path)),
    ...(state.Error ? { error: state.Error } : {}),
    privileged: host.Privileged,
    restart: host.RestartPolicy.Name,
    autoRemove: host.AutoRemove,
    processes: seen?.processes ?? [],
    listeners: seen?.listeners ?? [],
    sockets: seen?.sockets ?? [],
    ...(seen?.connected ? { connected: seen.connected } : {}),
  };
}

/** Containers with the names of those who are connected to them, as far as they are containers themselves. */
export function withConnected(containers: readonly Container[], raws: readonly RawContainer[]): readonly Container[] {
  const holders = new Map(raws.flatMap((raw) => Object.values(raw.NetworkSettings.Networks ?? {}).flatMap((n) => [n.IPAddress, n.GlobalIPv6Address].flatMap((a) => (a ? [[a, { id: raw.Id, name: raw.Name.replace(/^\//, '') }] as const] : [])))));
  return containers.map((c) => (c.connected ? { ...c, connected: c.connected.map((one) => { const by = holders.get(one.address); return by ? { ...one, by } : one; }) } : c));
}

/** History as both builders record it, brought to the instruction that was written. */
export function instructionOf(createdBy: string): string {
  return createdBy
    .replace(/^\|\d+ (?:\S+=\S* )*/, '')
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/^RUN (?:\|\d+ (?:\S+=\S* )*)?/, 'RUN ')
    .replace(/^(?:RUN )?\/bin\/sh -c /, 'RUN ')
    .replace(/\s*# buildkit$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

export function image(raw: RawImage, history: readonly RawHistory[]): Image {
  return {
    id: raw.Id,
    tags: raw.RepoTags ?? [],
    user: raw.Config.User,
    entrypoint: raw.Config.Entrypoint ?? [],
    cmd: raw.Config.Cmd ?? [],
    workdir: raw.Config.WorkingDir || '/',
    env: environment(raw.Config.Env),
    exposed: Object.keys(raw.Config.ExposedPorts ?? {}).map((p) => Number(p.split('/')[0])),
    layers: raw.RootFS.Layers ?? [],
    // The API gives the newest first.
    history: [...history].reverse().map((h) => ({ createdBy: instructionOf(h.CreatedBy), empty: h.Size === 0 })),
  };
}
