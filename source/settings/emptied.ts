import { removeServiceKey, type Yaml } from '../files/compose.ts';
import { applyEdits, isRefused } from '../files/span.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { composeFile } from './compose-services.ts';

const holds = (value: Yaml): boolean => (value.kind === 'map' ? value.entries.length > 0 : value.kind === 'list' ? value.items.length > 0 : !value.isNull);

/** An insert at either end of the stretch stands beside it. */
const within = (e: SpanEdit, start: number, end: number): boolean => (e.start === e.end ? e.start > start && e.start < end : e.start >= start && e.end <= end);

/**
 * Each fix takes its own lines out and leaves the key to what else stands under it; together they can leave a key of a
 * service with nothing behind it, which compose refuses (`environment must be a mapping`). Then the key goes, too.
 */
export function withoutEmptied(machine: Machine, change: EditFile): EditFile {
  const file = machine.files.get(change.path);
  if (!file || !machine.services.some((s) => s.compose?.files.includes(change.path))) return change;
  const before = composeFile(machine.files, change.path);
  const after = composeFile(new Map([...machine.files, [change.path, { ...file, text: applyEdits(file.text, change.edits) }]]), change.path);
  let edits = change.edits;
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
