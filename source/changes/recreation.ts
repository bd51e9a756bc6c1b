import { isDeepStrictEqual } from 'node:util';
import type { Confine, Remap } from '../model/change.ts';
import type { RawContainer, RawImage } from '../system/raw.ts';

/** Fields of Config that a container may set for itself; the rest is the image's, and a new image must not be masked by old values. */
const OWN = ['User', 'Cmd', 'Entrypoint', 'WorkingDir', 'Healthcheck', 'StopSignal', 'StopTimeout', 'Domainname', 'Tty', 'OpenStdin', 'StdinOnce', 'AttachStdin', 'AttachStdout', 'AttachStderr', 'Shell', 'Volumes'] as const;

const short = (id: string): string => id.slice(0, 12);

function withoutImages(own: readonly string[] | null, image: readonly string[] | null): string[] {
  const given = new Set(image ?? []);
  return (own ?? []).filter((entry) => !given.has(entry));
}

function labels(own: Record<string, string> | null, image: Record<string, string> | null): Record<string, string> {
  return Object.fromEntries(Object.entries(own ?? {}).filter(([name, value]) => image?.[name] !== value));
}

type Endpoint = Readonly<Record<string, unknown>>;

function endpoints(raw: RawContainer): [string, Endpoint][] {
  return Object.entries(raw.NetworkSettings.Networks).map(([name, n]) => [
    name,
    {
      ...(n.IPAMConfig ? { IPAMConfig: n.IPAMConfig } : {}),
      ...(n.Links ? { Links: n.Links } : {}),
      ...(n.DriverOpts ? { DriverOpts: n.DriverOpts } : {}),
      Aliases: (n.Aliases ?? []).filter((alias) => alias !== short(raw.Id)),
    },
  ]);
}

interface Binding {
  readonly HostIp: string;
  readonly HostPort: string;
}

/** The same ports on one address; two mappings that differed in their address alone are one then. */
const published = (bindings: readonly Binding[], address: string): readonly Binding[] =>
  bindings.filter((b, i) => bindings.findIndex((o) => o.HostPort === b.HostPort) === i).map((b) => ({ ...b, HostIp: address }));

/** The same in the API's words. */
function confined(raw: RawContainer, { capDrop, capAdd, securityOpt, readOnly, tmpfs }: Confine): Readonly<Record<string, unknown>> {
  const more = Object.fromEntries((tmpfs ?? []).map((t) => [t.split(':')[0] ?? t, t.split(':').slice(1).join(':')]));
  return {
    ...(capDrop ? { CapDrop: capDrop } : {}),
    ...(capAdd ? { CapAdd: capAdd } : {}),
    ...(securityOpt ? { SecurityOpt: securityOpt } : {}),
    ...(readOnly === undefined ? {} : { ReadonlyRootfs: readOnly }),
    ...(tmpfs ? { Tmpfs: { ...(raw.HostConfig['Tmpfs'] as Record<string, string> | null | undefined), ...more } } : {}),
  };
}

/** The same as one would give them to `docker run`. */
export const confineFlags = ({ capDrop, capAdd, securityOpt, readOnly, tmpfs }: Confine): readonly string[] => [
  ...(capDrop ?? []).map((c) => `--cap-drop=${c}`),
  ...(capAdd ?? []).map((c) => `--cap-add=${c}`),
  ...(securityOpt ?? []).map((o) => `--security-opt=${o}`),
  ...(readOnly === undefined ? [] : [`--read-only=${String(readOnly)}`]),
  ...(tmpfs ?? []).map((t) => `--tmpfs=${t}`),
];

export interface Recreation {
  /** Body of `POST /containers/create`. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** Networks beside the first: the API takes one at creation. */
  readonly others: readonly (readonly [string, Endpoint])[];
}

/**
 * A container like the old one, from the image that its reference means now: only what differs from the *old image* is
 * set (else old Cmd and Env would mask the new image's), anonymous volumes are attached again by name, and the
 * hostname only where somebody chose it (FACTS.md, section 1).
 */
export function recreation(raw: RawContainer, oldImage: RawImage, remap: readonly Remap[] = [], confine: Confine = {}): Recreation {
  const remapped = (port: string): readonly Remap[] => remap.filter((r) => `${r.from}/tcp` === port);
  const inside = (port: string): string => {
    const moved = remapped(port).find((r) => r.to !== r.from);
    return moved ? `${moved.to}/tcp` : port;
  };
  const bindings = Object.fromEntries(Object.entries((raw.HostConfig['PortBindings'] ?? {}) as Record<string, Binding[]>).flatMap(([port, to]) => {
    const address = remapped(port).find((r) => r.address !== undefined)?.address;
    return address === null ? [] : [[inside(port), address === undefined ? to : published(to, address)]];
  }));
  const own = Object.fromEntries(OWN.filter((key) => raw.Config[key] !== undefined && !isDeepStrictEqual(raw.Config[key], oldImage.Config[key])).map((key) => [key, raw.Config[key]]));
  const bound = new Set((raw.HostConfig.Binds ?? []).map((b) => b.split(':')[1]));
  const mounted = new Set(((raw.HostConfig['Mounts'] ?? []) as { Target: string }[]).map((m) => m.Target));
  const anonymous = raw.Mounts.filter((m) => m.Type === 'volume' && m.Name && !bound.has(m.Destination) && !mounted.has(m.Destination)).map((m) => `${m.Name}:${m.Destination}`);
  const [first, ...rest] = endpoints(raw);
  const networked = !/^(host|none|container:)/.test(raw.HostConfig.NetworkMode);
  const byDefault = raw.HostConfig.NetworkMode === 'default' || raw.HostConfig.NetworkMode === 'bridge';
  return {
    spec: {
      ...own,
      Image: raw.Config.Image,
      Env: withoutImages(raw.Config.Env, oldImage.Config.Env),
      Labels: labels(raw.Config.Labels, (oldImage.Config['Labels'] as Record<string, string> | null) ?? null),
      ExposedPorts: Object.fromEntries(Object.entries((raw.Config['ExposedPorts'] as Record<string, unknown> | undefined) ?? {}).filter(([port]) => !(port in (oldImage.Config.ExposedPorts ?? {}))).map(([port, v]) => [inside(port), v])),
      ...(raw.Config.Hostname && raw.Config.Hostname !== short(raw.Id) && networked ? { Hostname: raw.Config.Hostname } : {}),
      HostConfig: { ...raw.HostConfig, PortBindings: bindings, Binds: [...(raw.HostConfig.Binds ?? []), ...anonymous], ...confined(raw, confine) },
      // The default bridge takes no aliases.
      ...(first && networked && !byDefault ? { NetworkingConfig: { EndpointsConfig: { [first[0]]: first[1] } } } : {}),
    },
    others: networked ? rest : [],
  };
}
