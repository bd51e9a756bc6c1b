import type { Span } from '../span.ts';
import { booleanOf, get, once, scalarOf } from './read.ts';
import type { Yaml, YamlItem, YamlMap, YamlScalar } from './tree.ts';

export interface Volume {
  /** `anonymous`: a path alone, even `/var/run/docker.sock`, is a new empty volume. */
  readonly type: 'bind' | 'volume' | 'anonymous' | 'tmpfs' | 'npipe' | 'cluster' | 'image';
  /** As written: `./data`, `~/x`, a volume's name. */
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Of the short syntax: `ro`, `z`, `rshared` … */
  readonly options: readonly string[];
  readonly propagation?: string;
  readonly span: Span;
  readonly text: string;
  readonly syntax: 'short' | 'long';
  readonly interpolated: boolean;
  readonly unresolved: boolean;
  readonly shared: boolean;
  readonly node: YamlScalar | YamlMap;
}

const PROPAGATION = /^r?(?:shared|slave|private)$/;

export const readVolumes = once(read, []);

function read(text: string, node: Yaml): Volume[] {
  if (node.kind !== 'list') return [];
  return node.items.flatMap((item) => {
    if (item.value.kind === 'map') return long(text, item, item.value) ?? [];
    return item.value.kind === 'scalar' && !item.value.isNull ? short(text, item, item.value) : [];
  });
}

function short(text: string, item: YamlItem, scalar: YamlScalar): Volume {
  const parts = split(scalar.value);
  const [first = '', second, options] = parts;
  const source = second === undefined ? undefined : first;
  const words = options?.split(',').filter((word) => word !== '') ?? [];
  const propagation = words.find((word) => PROPAGATION.test(word));
  return {
    type: source === undefined ? 'anonymous' : isPath(source) ? 'bind' : 'volume',
    ...(source !== undefined && { source }),
    target: second ?? first,
    readOnly: words.includes('ro'),
    options: words,
    ...(propagation && { propagation }),
    ...place(text, item, 'short', [scalar]),
    node: scalar,
  };
}

/** Colons part the fields, but not in `C:\data` nor inside `${A:-b}`. */
function split(value: string): string[] {
  const fields: string[] = [];
  let start = 0;
  let depth = 0;
  for (let i = 0; i < value.length; i++) {
    if (value[i] === '{' && value[i - 1] === '$') depth++;
    else if (value[i] === '}' && depth > 0) depth--;
    const drive =
      i === start + 1 && /[A-Za-z]/.test(value[start]!) && /[\\/]/.test(value[i + 1] ?? '') && fields.length < 2 && value.slice(i + 1).includes(':');
    if (value[i] !== ':' || depth > 0 || drive) continue;
    fields.push(value.slice(start, i));
    start = i + 1;
  }
  fields.push(value.slice(start));
  return fields;
}

function isPath(source: string): boolean {
  return /^(?:[./~]|[A-Za-z]:[\\/]|\\\\)/.test(source);
}

function long(text: string, item: YamlItem, map: YamlMap): Volume | undefined {
  const field = (name: string) => scalarOf(get(map, name));
  const [type, source, target] = [field('type'), field('source') ?? field('src'), field('target') ?? field('destination') ?? field('dst')];
  if (!target) return undefined;
  const written = type?.value ?? 'volume';
  const propagation = scalarOf(get(get(map, 'bind'), 'propagation'))?.value;
  return {
    type: (written === 'volume' && !source ? 'anonymous' : written) as Volume['type'],
    ...(source && { source: source.value }),
    target: target.value,
    readOnly: booleanOf(get(map, 'read_only'))?.value ?? false,
    options: [],
    ...(propagation !== undefined && { propagation }),
    ...place(
      text,
      item,
      'long',
      [type, source, target].filter((each) => each !== undefined),
    ),
    node: map,
  };
}

function place(text: string, item: YamlItem, syntax: Volume['syntax'], scalars: readonly YamlScalar[]) {
  return {
    span: { start: item.start, end: item.end },
    text: text.slice(item.start, item.end),
    syntax,
    interpolated: scalars.some((each) => each.interpolated),
    unresolved: scalars.some((each) => each.unresolved),
    shared: item.value.shared || item.aliased,
  };
}
