import { removeServiceKey, type Yaml } from '../files/compose.ts';
import { applyEdits, isRefused } from '../files/span.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { composeFile } from './compose-services.ts';

const holds = (value: Yaml): boolean => (value.kind === 'map' ? value.entries.length > 0 : value.kind === 'list' ? value.items.length > 0 : !value.isNull);

/** An insert at either end of the stretch stands beside it. */
const within = (e: SpanEdit, start: number, end: number): boolean => (e.start === e.end ? e.start > start && e.start < end : e.start >= start && e.end <= end);

/** Stretches that go, as one where nothing is left between them. */
function stretches(text: string, edits: readonly SpanEdit[]): readonly { readonly start: number; readonly end: number }[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of [...edits].filter((e) => e.text === '' && e.end > e.start).sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && text.slice(last.end, start).trim() === '') last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}

/** The last items of `{a: 1, b: 2}` went, each by another fix: the comma in front of them goes, too, or that of what comes instead. */
function closeLists(text: string, all: readonly SpanEdit[]): readonly SpanEdit[] {
  let edits = all;
  for (const { start, end } of stretches(text, all)) {
    if (!/^\s*[}\]]/.test(text.slice(end))) continue;
    const comma = /\s*,\s*$/.exec(text.slice(0, start));
    // One edit in place of those that it covers, and of the white space that lay between them.
    const comes = edits.some((e) => e.start === e.end && e.start > start && e.start < end);
    if (comma) edits = [...(comes ? edits : edits.filter((e) => e.text !== '' || e.start < start || e.end > end)), { start: start - comma[0].length, end: comes ? start : end, text: '' }];
    const first = /[{[]\s*$/.test(text.slice(0, start)) ? edits.find((e) => e.start === e.end && e.start >= start && e.start <= end && /^, /.test(e.text)) : undefined;
    if (first) edits = edits.map((e) => (e === first ? { ...e, text: e.text.slice(2) } : e));
  }
  return edits;
}

/**
 * Each fix takes its own lines out and leaves the key to what else stands under it; together they can leave a key of a
 * service with nothing behind it, which compose refuses (`environment must be a mapping`). Then the key goes, too.
 */
export function withoutEmptied(machine: Machine, change: EditFile): EditFile {
  const file = machine.files.get(change.path);
  if (!file || !machine.services.some((s) => s.compose?.files.includes(change.path))) return change;
  const before = composeFile(machine.files, change.path);
  const closed = closeLists(file.text, change.edits);
  const after = composeFile(new Map([...machine.files, [change.path, { ...file, text: applyEdits(file.text, closed) }]]), change.path);
  let edits = closed;
  for (const service of before?.services ?? []) {
    const left = after?.services.find((s) => s.name === service.name);
    for (const [key, entry] of service.keys) {
      const now = left?.keys.get(key);
      if (!before || !now || !holds(entry.value) || holds(now.value)) continue;
      const removal = removeServiceKey(before, service, key);
      if (isRefused(removal)) continue;
      edits = [...edits.filter((e) => !removal.some((r) => within(e, r.start, r.end))), ...removal];
    }
  }
  return edits === change.edits ? change : { ...change, edits };
}
