// "Configuration as before" (DECISIONS.md): what inspect says of a container, without what any new container has anew.
import { docker } from './engine.ts';

type Raw = Record<string, any>;

export const inspect = (container: string): Raw => (JSON.parse(docker('inspect', '--type', 'container', container)) as Raw[])[0]!;

const OWN = ['Id', 'Created', 'State', 'RestartCount', 'ResolvConfPath', 'HostnamePath', 'HostsPath', 'LogPath', 'ExecIDs'];
// The last one beyond what DECISIONS.md names: `up --no-deps`, which it prescribes, leaves it empty (seen with compose 2.26).
const OF_COMPOSE = ['com.docker.compose.config-hash', 'com.docker.compose.image', 'com.docker.compose.replace', 'com.docker.compose.depends_on'];
const ADDRESSES = ['EndpointID', 'Gateway', 'IPAddress', 'IPPrefixLen', 'IPv6Gateway', 'GlobalIPv6Address', 'GlobalIPv6PrefixLen', 'MacAddress', 'DNSNames'];

const without = (raw: Raw, names: readonly string[]): Raw => Object.fromEntries(Object.entries(raw).filter(([name]) => !names.includes(name)));

export function configuration(raw: Raw): Raw {
  const short = (raw['Id'] as string).slice(0, 12);
  const { Config: config, NetworkSettings: net, Mounts: mounts, GraphDriver: graph, HostConfig: host, ...rest } = raw;
  const networks = Object.entries(net.Networks as Record<string, Raw>).map(([name, n]) => [
    name, { ...without(n, ADDRESSES), Aliases: ((n['Aliases'] ?? []) as string[]).filter((alias) => alias !== short).sort() },
  ]);
  return {
    ...without(rest, OWN),
    // compose asks for volumes in no order of its own.
    HostConfig: { ...host, ...(host.Binds && { Binds: [...host.Binds].sort() }), ...(host.Mounts && { Mounts: [...host.Mounts].sort((a: Raw, b: Raw) => (a['Target'] < b['Target'] ? -1 : 1)) }) },
    // compose hands variables over in no order of its own.
    Config: { ...without(config, config.Hostname === short ? ['Hostname'] : []), Env: [...(config.Env ?? [])].sort(), Labels: without(config.Labels ?? {}, OF_COMPOSE) },
    Networks: Object.fromEntries(networks),
    Ports: net.Ports,
    // The engine lists them in no order of its own.
    Mounts: mounts.map((m: Raw) => without(m, ['Mode'])).sort((a: Raw, b: Raw) => (a['Destination'] < b['Destination'] ? -1 : 1)),
    Storage: graph.Name,
  };
}

/** What nobody may have touched: the very same containers since the very same moment, and the images with all their names. */
export function standing(containers: readonly string[]): Raw {
  const found = containers.map(inspect);
  const images = JSON.parse(docker('image', 'inspect', ...new Set(found.map((c) => c['Image'] as string)))) as Raw[];
  return {
    containers: found.map((c) => [c['Name'], c['Id'], c['State'].StartedAt, c['State'].Status, c['RestartCount'], c['Image']]),
    images: images.map((i) => [i['Id'], i['RepoTags']]),
  };
}
