import { insertAfter, removeEntry, replaceValue, setEntry } from '../files/ini.ts';
import { isRefused } from '../files/span.ts';
import type { Change } from '../model/change.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { same } from '../model/text.ts';
import { editOf } from './edit.ts';
import { unitEntry, type Unit } from './unit.ts';

export interface UnitLine {
  readonly section: 'Service' | 'Unit' | 'Install';
  readonly key: string;
  /** undefined takes the line out. */
  readonly value: string | undefined;
}

/** A unit that a package brought is not ours to edit: its own drop-in is (systemd.unit(5)). */
const vendor = (path: string): boolean => /^\/(?:usr\/)?lib\//.test(path) || path.startsWith('/run/');

/** Where a drop-in of ours for a unit goes: beside it, and for what a package brought into `/etc`. */
export const dropInFolder = (unit: Unit): string => {
  const main = unit.parts[0]?.file.path ?? unit.name;
  return vendor(main) ? `/etc/systemd/system/${unit.name}.d` : `${main}.d`;
};

/** `[Service]` and its lines, as a drop-in of its own. */
export const dropIn = (unit: Unit, name: string, text: string): Change => ({ kind: 'create-file', path: `${dropInFolder(unit)}/${name}`, text, mode: 0o644 });

/**
 * Lines set where they decide: an entry gets its value in the file that has it, a new one stands above what is started.
 * A unit that a package brought gets a drop-in instead.
 */
export function setUnitLines(unit: Unit, lines: readonly UnitLine[], dropInName: string): readonly Change[] | Refusal {
  const changes: Change[] = [];
  const fresh: UnitLine[] = [];
  for (const line of lines) {
    const there = unitEntry(unit, line.section, line.key);
    if (!there) {
      if (line.value !== undefined) fresh.push(line);
      continue;
    }
    if (there.value === line.value) continue;
    if (vendor(there.file.path)) {
      fresh.push({ ...line, value: line.value ?? '' });
      continue;
    }
    const edits = line.value === undefined ? [removeEntry(there.ini, there.entry)] : replaceValue(there.ini, there.entry, line.value);
    if (isRefused(edits)) return refuse(same(`${there.file.path}: ${edits.refused}`));
    changes.push(editOf(there.file, edits));
  }
  const [main] = unit.parts;
  if (!main || fresh.length === 0) return changes;
  if (vendor(main.file.path)) {
    const sections = [...new Set(fresh.map((l) => l.section))].map((s) => `[${s}]\n${fresh.filter((l) => l.section === s).map((l) => `${l.key}=${l.value ?? ''}\n`).join('')}`);
    return [...changes, dropIn(unit, dropInName, sections.join('\n'))];
  }
  for (const line of fresh) {
    // Above ExecStart, behind what stands there already: who runs it is read before what is run.
    const mine = main.ini.entries.filter((e) => e.section === line.section);
    const exec = mine.findIndex((e) => e.key.startsWith('Exec'));
    const anchor = mine[exec - 1];
    const edits = exec > 0 && anchor ? insertAfter(main.ini, anchor, line.key, line.value ?? '') : setEntry(main.ini, line.section, line.key, line.value ?? '');
    if (isRefused(edits)) return refuse(same(`${main.file.path}: ${edits.refused}`));
    changes.push(editOf(main.file, edits));
  }
  return changes;
}
