import type { Build, Dependency, Extends, Healthcheck, Service, ServiceNetwork } from '../compose.ts';
import { readCommand } from './command.ts';
import { readPorts } from './ports.ts';
import { booleanOf, entriesOf, get, namedValues, scalarOf, scalarsOf } from './read.ts';
import type { Yaml, YamlEntry } from './tree.ts';
import { readVolumes } from './volumes.ts';

export function readService(text: string, entry: YamlEntry): Service {
  const { value: node } = entry;
  const keys = new Map(entriesOf(node).map((each) => [each.key, each]));
  const value = (key: string) => keys.get(key)?.value;
  const one = <Name extends string>(name: Name, key: string) => present(name, scalarOf(value(key)));
  return {
    name: entry.key,
    keySpan: entry.keySpan,
    span: { start: entry.start, end: entry.end },
    shared: entry.aliased || entry.merged || node.shared,
    node,
    keys,
    ...present('build', readBuild(text, keys.get('build'))),
    ...one('image', 'image'),
    ...one('containerName', 'container_name'),
    ...one('platform', 'platform'),
    ...one('user', 'user'),
    ...one('workingDir', 'working_dir'),
    ...present('command', readCommand(text, value('command'))),
    ...present('entrypoint', readCommand(text, value('entrypoint'))),
    ports: readPorts(text, value('ports')),
    expose: scalarsOf(value('expose')),
    volumes: readVolumes(text, value('volumes')),
    environment: namedValues(text, value('environment')),
    envFile: scalarsOf(value('env_file'), 'path'),
    dependsOn: readDependencies(value('depends_on')),
    networks: readNetworks(value('networks')),
    ...one('networkMode', 'network_mode'),
    ...one('usernsMode', 'userns_mode'),
    ...one('pid', 'pid'),
    ...one('ipc', 'ipc'),
    ...one('uts', 'uts'),
    ...present('privileged', booleanOf(value('privileged'))),
    ...present('readOnly', booleanOf(value('read_only'))),
    ...present('init', booleanOf(value('init'))),
    capAdd: scalarsOf(value('cap_add')),
    capDrop: scalarsOf(value('cap_drop')),
    securityOpt: scalarsOf(value('security_opt')),
    groupAdd: scalarsOf(value('group_add')),
    devices: scalarsOf(value('devices'), 'source'),
    tmpfs: scalarsOf(value('tmpfs')),
    sysctls: namedValues(text, value('sysctls')),
    labels: namedValues(text, value('labels')),
    profiles: scalarsOf(value('profiles')),
    ...one('restart', 'restart'),
    ...present('healthcheck', readHealthcheck(text, keys.get('healthcheck'))),
    ...present('extends', readExtends(keys.get('extends'))),
    deploy: keys.has('deploy'),
  };
}

/** An absent key is absent, not a key with undefined in it. */
function present<Name extends string, T>(name: Name, value: T | undefined): { [key in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]?: T });
}

function readBuild(text: string, entry: YamlEntry | undefined): Build | undefined {
  if (!entry) return undefined;
  const { value: node } = entry;
  const common = { span: { start: entry.start, end: entry.end }, shared: node.shared || entry.aliased || entry.merged };
  const context = scalarOf(node);
  if (context) return { context, args: [], short: true, ...common };
  if (node.kind !== 'map') return undefined;
  return {
    ...present('context', scalarOf(get(node, 'context'))),
    ...present('dockerfile', scalarOf(get(node, 'dockerfile'))),
    ...present('dockerfileInline', scalarOf(get(node, 'dockerfile_inline'))),
    ...present('target', scalarOf(get(node, 'target'))),
    ...present('network', scalarOf(get(node, 'network'))),
    args: namedValues(text, get(node, 'args')),
    short: false,
    ...common,
  };
}

function readDependencies(node: Yaml | undefined): Dependency[] {
  if (node?.kind !== 'map') return scalarsOf(node).map((each) => ({ name: each.value, span: { start: each.start, end: each.end } }));
  return node.entries.map((entry) => ({
    name: entry.key,
    ...present('condition', scalarOf(get(entry.value, 'condition'))?.value),
    span: { start: entry.start, end: entry.end },
  }));
}

function readNetworks(node: Yaml | undefined): ServiceNetwork[] {
  if (node?.kind !== 'map') return scalarsOf(node).map((each) => ({ name: each.value, aliases: [], span: { start: each.start, end: each.end } }));
  return node.entries.map((entry) => ({
    name: entry.key,
    aliases: scalarsOf(get(entry.value, 'aliases')).map((each) => each.value),
    ...scalarsOf(get(entry.value, 'ipv4_address')).slice(0, 1).reduce<{ ipv4?: string }>((_, each) => ({ ipv4: each.value }), {}),
    span: { start: entry.start, end: entry.end },
  }));
}

function readHealthcheck(text: string, entry: YamlEntry | undefined): Healthcheck | undefined {
  if (!entry) return undefined;
  const test = readCommand(text, get(entry.value, 'test'));
  const disabled = booleanOf(get(entry.value, 'disable'))?.value === true || test?.words[0]?.value === 'NONE';
  return { ...present('test', test), disabled, span: { start: entry.start, end: entry.end } };
}

function readExtends(entry: YamlEntry | undefined): Extends | undefined {
  if (!entry) return undefined;
  const service = scalarOf(entry.value) ?? scalarOf(get(entry.value, 'service'));
  if (!service) return undefined;
  return { service: service.value, ...present('file', scalarOf(get(entry.value, 'file'))?.value), span: { start: entry.start, end: entry.end } };
}
