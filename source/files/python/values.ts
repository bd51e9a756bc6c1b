import type { parser } from '@lezer/python';
import type { Span } from '../span.ts';

export type PyNode = ReturnType<typeof parser.parse>['topNode'];

/** What an expression is, as far as it can be told without running it. Every part knows where it stands. */
export type PyValue = Span &
  (
    | { readonly kind: 'string' | 'bytes'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'none' }
    | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly PyValue[] }
    | { readonly kind: 'dict'; readonly entries: readonly PyEntry[] }
    | {
        readonly kind: 'unresolved';
        /** An f-string: a text, whatever stands in it. */
        readonly isText?: true;
        readonly source: string;
        /** The expression is this name and nothing more. */
        readonly name?: string;
        /** Read from the environment, perhaps with a value for when it is not there. */
        readonly environment?: { readonly variable: string; readonly fallback?: PyValue };
      }
  );

export interface PyEntry extends Span {
  /** undefined for `**other`. */
  readonly key?: PyValue;
  readonly value: PyValue;
}

const DEEPEST = 60;

export function children(node: PyNode): PyNode[] {
  const all: PyNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') all.push(child);
  return all;
}

/** The nodes of a bracket or a list, parted at the commas. */
export function segments(nodes: readonly PyNode[]): PyNode[][] {
  const parts: PyNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ',') parts.push([]);
    else parts.at(-1)!.push(node);
  }
  return parts.filter((part) => part.length > 0);
}

/** `nodes` are one expression; several with commas between are a tuple without its brackets. */
export function valueOfNodes(nodes: readonly PyNode[], text: string): PyValue {
  const first = nodes[0]!;
  const last = nodes.at(-1)!;
  const span = { start: first.from, end: last.to };
  if (nodes.length === 1) return toValue(first, text);
  const parts = segments(nodes);
  if (nodes.some((node) => node.name === ',') && parts.every((part) => part.length === 1)) {
    return { kind: 'tuple', items: parts.map((part) => toValue(part[0]!, text)), ...span };
  }
  return unresolved(span, text);
}

export function toValue(node: PyNode, text: string, depth = 0): PyValue {
  const span = { start: node.from, end: node.to };
  if (depth > DEEPEST) return unresolved(span, text);
  const source = () => text.slice(span.start, span.end);
  const inner = () => children(node).slice(1, -1);
  const items = () => {
    const parts = segments(inner());
    return parts.every((part) => part.length === 1) ? parts.map((part) => toValue(part[0]!, text, depth + 1)) : undefined;
  };
  switch (node.name) {
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return stringValue(node, text) ?? { ...unresolved(span, text), ...(writesText(node, text) ? { isText: true } : {}) };
    case 'Number': {
      const value = numberOf(source());
      return value === undefined ? unresolved(span, text) : { kind: 'number', value, ...span };
    }
    case 'Boolean':
      return { kind: 'boolean', value: source() === 'True', ...span };
    case 'None':
      return { kind: 'none', ...span };
    case 'UnaryExpression': {
      const [sign, operand] = children(node);
      const value = operand?.name === 'Number' ? numberOf(text.slice(operand.from, operand.to)) : undefined;
      const written = sign && text.slice(sign.from, sign.to);
      return value === undefined || (written !== '-' && written !== '+')
        ? unresolved(span, text)
        : { kind: 'number', value: written === '-' ? -value : value, ...span };
    }
    case 'ParenthesizedExpression': {
      const [only, ...more] = inner();
      return only && more.length === 0 ? { ...toValue(only, text, depth + 1), ...span } : unresolved(span, text);
    }
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression': {
      const found = items();
      const kind = node.name === 'ArrayExpression' ? 'list' : node.name === 'TupleExpression' ? 'tuple' : 'set';
      return found ? { kind, items: found, ...span } : unresolved(span, text);
    }
    case 'DictionaryExpression': {
      const entries = dictEntries(inner(), text, depth);
      return entries ? { kind: 'dict', entries, ...span } : unresolved(span, text);
    }
    case 'CallExpression':
      return dictCall(node, text, depth) ?? { ...unresolved(span, text), ...fromEnvironment(node, text, depth) };
    case 'VariableName':
      return { ...unresolved(span, text), name: source() };
    default:
      return { ...unresolved(span, text), ...fromEnvironment(node, text, depth) };
  }
}

/** A text with places to fill in: what it says is not known, but that it is a text. */
const writesText = (node: PyNode, text: string): boolean => (node.name === 'ContinuedString' ? children(node) : [node]).every((part) => !/^[rR]?[bB]/.test(text.slice(part.from, part.from + 2)));

function unresolved(span: Span, text: string) {
  return { kind: 'unresolved' as const, source: text.slice(span.start, span.end), ...span };
}

function dictEntries(nodes: readonly PyNode[], text: string, depth: number): PyEntry[] | undefined {
  const entries: PyEntry[] = [];
  for (const part of segments(nodes)) {
    const [first, second, third] = part;
    if (first?.name === '**' && second && part.length === 2) {
      entries.push({ value: toValue(second, text, depth + 1), start: first.from, end: second.to });
    } else if (first && second?.name === ':' && third && part.length === 3) {
      entries.push({ key: toValue(first, text, depth + 1), value: toValue(third, text, depth + 1), start: first.from, end: third.to });
    } else return undefined;
  }
  return entries;
}

/** `dict(a=1)` is `{'a': 1}`. */
function dictCall(node: PyNode, text: string, depth: number): PyValue | undefined {
  const [callee, list] = children(node);
  if (!callee || !list || text.slice(callee.from, callee.to) !== 'dict') return undefined;
  const entries: PyEntry[] = [];
  for (const [name, equals, value, ...more] of segments(children(list).slice(1, -1))) {
    if (name?.name !== 'VariableName' || equals?.name !== 'AssignOp' || !value || more.length > 0) return undefined;
    const key: PyValue = { kind: 'string', value: text.slice(name.from, name.to), start: name.from, end: name.to };
    entries.push({ key, value: toValue(value, text, depth + 1), start: name.from, end: value.to });
  }
  return { kind: 'dict', entries, start: node.from, end: node.to };
}

/** `os.environ["A"]`, `os.environ.get("A", x)`, `os.getenv("A", x)`. */
function fromEnvironment(node: PyNode, text: string, depth: number): { environment?: { variable: string; fallback?: PyValue } } {
  const [head, ...rest] = children(node);
  if (!head) return {};
  const name = text.slice(head.from, head.to);
  const values =
    node.name === 'MemberExpression' && /(?:^|\.)environ$/.test(name) && rest[0]?.name === '['
      ? [rest[1]]
      : node.name === 'CallExpression' && /(?:^|\.)(?:environ\.get|getenv)$/.test(name) && rest[0]
        ? segments(children(rest[0]).slice(1, -1)).map((part) => part.at(-1))
        : [];
  const variable = values[0] && stringValue(values[0], text);
  if (variable?.kind !== 'string') return {};
  return { environment: { variable: variable.value, ...(values[1] && { fallback: toValue(values[1], text, depth + 1) }) } };
}

function numberOf(source: string): number | undefined {
  const digits = source.replaceAll('_', '');
  const value = /^0[0-7]+$/.test(digits) ? NaN : Number(digits);
  return Number.isNaN(value) ? undefined : value;
}

function stringValue(node: PyNode, text: string): PyValue | undefined {
  const span = { start: node.from, end: node.to };
  const parts = node.name === 'ContinuedString' ? children(node) : [node];
  const values: string[] = [];
  let bytes = false;
  for (const part of parts) {
    if ((part.name !== 'String' && part.name !== 'FormatString') || part.getChild('FormatReplacement')) return undefined;
    const read = readString(text.slice(part.from, part.to));
    if (!read) return undefined;
    bytes ||= read.bytes;
    values.push(read.value);
  }
  return { kind: bytes ? 'bytes' : 'string', value: values.join(''), ...span };
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

function readString(source: string): { value: string; bytes: boolean } | undefined {
  const head = /^([a-z]{0,2})('''|"""|'|")/i.exec(source);
  if (!head) return undefined;
  const [all, prefix, quote] = head as unknown as [string, string, string];
  if (source.length < all.length + quote.length || !source.endsWith(quote)) return undefined;
  const letters = prefix.toLowerCase();
  const body = source.slice(all.length, -quote.length).replaceAll('\r\n', '\n');
  const plain = letters.includes('f') ? body.replaceAll('{{', '{').replaceAll('}}', '}') : body;
  const value = letters.includes('r')
    ? plain
    : plain.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[^])/g, (whole, code: string) => escaped(code) ?? whole);
  return { value, bytes: letters.includes('b') };
}

function escaped(code: string): string | undefined {
  if (/^[xuU]./.test(code)) {
    const point = Number.parseInt(code.slice(1), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
  }
  return /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : SIMPLE[code];
}
