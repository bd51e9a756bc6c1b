import type { ComposeFile, Port, Service } from '../compose.ts';
import { applyEdits, isRefused, type Edits, type TextEdit } from '../span.ts';
import { refuse, removeKey, setPath, setScalar, sharedReason, variableReason } from './edits.ts';
import { removeListItem } from './list-edits.ts';
import { get } from './read.ts';
import { scalarText } from './style.ts';
import type { YamlMap, YamlScalar } from './tree.ts';

type Which = Service | string;
const nameOf = (service: Which) => (typeof service === 'string' ? service : service.name);
const find = (file: ComposeFile, service: Which) => file.services.find((each) => each.name === nameOf(service));

/** `setServiceKey(file, 'web', 'user', '"10001:10001"')`, or `'- ALL'` for a list. */
export function setServiceKey(file: ComposeFile, service: Which, key: string, yamlText: string): Edits {
  if (!find(file, service)) return refuse(`There is no service ${nameOf(service)}`);
  return setPath(file, ['services', nameOf(service), key], yamlText);
}

export function removeServiceKey(file: ComposeFile, service: Which, key: string): Edits {
  return removeKey(file, ['services', nameOf(service), key]);
}

/** Takes a variable out with its line, and `environment:` when it was the only one. */
export function removeEnvironment(file: ComposeFile, service: Which, name: string): Edits {
  const path = ['services', nameOf(service), 'environment'];
  const entry = find(file, service)?.keys.get('environment');
  const values = find(file, service)?.environment ?? [];
  const wanted = values.filter((each) => each.name === name);
  if (!entry || wanted.length === 0) return refuse(`${nameOf(service)} sets no ${name}`);
  if (entry.merged || entry.aliased || entry.value.shared || wanted.some((each) => each.shared || each.merged)) return sharedReason(path);
  if (wanted.length === values.length) return removeKey(file, path);
  if (entry.value.kind === 'map') return removeKey(file, [...path, name]);
  const edits: TextEdit[] = [];
  for (const [index, item] of entry.value.kind === 'list' ? entry.value.items.entries() : []) {
    if (!wanted.some((each) => each.span.start === item.start)) continue;
    const edit = removeListItem(file, path, index);
    if (isRefused(edit)) return edit;
    edits.push(...edit);
  }
  return edits;
}

export interface PortChange {
  /** `127.0.0.1`; null takes the address away. */
  readonly hostIp?: string | null;
  /** null lets the engine choose. */
  readonly published?: string | null;
  readonly target?: string;
}

/** Changes parts of a port in the syntax and the quotes it has. */
export function replacePort(file: ComposeFile, port: Port, change: PortChange): Edits {
  if (port.shared) return refuse('The port is shared through a YAML anchor, so a change here would change the others too');
  if (port.interpolated) return variableReason(`The port ${port.text}`);
  const { node } = port;
  const hostIp = change.hostIp === undefined ? port.hostIp : (change.hostIp ?? undefined);
  const published = change.published === undefined ? port.published : (change.published ?? undefined);
  const target = change.target ?? port.target;
  if (node.kind === 'map') return longPort(file, node, { host_ip: hostIp, published, target });
  const address = hostIp === undefined ? '' : `${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:`;
  const outside = published === undefined ? (address === '' ? '' : ':') : `${published}:`;
  // The protocol is kept as it was written, or left out as it was.
  const value = `${address}${outside}${target}${/\/\w+$/.exec(node.raw)?.[0] ?? ''}`;
  if (value === node.raw) return [];
  const whole = scalarText(value, node.style);
  return inParts(file, node, address.slice(0, -1), target, whole) ?? [{ start: node.start, end: node.end, text: whole }];
}

const SHORT = /^(?:(\[[^\]]*\]|[^:[\]]+):(?=.*:))?(?:([\d-]*):)?([\d-]+)(?:\/\w+)?$/;

/**
 * Only what changes of `address:outside:inside`, so that another fix may change another part of the same item. Undefined
 * where the parts together would not read as the whole.
 */
function inParts(file: ComposeFile, node: YamlScalar, address: string, target: string, whole: string): Edits | undefined {
  const text = file.text.slice(node.start, node.end);
  const quote = text.length - node.raw.length === 2 ? 1 : 0;
  const parts = SHORT.exec(node.raw);
  if (text.slice(quote, text.length - quote) !== node.raw || !parts) return undefined;
  const [, host, outside, inside = ''] = parts;
  const at = quote + (host === undefined ? 0 : host.length + 1);
  const behind = at + (outside === undefined ? 0 : outside.length + 1);
  const edits: TextEdit[] = [];
  if (address !== '' && address !== host) {
    // An insert would not know on which side of a new quote it belongs.
    if (host === undefined) edits.push({ start: at, end: at + (outside ?? '').length, text: `${address}:${outside ?? ':'}` });
    else edits.push({ start: quote, end: quote + host.length, text: address });
  }
  if (target !== inside) edits.push({ start: behind, end: behind + inside.length, text: target });
  if (quote === 0 && whole.startsWith('"')) edits.push({ start: 0, end: 0, text: '"' }, { start: text.length, end: text.length, text: '"' });
  if (edits.filter((e) => e.start === 0 && e.end === 0).length > 1 || applyEdits(text, edits) !== whole) return undefined;
  return edits.map((e) => ({ ...e, start: e.start + node.start, end: e.end + node.start }));
}

function longPort(file: ComposeFile, node: YamlMap, wanted: Readonly<Record<string, string | undefined>>): Edits {
  const edits: TextEdit[] = [];
  for (const [key, value] of Object.entries(wanted)) {
    const old = get(node, key);
    if (value === undefined && old) return refuse(`${key} would have to go; please take it out by hand`);
    if (value === undefined) continue;
    const edit = old?.kind === 'scalar' && !old.isNull ? setScalar(old, value) : addField(file, node, key, value);
    if (isRefused(edit)) return edit;
    edits.push(...edit);
  }
  return edits;
}

/** Beside the other fields: a new line below the first one, or a new field in the braces. */
function addField(file: ComposeFile, node: YamlMap, key: string, value: string): Edits {
  const field = `${key}: ${scalarText(value, key === 'published' ? 'double' : 'plain')}`;
  if (node.flow) return [{ start: node.lastEnd, end: node.lastEnd, text: `, ${field}` }];
  const { text } = file;
  const start = text.lastIndexOf('\n', node.start - 1) + 1;
  const newline = text.slice(0, node.start).endsWith('\r\n') || text.includes('\r\n') ? '\r\n' : '\n';
  return [{ start: node.start, end: node.start, text: `${field}${newline}${' '.repeat(node.start - start)}` }];
}

/** Takes a port out, and `ports:` with the last one. */
export function removePort(file: ComposeFile, service: Which, port: Port): Edits {
  const index = find(file, service)?.ports.indexOf(port) ?? -1;
  const list = find(file, service)?.keys.get('ports')?.value;
  const at = list?.kind === 'list' ? list.items.findIndex((item) => item.value === port.node && item.start === port.span.start) : -1;
  return index === -1 || at === -1 ? refuse(`${nameOf(service)} has no such port`) : removeListItem(file, ['services', nameOf(service), 'ports'], at);
}
