import type { Span } from '../span.ts';
import { get, once, scalarOf } from './read.ts';
import type { YamlItem, YamlMap, YamlScalar } from './tree.ts';

export interface PortParts {
  /** undefined: every address of the host. IPv6 without its brackets. */
  readonly hostIp?: string;
  /** undefined: the engine picks one. May be a range, `3000-3005`. */
  readonly published?: string;
  readonly target: string;
  readonly protocol: string;
}

export interface Port extends PortParts {
  readonly span: Span;
  /** As written. */
  readonly text: string;
  readonly syntax: 'short' | 'long';
  readonly mode?: string;
  readonly interpolated: boolean;
  readonly unresolved: boolean;
  readonly shared: boolean;
  readonly node: YamlScalar | YamlMap;
}

// A variable that nobody resolved stands for one part: of `${PORT}:6379` the 6379 is known.
const VARIABLE = String.raw`\$\{[^}]*\}|\$\w+`;
const RANGE = String.raw`\d{1,5}(?:-\d{1,5})?|${VARIABLE}`;
const ADDRESS = String.raw`\[([^\]]*)\]|(${VARIABLE}|[^:[\]$]*)`;
const SHORT = new RegExp(String.raw`^(?:(?:${ADDRESS}):(?=.*:))?(?:(${RANGE})?:)?(${RANGE})(?:/(\w+))?$`);

/** `[[address:]published:]target[/protocol]`, address also as `[::1]`. undefined for anything else. */
export function parsePort(text: string): PortParts | undefined {
  const parts = SHORT.exec(text.trim());
  if (!parts) return undefined;
  const hostIp = parts[1] ?? parts[2];
  return {
    ...(hostIp && { hostIp }),
    ...(parts[3] !== undefined && { published: parts[3] }),
    target: parts[4]!,
    protocol: (parts[5] ?? 'tcp').toLowerCase(),
  };
}

export const readPorts = once<Port[]>((text, node) => (node.kind === 'list' ? node.items.flatMap((item) => readPort(text, item) ?? []) : []), []);

function readPort(text: string, item: YamlItem): Port | undefined {
  const { value } = item;
  const span = { start: item.start, end: item.end };
  const written = text.slice(item.start, item.end);
  if (value.kind === 'scalar') {
    if (value.isNull) return undefined;
    // What hangs on an unknown variable is still a port; its numbers stay open.
    const parts = parsePort(value.value) ?? { target: value.value, protocol: 'tcp' };
    return {
      ...parts,
      span,
      text: written,
      syntax: 'short',
      interpolated: value.interpolated,
      unresolved: value.unresolved,
      shared: value.shared || item.aliased,
      node: value,
    };
  }
  if (value.kind !== 'map') return undefined;
  const field = (name: string) => scalarOf(get(value, name));
  const target = field('target');
  if (!target) return undefined;
  const hostIp = field('host_ip');
  const published = field('published');
  const mode = field('mode');
  const all = [target, hostIp, published, field('protocol')].filter((each) => each !== undefined);
  return {
    ...(hostIp && { hostIp: hostIp.value }),
    ...(published && published.value !== '' && { published: published.value }),
    target: target.value,
    protocol: field('protocol')?.value.toLowerCase() ?? 'tcp',
    span,
    text: written,
    syntax: 'long',
    ...(mode && { mode: mode.value }),
    interpolated: all.some((each) => each.interpolated),
    unresolved: all.some((each) => each.unresolved),
    shared: value.shared || item.aliased,
    node: value,
  };
}
