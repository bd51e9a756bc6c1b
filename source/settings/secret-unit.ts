import { insertAfter, removeEntry, replaceValue, type IniEntry, type IniFile } from '../files/ini.ts';
import { quote, splitWords } from '../files/shellwords.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editsOf } from './edit.ts';
import { keptOut } from './kept-out.ts';
import { envLine } from './secret-move.ts';
import type { SecretSeen } from './secrets.ts';

/** A line of `Environment=` without these names; undefined when nothing stays. */
function rest(entry: IniEntry, names: readonly string[]): string | undefined {
  const kept = splitWords(entry.value).words.filter((w) => !names.some((n) => w.value.startsWith(`${n}=`)));
  return kept.length === 0 ? undefined : kept.map((w) => (/["'\s]/.test(w.value) ? `"${w.value.replace(/["\\]/g, '\\$&')}"` : w.value)).join(' ');
}

/** Secrets of a unit in a file beside it that systemd reads (`EnvironmentFile=`), for root alone. */
export function intoEnvironmentFile(machine: Machine, seen: readonly SecretSeen[]): { readonly changes: readonly (Change | Refusal)[]; readonly path: string } {
  const [first] = seen;
  if (!first) return { changes: [], path: '' };
  const { file } = first;
  const slash = file.path.lastIndexOf('/') + 1;
  const name = file.path.slice(slash).replace(/\.service$/, '');
  const path = `${file.path.slice(0, slash)}.env.${name}`;
  const names = seen.map((s) => s.name);
  const entries = new Map<IniEntry, IniFile>(seen.flatMap(({ holder }) => (holder.kind === 'unit' ? [[holder.entry, holder.ini] as const] : [])));
  const lines = seen.map((s) => envLine(s.name, s.value.reveal()));
  const changes: (Change | Refusal)[] = [];
  if (machine.files.has(path)) changes.push(refuse(text(`${path} is there already: move the lines by hand`, `${path} 已经存在：请手动移动`)));
  if (lines.includes(undefined)) changes.push(refuse(text('a value of several lines does not fit into an env file', '多行的值放不进 env 文件')));
  const head = `# Secrets of ${name}: systemd hands them over (EnvironmentFile=). Not for git.\n`;
  changes.push({ kind: 'create-file', path, text: head + lines.join(''), mode: 0o600, head });
  const absolute = `${machine.root}/${path}`;
  let told = false;
  for (const [entry, ini] of entries) {
    const value = rest(entry, names);
    // Where the line would be empty, the new one takes its place.
    if (value === undefined && !told) changes.push(editsOf(file, [{ start: entry.keySpan.start, end: entry.valueSpan.end, text: `EnvironmentFile=${quote([absolute])}` }]));
    else if (value === undefined) changes.push(editsOf(file, [removeEntry(ini, entry)]));
    else changes.push(editsOf(file, replaceValue(ini, entry, value)), ...(told ? [] : [editsOf(file, insertAfter(ini, entry, 'EnvironmentFile', absolute))]));
    told = true;
  }
  return { changes: [...changes, ...keptOut(machine, [path])], path };
}
