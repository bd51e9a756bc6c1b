import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, type Node, type Pair } from 'yaml';
import { positions, type ParseFault, type Span } from '../span.ts';
import { reasonToRefuse } from './guard.ts';
import { interpolate } from './interpolate.ts';

/**
 * A YAML document as plain data with places: aliases followed, merge keys laid out, variables resolved.
 * `shared` is true for whatever lies under an anchor that something else points at: editing it there
 * would change the others too.
 */
export interface YamlScalar extends Span {
  readonly kind: 'scalar';
  /** After variables. Numbers and booleans stay as written: `08`, `yes`. */
  readonly value: string;
  readonly raw: string;
  readonly style: 'plain' | 'single' | 'double' | 'block';
  readonly isNull: boolean;
  readonly interpolated: boolean;
  readonly unresolved: boolean;
  readonly shared: boolean;
}

export interface YamlItem extends Span {
  /** Where an alias is written, this span is the alias and the value stands elsewhere. */
  readonly value: Yaml;
  readonly aliased: boolean;
}

export interface YamlList extends Span {
  readonly kind: 'list';
  readonly items: readonly YamlItem[];
  readonly flow: boolean;
  /** End of the last item; right behind the bracket when there is none. */
  readonly lastEnd: number;
  readonly shared: boolean;
}

export interface YamlEntry extends YamlItem {
  readonly key: string;
  readonly keySpan: Span;
  /** Where the value is written: an alias where there is one. */
  readonly site: Span;
  /** Came in through `<<`. */
  readonly merged: boolean;
}

export interface YamlMap extends Span {
  readonly kind: 'map';
  /** Own entries in order, then those of merge keys that no own entry hides. */
  readonly entries: readonly YamlEntry[];
  readonly flow: boolean;
  /** End of the last thing written in it, a merge key included; right behind the brace when there is none. */
  readonly lastEnd: number;
  readonly shared: boolean;
}

export type Yaml = YamlScalar | YamlList | YamlMap;

export interface YamlTree {
  readonly root: Yaml | undefined;
  readonly faults: readonly ParseFault[];
}

const MOST_MERGED = 200_000;
const MOST_FAULTS = 100;

export function readYaml(text: string, env: Readonly<Record<string, string>>): YamlTree {
  const place = positions(text);
  const refused = reasonToRefuse(text);
  if (refused) return { root: undefined, faults: [{ message: refused.message, ...place(refused.offset) }] };
  try {
    // The parser's own check for keys that stand twice compares each with each: ours is below.
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
    const faults = document.errors.slice(0, MOST_FAULTS).map((error) => ({ message: error.message, ...place(error.pos[0]) }));
    const complain = (message: string, offset: number) => {
      if (faults.length < MOST_FAULTS) faults.push({ message, ...place(offset) });
    };
    const { contents } = document;
    return { root: contents ? reader(text, env, aliasNames(contents), complain)(contents, false) : undefined, faults };
  } catch (error) {
    return {
      root: undefined,
      faults: [{ message: `The file could not be read: ${error instanceof Error ? error.message : String(error)}`, line: 1, column: 1 }],
    };
  }
}

/** Every name that some alias points at. */
function aliasNames(root: Node): Set<string> {
  const names = new Set<string>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (isAlias(node)) names.add(node.source);
    else if (isPair(node)) waiting.push(node.key, node.value);
    else if (isMap(node) || isSeq(node)) for (const item of node.items) waiting.push(item);
  }
  return names;
}

function reader(
  text: string,
  env: Readonly<Record<string, string>>,
  aliased: ReadonlySet<string>,
  complain: (message: string, offset: number) => void,
) {
  const anchors = new Map<string, Yaml | 'unfinished'>();
  let merged = 0;
  return read;

  function read(node: Node, within: boolean): Yaml {
    const shared = within || (!isAlias(node) && node.anchor !== undefined && aliased.has(node.anchor));
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target && target !== 'unfinished') return target;
      complain(target ? `The alias *${node.source} stands inside its own anchor` : `Nothing is anchored as &${node.source}`, startOf(node));
      return nothing(startOf(node), true);
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, 'unfinished');
    const value = isMap(node) ? readMap(node, shared) : isSeq(node) ? readList(node, shared) : readScalar(node, shared);
    if (node.anchor !== undefined) anchors.set(node.anchor, value);
    return value;
  }

  function readScalar(node: Node, shared: boolean): YamlScalar {
    if (!isScalar(node)) return nothing(startOf(node), shared);
    const raw = node.source ?? String(node.value ?? '');
    const styles: Record<string, YamlScalar['style']> = {
      QUOTE_SINGLE: 'single',
      QUOTE_DOUBLE: 'double',
      BLOCK_LITERAL: 'block',
      BLOCK_FOLDED: 'block',
    };
    const result = interpolate(raw, env);
    return {
      kind: 'scalar',
      ...result,
      raw,
      style: styles[node.type ?? ''] ?? 'plain',
      isNull: node.value === null,
      unresolved: result.unresolved.length > 0,
      shared,
      start: startOf(node),
      end: endOf(node, startOf(node)),
    };
  }

  function readList(node: Node, shared: boolean): YamlList {
    const items: YamlItem[] = [];
    for (const item of isSeq(node) ? node.items : []) {
      // `- a: 1` in flow form arrives as a bare pair; nothing in compose is written so.
      if (!isPair(item)) items.push(readItem(item as Node, shared, startOf(node)));
    }
    const lastEnd = items.at(-1)?.end ?? startOf(node) + Number(isFlow(node));
    return { kind: 'list', items, flow: isFlow(node), lastEnd, shared, start: startOf(node), end: endOf(node, lastEnd) };
  }

  function readItem(node: Node | null, shared: boolean, fallback: number): YamlItem {
    if (!node) return { value: nothing(fallback, shared), start: fallback, end: fallback, aliased: false };
    const value = read(node, shared);
    if (!isAlias(node)) return { value, start: value.start, end: value.end, aliased: false };
    return { value, start: startOf(node), end: node.range?.[1] ?? startOf(node), aliased: true };
  }

  function readMap(node: Node, shared: boolean): YamlMap {
    const own = new Map<string, YamlEntry>();
    const sources: Yaml[] = [];
    let last = startOf(node) + Number(isFlow(node));
    for (const pair of isMap(node) ? (node.items as Pair<Node | null, Node | null>[]) : []) {
      const keySpan = pair.key?.range ? { start: pair.key.range[0], end: pair.key.range[1] } : { start: last, end: last };
      const item = readItem(pair.value, shared, keySpan.end);
      last = Math.max(keySpan.end, item.end);
      const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : text.slice(keySpan.start, keySpan.end);
      if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
        if (item.value.kind === 'list') sources.push(...item.value.items.map((i) => i.value));
        else sources.push(item.value);
        continue;
      }
      if (own.has(key)) complain(`The key ${key.slice(0, 80)} stands twice`, keySpan.start);
      own.set(key, { ...item, key, keySpan, site: { start: item.start, end: item.end }, start: keySpan.start, end: last, merged: false });
    }
    for (const source of sources) {
      for (const entry of source.kind === 'map' ? source.entries : []) {
        if (++merged > MOST_MERGED) break;
        if (!own.has(entry.key)) own.set(entry.key, { ...entry, merged: true });
      }
    }
    if (merged > MOST_MERGED) complain('The file merges more than can be laid out', startOf(node));
    return { kind: 'map', entries: [...own.values()], flow: isFlow(node), lastEnd: last, shared, start: startOf(node), end: endOf(node, last) };
  }

  function endOf(node: Node, lastItem: number): number {
    if (isFlow(node)) return node.range?.[1] ?? lastItem;
    if (!isScalar(node)) return lastItem;
    let end = node.range?.[1] ?? lastItem;
    // A block scalar's range runs over the line endings behind its last line.
    if (node.type?.startsWith('BLOCK')) while (end > startOf(node) && /\s/.test(text[end - 1]!)) end--;
    return end;
  }
}

const startOf = (node: Node) => node.range?.[0] ?? 0;
const isFlow = (node: Node) => (isMap(node) || isSeq(node)) && node.flow === true;

function nothing(at: number, shared: boolean): YamlScalar {
  return { kind: 'scalar', value: '', raw: '', style: 'plain', isNull: true, interpolated: false, unresolved: false, shared, start: at, end: at };
}
