import { parsePython, type PyFunction, type PyValue } from '../files/python.ts';
import type { SourceFile } from '../model/machine.ts';
import { list, text, type Text } from '../model/text.ts';

/** The function around a place of a text, the innermost first. */
const around = (file: SourceFile, at: number): PyFunction | undefined => parsePython(file.text).functions.filter((f) => f.start <= at && at < f.end).sort((a, b) => b.start - a.start)[0];

/** A name that its function binds once, plainly, is what it was bound to; a parameter, or one that a loop binds too, can't be told. */
function followed(value: PyValue, file: SourceFile): PyValue {
  const within = value.kind === 'unresolved' && value.name !== undefined ? around(file, value.start) : undefined;
  if (value.kind !== 'unresolved' || value.name === undefined || !within || within.parameters.includes(value.name)) return value;
  const { name } = value;
  const bound = within.locals.filter((one) => one.name === name);
  const other = new RegExp(`(?:\\bfor\\b[^:\\n]*\\b${name}\\b[^:\\n]*\\bin\\b|\\bas\\s+${name}\\b|\\b${name}\\s*(?:[-+*/|&%]|:)=|\\b(?:global|nonlocal)\\b[^\\n]*\\b${name}\\b|\\b${name}\\s*,[^=\\n]*=[^=])`);
  return bound.length === 1 && !other.test(file.text.slice(within.start, within.end)) ? bound[0]!.value : value;
}

const KINDS: Readonly<Partial<Record<PyValue['kind'], Text>>> = {
  string: text('a str', 'str'),
  number: text('a number', '数字'),
  boolean: text('a bool', 'bool'),
  none: text('None', 'None'),
};

/** What kind of value that is, where its text tells and JSON has it; undefined where it can't be told, or may not fit. */
export function jsonKind(value: PyValue, file: SourceFile): Text | undefined {
  const known = followed(value, file);
  if (known.kind === 'unresolved') return known.isText ? KINDS.string : undefined;
  if (known.kind === 'list') return known.items.every((item) => jsonKind(item, file)) ? text('a list', '列表') : undefined;
  if (known.kind === 'dict') return known.entries.every((e) => e.key?.kind === 'string' && jsonKind(e.value, file)) ? text('a dict', '字典') : undefined;
  return KINDS[known.kind];
}

/** The arguments of a call: `name is a str`, or which of them the text does not tell. */
export function argumentKinds(args: readonly { readonly value: PyValue; readonly source: string }[], file: SourceFile): { readonly fits: boolean; readonly words: Text } {
  const told = args.map((arg) => ({ source: arg.source, kind: jsonKind(arg.value, file) }));
  const untold = told.filter((one) => !one.kind).map((one) => one.source);
  if (untold.length > 0) return { fits: false, words: text(`${list(untold).en} must fit into JSON`, `${list(untold)['zh-CN']} 必须能写成 JSON`) };
  const named = told.filter((one) => /^[A-Za-z_]\w*$/.test(one.source));
  if (named.length === 0) return { fits: true, words: text('fits', '没有问题') };
  return { fits: true, words: text(named.map((one) => `${one.source} is ${one.kind!.en}`).join(', '), named.map((one) => `${one.source} 是 ${one.kind!['zh-CN']}`).join('，')) };
}
