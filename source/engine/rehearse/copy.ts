import { recreation } from '../../changes/recreation.ts';
import type { Confine } from '../../model/change.ts';
import { text, type Text } from '../../model/text.ts';
import { LABEL } from '../../system/deeds.ts';
import type { Part } from './cast.ts';
import type { Spec } from './delta.ts';

type Endpoint = Readonly<Record<string, unknown>>;

/** Names that the others know it by, for each of its networks. */
export interface Wire {
  /** The network as the original has it. */
  readonly network: string;
  readonly aliases: readonly string[];
}

export interface Drafted {
  readonly spec: Spec;
  readonly wires: readonly Wire[];
  /** Of whose network it lives: `container:` of the original. */
  readonly guestOf?: string;
  readonly alone: boolean;
  /** What it has and a copy has not. */
  readonly untried: readonly Text[];
}

/** By which compose takes containers for its own; an image that compose built carries them, too. */
const OF_COMPOSE = ['com.docker.compose.project', 'com.docker.compose.service', 'com.docker.compose.version', 'com.docker.compose.oneoff'];

const has = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

function lost(host: Readonly<Record<string, unknown>>, name: string): readonly Text[] {
  const not = (en: string, zh: string): Text => text(`${name}: ${en}`, `${name}：${zh}`);
  return [
    ...(host['Privileged'] === true ? [not('a copy is not privileged', '副本没有 privileged')] : []),
    ...(has(host['Devices']) || has(host['DeviceRequests']) ? [not('a copy has none of its devices', '副本没有它的设备')] : []),
    ...(host['NetworkMode'] === 'host' ? [not("a copy has a network of its own, not the host's", '副本有自己的网络，不用宿主机的网络')] : []),
    ...(/^(host|container:)/.test(String(host['PidMode'] ?? '')) ? [not('a copy has its processes to itself', '副本看不到别人的进程')] : []),
    ...(/^(host|container:)/.test(String(host['IpcMode'] ?? '')) ? [not('a copy has its shared memory to itself', '副本的共享内存只属于自己')] : []),
    ...(host['UsernsMode'] === 'host' ? [not("a copy lives in the engine's user namespace", '副本处在引擎的用户命名空间里')] : []),
  ];
}

/**
 * A container like the original, and nobody's but ours: no open ports, no restarts, no names or labels by which another
 * would take it for the original, nothing of the host's, a log that is read here and sent nowhere. Mounts and networks follow.
 */
export function drafted({ name, raw, image }: Part, reference: string, label: string, confine: Confine = {}): Drafted {
  const { spec, others } = recreation(raw, image, [], confine);
  const host = spec['HostConfig'] as Readonly<Record<string, unknown>>;
  const mode = String(host['NetworkMode'] ?? '');
  const endpoints = Object.entries({ ...(spec['NetworkingConfig'] as { EndpointsConfig?: Record<string, Endpoint> } | undefined)?.EndpointsConfig, ...Object.fromEntries(others) });
  const networks = Object.keys(raw.NetworkSettings.Networks);
  const aliases = (e: Endpoint): readonly string[] => [...new Set([...((e['Aliases'] as readonly string[] | undefined) ?? []), raw.Name.replace(/^\//, '')])].filter(Boolean);
  const guest = /^container:(.+)$/.exec(mode)?.[1];
  const { NetworkingConfig: _, Labels: __, ExposedPorts: ___, ...plain } = spec;
  const own = Object.fromEntries(Object.entries(host).filter(([key]) => !['Links', 'VolumesFrom', 'ContainerIDFile', 'CgroupParent', 'Cgroup', 'PublishAllPorts', 'DeviceCgroupRules', 'DeviceRequests', 'ConsoleSize'].includes(key)));
  return {
    spec: {
      ...plain,
      ...(guest ? { Hostname: undefined, Domainname: undefined } : {}),
      Image: reference,
      Labels: { ...Object.fromEntries(OF_COMPOSE.map((l) => [l, ''])), [LABEL]: label },
      HostConfig: {
        ...own, PortBindings: {}, RestartPolicy: { Name: '' }, AutoRemove: false, Privileged: false, Devices: [], PidMode: '', UTSMode: '',
        IpcMode: /^(host|container:|shareable)/.test(String(host['IpcMode'] ?? '')) ? 'private' : host['IpcMode'], UsernsMode: host['UsernsMode'] === 'host' ? '' : host['UsernsMode'],
        // Another driver would send the copy's log to where the original's goes.
        LogConfig: { Type: 'json-file', Config: {} }, Binds: [], Mounts: [],
      },
    },
    wires: guest || mode === 'none' ? [] : endpoints.length > 0 ? endpoints.map(([network, e]) => ({ network, aliases: aliases(e) })) : networks.map((network) => ({ network, aliases: [] })),
    ...(guest ? { guestOf: guest } : {}),
    alone: mode === 'none',
    untried: lost(raw.HostConfig, name),
  };
}
