import type { BooleanValue, NamedValue } from '../compose.ts';
import { lineEnd, lineStart, type Span } from '../span.ts';
import type { Yaml, YamlEntry, YamlScalar } from './tree.ts';

export function entriesOf(node: Yaml | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

export function entry(node: Yaml | undefined, key: string): YamlEntry | undefined {
  return entriesOf(node).find((each) => each.key === key);
}

export function get(node: Yaml | undefined, key: string): Yaml | undefined {
  return entry(node, key)?.value;
}

/** What stands at a path of keys: `at(service.node, 'deploy', 'resources', 'limits', 'memory')`. */
export function at(node: Yaml | undefined, ...path: readonly string[]): Yaml | undefined {
  return path.reduce(get, node);
}

export function scalarOf(node: Yaml | undefined): YamlScalar | undefined {
  return node?.kind === 'scalar' && !node.isNull ? node : undefined;
}

/** One scalar or a list of them. `inMap` names the key to take where items are maps (`env_file: - path: x`). */
export function scalarsOf(node: Yaml | undefined, inMap?: string): YamlScalar[] {
  if (!node) return [];
  const nodes = node.kind === 'list' ? node.items.map((item) => item.value) : [node];
  return nodes.flatMap((each) => scalarOf(inMap !== undefined && each.kind === 'map' ? get(each, inMap) : each) ?? []);
}

/** Compose takes YAML 1.1's words where a boolean is due. */
export function booleanOf(node: Yaml | undefined): BooleanValue | undefined {
  const scalar = scalarOf(node);
  if (!scalar) return undefined;
  const word = scalar.value.toLowerCase();
  const value = /^(?:true|yes|on|y|1)$/.test(word) ? true : /^(?:false|no|off|n|0)$/.test(word) ? false : undefined;
  return { value, shared: scalar.shared, interpolated: scalar.interpolated, start: scalar.start, end: scalar.end };
}

/**
 * Reads a node one time only. A thousand services may point at one list, and it must not be laid out a
 * thousand times.
 */
export function once<T>(read: (text: string, node: Yaml) => T, none: T): (text: string, node: Yaml | undefined) => T {
  const known = new WeakMap<Yaml, { value: T }>();
  return (text, node) => {
    if (!node) return none;
    const before = known.get(node);
    if (before) return before.value;
    const value = read(text, node);
    known.set(node, { value });
    return value;
  };
}

/** Environment, labels, sysctls and build arguments: a map, or a list of `NAME=value`. */
export const namedValues = once(readNamedValues, []);

function readNamedValues(text: string, node: Yaml): NamedValue[] {
  if (node.kind === 'list') {
    return node.items.flatMap((item) => {
      const scalar = scalarOf(item.value);
      if (!scalar) return [];
      const equals = scalar.value.indexOf('=');
      const written = scalar.raw.indexOf('=');
      const span = { start: item.start, end: item.end };
      return {
        name: equals === -1 ? scalar.value : scalar.value.slice(0, equals),
        ...(equals !== -1 &&
          written !== -1 && { value: scalar.value.slice(equals + 1), raw: scalar.raw.slice(written + 1), ...valueSpan(text, scalar, written + 1) }),
        span,
        lines: linesOf(text, span),
        style: 'list' as const,
        ...flags(scalar, item.aliased),
        merged: false,
      };
    });
  }
  return entriesOf(node).map((each) => {
    const scalar = scalarOf(each.value);
    const span = { start: each.start, end: each.end };
    return {
      name: each.key,
      ...(scalar && { value: scalar.value, raw: scalar.raw, valueSpan: { start: scalar.start, end: scalar.end } }),
      span,
      lines: linesOf(text, span),
      style: 'map' as const,
      ...(scalar ? flags(scalar, each.aliased) : { interpolated: false, unresolved: false, shared: each.value.shared }),
      merged: each.merged,
    };
  });
}

function flags(scalar: YamlScalar, aliased: boolean) {
  return { interpolated: scalar.interpolated, unresolved: scalar.unresolved, shared: scalar.shared || aliased };
}

/** Only where the text is the value itself does a part of the value have a place. */
function valueSpan(text: string, scalar: YamlScalar, from: number): { valueSpan?: Span } {
  const inner = innerSpan(text, scalar);
  return inner ? { valueSpan: { start: inner.start + from, end: inner.end } } : {};
}

/** The text between the quotes, if it is the value letter by letter: no escapes, no folded lines. */
export function innerSpan(text: string, scalar: YamlScalar): Span | undefined {
  const quotes = scalar.style === 'single' || scalar.style === 'double' ? 1 : 0;
  const span = { start: scalar.start + quotes, end: scalar.end - quotes };
  return text.slice(span.start, span.end) === scalar.raw ? span : undefined;
}

export function linesOf(text: string, span: Span): Span {
  return { start: lineStart(text, span.start), end: lineEnd(text, span.end) };
}
