import { lastEntry, type IniEntry, type IniFile } from '../files/ini.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { iniOf } from './parsed.ts';

/** A systemd unit as systemd reads it: its file, then its drop-ins in their order. */
export interface Unit {
  /** `shop.service`. */
  readonly name: string;
  readonly parts: readonly { readonly file: SourceFile; readonly ini: IniFile }[];
}

export interface UnitEntry {
  readonly value: string;
  readonly file: SourceFile;
  readonly ini: IniFile;
  readonly entry: IniEntry;
}

const base = (path: string): string => path.split('/').at(-1) ?? path;

export const isUnit = (path: string): boolean => /\.(?:service|socket)$/.test(path);

/** Where units lie; what stands first wins (systemd.unit(5), "Unit File Load Path"). */
export const UNIT_FOLDERS = ['/etc/systemd/system', '/run/systemd/system', '/usr/local/lib/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system'];

/** The unit that begins in `path`; drop-ins are `NAME.d/*.conf`, beside it or in another folder of units that was read. */
export function unitAt(machine: Machine, path: string): Unit | undefined {
  const main = machine.files.get(path);
  if (!main || !isUnit(path)) return undefined;
  const name = base(path);
  const beside = path.slice(0, -name.length);
  const folders = [`${beside}${name}.d/`, ...(path.startsWith('/') ? UNIT_FOLDERS.map((f) => `${f}/${name}.d/`) : [])];
  const dropIns = [...machine.files.values()].filter((f) => f.path.endsWith('.conf') && folders.some((folder) => f.path.startsWith(folder) && !f.path.slice(folder.length).includes('/')));
  // By the file's name alone, whatever folder it lies in.
  const inOrder = dropIns.sort((a, b) => (base(a.path) < base(b.path) ? -1 : 1));
  return { name, parts: [main, ...inOrder].map((file) => ({ file, ini: iniOf(file, 'systemd') })) };
}

/** The entry that decides where the last one counts (`User=`, `ExecStart=` of a simple service). */
export function unitEntry(unit: Unit, section: string, key: string): UnitEntry | undefined {
  for (const { file, ini } of [...unit.parts].reverse()) {
    const entry = lastEntry(ini, section, key);
    if (entry) return entry.value === '' ? undefined : { value: entry.value, file, ini, entry };
  }
  return undefined;
}

/** All that count where they add up (`Environment=`): an empty one takes back what stood before it. */
export function unitEntries(unit: Unit, section: string, key: string): readonly UnitEntry[] {
  const all = unit.parts.flatMap(({ file, ini }) => ini.entries.filter((e) => e.section === section && e.key === key).map((entry) => ({ value: entry.value, file, ini, entry })));
  const reset = all.map((e) => e.value).lastIndexOf('');
  return all.slice(reset + 1);
}
