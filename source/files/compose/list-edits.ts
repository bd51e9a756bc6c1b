import type { ComposeFile } from '../compose.ts';
import type { Edits } from '../span.ts';
import { linesAfter, refuse, removeKey, setPath, sharedReason, takeLines, variableReason, withoutComma } from './edits.ts';
import { flowText, indentAt } from './style.ts';
import type { YamlEntry, YamlList, YamlMap } from './tree.ts';

/** The entry at a path, if every step is the file's own and nobody else's. */
function ownEntry(file: ComposeFile, path: readonly string[]): YamlEntry | 'shared' | undefined {
  let map: YamlMap | undefined = file.root;
  let entry: YamlEntry | undefined;
  for (const key of path) {
    entry = map?.entries.find((each) => each.key === key);
    if (!entry) return undefined;
    if (entry.merged || entry.aliased || entry.value.shared) return 'shared';
    map = entry.value.kind === 'map' ? entry.value : undefined;
  }
  return entry;
}

/** Adds one item (YAML text of one line) to the list at a path; the list is made when it is missing. */
export const addListItem = (file: ComposeFile, path: readonly string[], item: string): Edits => addListItems(file, path, [item]);

/** Adds several, as one edit; what is there already is left out. */
export function addListItems(file: ComposeFile, path: readonly string[], items: readonly string[]): Edits {
  const entry = ownEntry(file, path);
  if (entry === 'shared') return sharedReason(path);
  if (!entry || (entry.value.kind === 'scalar' && entry.value.isNull)) return items.length === 0 ? [] : setPath(file, path, items.map((i) => `- ${i}`).join('\n'));
  const { value } = entry;
  if (value.kind === 'map') return refuse(`${path.join('.')} is a map, not a list`);
  if (value.kind === 'scalar') {
    // `tmpfs: /tmp` is one item without its list.
    const { start, end } = value;
    const more = items.filter((i) => i !== file.text.slice(start, end)).map(flowText);
    if (more.length === 0) return [];
    return value.interpolated ? variableReason(path.join('.')) : [{ start, end, text: `[${[file.text.slice(start, end), ...more].join(', ')}]` }];
  }
  const more = items.filter((i) => !value.items.some((each) => file.text.slice(each.start, each.end) === i));
  if (more.length === 0) return [];
  if (value.flow) {
    const { lastEnd: at } = value;
    return [{ start: at, end: at, text: `${value.items.length > 0 ? ', ' : ''}${more.map(flowText).join(', ')}` }];
  }
  const indent = indentAt(file.text, value.start);
  return [linesAfter(file.text, value.lastEnd, more.map((i) => `${indent}- ${i}`))];
}

/** Takes one item out; the key goes with the last one. */
export function removeListItem(file: ComposeFile, path: readonly string[], index: number): Edits {
  const entry = ownEntry(file, path);
  if (entry === 'shared') return sharedReason(path);
  if (entry?.value.kind !== 'list') return refuse(`${path.join('.')} is not a list`);
  const list: YamlList = entry.value;
  const item = list.items[index];
  if (!item) return refuse(`${path.join('.')} has no item ${index + 1}`);
  if (list.items.length === 1) return removeKey(file, path);
  return list.flow ? withoutComma(file.text, item) : takeLines(file.text, item, /^\s*-\s*(?:[&!]\S+\s+)*$/);
}
