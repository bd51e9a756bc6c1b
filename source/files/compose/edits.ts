import type { ComposeFile, Scalar } from '../compose.ts';
import { eol, lacksFinalEol, lineEnd, lineStart, type Edits, type Refused, type TextEdit } from '../span.ts';
import { entryLines, flowText, indentAt, indented, isInline, keyText, scalarText, styleOf } from './style.ts';
import type { Yaml, YamlEntry, YamlMap } from './tree.ts';

export const refuse = (refused: string): Refused => ({ refused });

const shownPath = (path: readonly string[]) => path.join('.');
export const sharedReason = (path: readonly string[]) =>
  refuse(`${shownPath(path)} is shared through a YAML anchor, so a change here would change the others too`);
export const variableReason = (what: string) => refuse(`${what} comes from a variable, so the value is decided elsewhere`);

/** A new value in place of the old one, in the same quotes. */
export function setScalar(scalar: Scalar, value: string): Edits {
  if (scalar.shared) return refuse('The value is shared through a YAML anchor, so a change here would change the others too');
  if (scalar.interpolated) return variableReason(`The value ${scalar.raw}`);
  if (scalar.style === 'block') return refuse('The value is written over several lines');
  if (scalar.isNull) return refuse('There is no value to replace');
  if (scalar.value === value) return [];
  return [{ start: scalar.start, end: scalar.end, text: scalarText(value, scalar.style) }];
}

/**
 * Puts `value` (YAML text; lists and maps as lines without indentation) at a path of keys, replacing what
 * is there or adding it, with the keys above it that are missing. A key that came in through `<<` is
 * overridden by one of its own.
 */
export function setPath(file: ComposeFile, path: readonly string[], value: string): Edits {
  let map: Yaml | undefined = file.root;
  if (!map) return refuse('The file is not a map of keys');
  for (let i = 0; ; i++) {
    if (map.kind !== 'map') return refuse(`${shownPath(path.slice(0, i))} is not a map of keys`);
    if (map.shared) return sharedReason(path.slice(0, i));
    const key = path[i]!;
    const rest = path.slice(i + 1);
    const found: YamlEntry | undefined = map.entries.find((each) => each.key === key);
    if (!found || (found.merged && rest.length === 0)) return insertEntry(file, map, key, nested(rest, value));
    if (rest.length === 0) return replaceValue(file, map, found, path, value);
    if (found.aliased || found.merged) return sharedReason(path.slice(0, i + 1));
    if (found.value.kind === 'scalar' && found.value.isNull) return fillEmpty(file, map, found, nested(rest, value));
    map = found.value;
  }
}

function nested(keys: readonly string[], value: string): string {
  return keys.reduceRight(
    (inner, key) => (isInline(inner) ? `${keyText(key)}: ${inner}` : `${keyText(key)}:\n${indented(inner.split('\n'), '  ').join('\n')}`),
    value,
  );
}

function insertEntry(file: ComposeFile, map: YamlMap, key: string, value: string): Edits {
  if (map.flow) {
    const empty = map.entries.every((each) => each.merged) && map.lastEnd === map.start + 1;
    return [{ start: map.lastEnd, end: map.lastEnd, text: `${empty ? '' : ', '}${keyText(key)}: ${flowText(value)}` }];
  }
  return [linesAfter(file.text, endOfBlock(file.text, map), entryLines(key, value, indentAt(file.text, map.start), styleOf(file)))];
}

/** `web:` with nothing behind it becomes a map. */
function fillEmpty(file: ComposeFile, parent: YamlMap, entry: YamlEntry, value: string): Edits {
  const colon = behindColon(file.text, entry);
  if (parent.flow) return [{ start: colon, end: colon, text: ` ${flowText(value)}` }];
  const style = styleOf(file);
  return [linesAfter(file.text, colon, indented(value.split('\n'), indentAt(file.text, entry.start) + style.step))];
}

/** Whole lines below the line that holds `offset`; a file that ends without a line ending still does. */
export function linesAfter(text: string, offset: number, lines: readonly string[]): TextEdit {
  const end = lineEnd(text, offset);
  const newline = eol(text);
  const unfinished = end === text.length && lacksFinalEol(text);
  const added = unfinished ? lines.map((line) => newline + line) : lines.map((line) => line + newline);
  return { start: end, end, text: added.join('') };
}

/** Behind the last line of a block map, or behind the blank lines that `|+` keeps as part of its value. */
function endOfBlock(text: string, map: YamlMap): number {
  let last: Yaml | undefined = map;
  while (last && last.kind !== 'scalar' && !last.flow) {
    const items: readonly { value: Yaml; end: number }[] = last.kind === 'map' ? last.entries : last.items;
    last = items.find((item) => item.end === map.lastEnd)?.value;
  }
  if (last?.kind !== 'scalar' || last.style !== 'block' || !/^[|>]\d?\+/.test(text.slice(last.start, last.start + 3))) return map.lastEnd;
  const rest = /^(?:[ \t]*\r?\n)*/.exec(text.slice(lineEnd(text, map.lastEnd)))![0];
  return Math.max(map.lastEnd, lineEnd(text, map.lastEnd) + rest.length - 1);
}

function behindColon(text: string, entry: YamlEntry): number {
  return text.indexOf(':', entry.keySpan.end) + 1;
}

function replaceValue(file: ComposeFile, parent: YamlMap, entry: YamlEntry, path: readonly string[], value: string): Edits {
  const { value: old, site } = entry;
  if (!entry.aliased && old.shared) return sharedReason(path);
  if (!entry.aliased && holdsVariable(old)) return variableReason(shownPath(path));
  const { text } = file;
  const colon = behindColon(text, entry);
  if (old.kind === 'scalar' && old.isNull && !entry.aliased) {
    return [{ start: colon, end: colon, text: parent.flow || isInline(value) ? ` ${flowText(value)}` : below(file, entry, value) }];
  }
  if (parent.flow || isInline(value)) {
    const sameLine = !text.slice(colon, site.start).includes('\n');
    const inline = parent.flow ? flowText(value) : value;
    const edit = sameLine ? { ...site, text: inline } : { start: colon, end: entry.end, text: ` ${inline}` };
    return text.slice(edit.start, edit.end) === edit.text ? [] : [edit];
  }
  // A block in place of a block of the same kind keeps the comment behind the key and the indentation.
  const sameKind = old.kind !== 'scalar' && !old.flow && !entry.aliased && (old.kind === 'list') === value.startsWith('- ');
  if (sameKind) {
    const [first = '', ...others] = value.split('\n');
    const lines = [first, ...indented(others, indentAt(text, old.start))].join(eol(text));
    return text.slice(old.start, old.end) === lines ? [] : [{ start: old.start, end: old.end, text: lines }];
  }
  return [{ start: colon, end: entry.end, text: below(file, entry, value) }];
}

/** The value on lines of its own, from behind the colon on. */
function below(file: ComposeFile, entry: YamlEntry, value: string): string {
  const [first, ...others] = entryLines(entry.key, value, indentAt(file.text, entry.start), styleOf(file));
  return [first!.slice(first!.indexOf(':', keyText(entry.key).length) + 1), ...others].join(eol(file.text));
}

function holdsVariable(node: Yaml): boolean {
  if (node.kind === 'scalar') return node.interpolated;
  const items: readonly { value: Yaml; aliased: boolean }[] = node.kind === 'map' ? node.entries : node.items;
  return items.some((item) => !item.aliased && holdsVariable(item.value));
}

/** Takes a key out with its lines, and the key above it when that would be left empty. */
export function removeKey(file: ComposeFile, path: readonly string[]): Edits {
  const maps: YamlMap[] = [];
  let node: Yaml | undefined = file.root;
  for (const [i, key] of path.entries()) {
    if (node?.kind !== 'map') return refuse(`${shownPath(path.slice(0, i))} is not a map of keys`);
    if (node.shared) return sharedReason(path.slice(0, i));
    const found: YamlEntry | undefined = node.entries.find((each) => each.key === key);
    if (!found) return refuse(`There is no ${shownPath(path.slice(0, i + 1))}`);
    if (found.merged || (found.aliased && i < path.length - 1)) return sharedReason(path.slice(0, i + 1));
    maps.push(node);
    node = found.value;
  }
  let depth = path.length - 1;
  while (depth > 0 && maps[depth]!.entries.length === 1) depth--;
  // A service or the list of services must not vanish because its last key did.
  if (path[0] === 'services' && depth < 2 && path.length > depth + 1)
    return refuse(`${shownPath(path)} is all that ${shownPath(path.slice(0, -1))} has`);
  const map = maps[depth]!;
  const entry = map.entries.find((each) => each.key === path[depth])!;
  if (!entry.aliased && entry.value.shared) return sharedReason(path);
  return map.flow ? withoutComma(file.text, entry) : takeLines(file.text, entry, /^\s*$/);
}

/** Whole lines, unless something else begins on the first of them. */
export function takeLines(text: string, item: { start: number; end: number }, before: RegExp): Edits {
  let start = lineStart(text, item.start);
  const end = lineEnd(text, item.end);
  if (!before.test(text.slice(start, item.start).replace('\uFEFF', ''))) return refuse('Something else begins on the same line');
  if (start === 0 && text.startsWith('\uFEFF')) start = 1;
  // When the last line goes, a file without a final line ending stays one.
  if (end === text.length && lacksFinalEol(text) && start > 0) start -= text[start - 2] === '\r' ? 2 : 1;
  return [{ start: Math.max(0, start), end, text: '' }];
}

/** Around a comma the items may stand far apart, but not that far. */
const NEAR = 200;

/**
 * An item of `[a, b]` or `{a: 1, b: 2}`, and the comma that belongs to it: two edits, so that two neighbours can go, each
 * by a fix of its own (the comma between them is then the same edit). settings/emptied.ts sees to what both leave.
 */
export function withoutComma(text: string, item: { start: number; end: number }): readonly TextEdit[] {
  const gone = (start: number, end: number): TextEdit => ({ start, end, text: '' });
  const commaAfter = (end: number): number => end + (/^\s*,[ \t]*/.exec(text.slice(end, end + NEAR))?.[0].length ?? 0);
  if (commaAfter(item.end) > item.end) return [gone(item.start, item.end), gone(item.end, commaAfter(item.end))];
  const before = /\s*,\s*$/.exec(text.slice(Math.max(0, item.start - NEAR), item.start));
  if (!before) return [gone(item.start, item.end)];
  const previous = item.start - before[0].length;
  return [gone(previous, commaAfter(previous)), gone(commaAfter(previous), item.end)];
}
