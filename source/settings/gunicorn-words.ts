import type { EditFile, SpanEdit } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import type { Gunicorn } from './gunicorn.ts';
import type { FlagWord } from './gunicorn-settings.ts';
import { place } from './parsed.ts';
import type { ArgWord } from './started.ts';

/** The whole command that starts a gunicorn, where a file has it. */
export function commandPlace(machine: Machine, { words, program }: Gunicorn): Place | undefined {
  const [first, last] = [words[0]?.at, words.at(-1)?.at];
  const file = first && machine.files.get(first.file);
  if (!first || !last || !file || last.file !== first.file || last.end < first.start) return first ?? program.start?.at;
  return place(file, { start: first.start, end: last.end });
}

const stuck = (name: string): Refusal => refuse(text(`${name} can't be changed by itself where it stands`, `无法在原处单独修改 ${name}`));

/** A flag's value in its place; quotes and what is glued in front of it stay. */
export function replaceWord(file: SourceFile, { word, value, prefix }: FlagWord, wanted: string): EditFile | Refusal {
  if (!word.at || /[\s"'\\$]/.test(wanted)) return stuck(word.value);
  const written = file.text.slice(word.at.start, word.at.end);
  const at = written.lastIndexOf(prefix + value);
  if (at < 0) return stuck(word.value);
  if (value === wanted) return editOf(file, []);
  const start = word.at.start + at + prefix.length;
  return editOf(file, [{ start, end: start + value.length, text: wanted }]);
}

/** How words are set apart here: by commas in a JSON list, by dashes in a block list, by blanks anywhere else. */
function separator(file: SourceFile, a: ArgWord, b: ArgWord | undefined): string {
  const between = a.at && b?.at ? file.text.slice(a.at.end, b.at.start) : '';
  if (/^\s*,/.test(between)) return /^\s*,[ \t]*$/.test(between) ? between : ', ';
  return /^\s*\n\s*-[ \t]+$/.test(between) ? between : ' ';
}

const wrapped = (file: SourceFile, { at, quoted }: ArgWord, word: string): string => {
  const quote = at && quoted ? (/^["']/.exec(file.text.slice(at.start, at.end))?.[0] ?? '') : '';
  return `${quote}${word}${quote}`;
};

/** More words behind one of them, each written as that one is. `next` is the word behind it, which shows how they are set apart. */
export function addFlags(file: SourceFile, after: ArgWord, next: ArgWord | undefined, words: readonly string[]): EditFile | Refusal {
  if (!after.at) return stuck(after.value);
  const { end } = after.at;
  const quoted = after.quoted && next === undefined && /^\s*[,\]]/.test(file.text.slice(end));
  const sep = quoted ? ', ' : separator(file, after, next);
  return editOf(file, [{ start: end, end, text: words.map((w) => sep + wrapped(file, after, w)).join('') }]);
}

/** Flags taken out, each with its value and with what set it apart from the word before. */
export function removeFlags(file: SourceFile, words: readonly ArgWord[], gone: readonly FlagWord[]): EditFile | Refusal {
  const edits: SpanEdit[] = [];
  for (const { flag, word } of gone) {
    const before = words[words.indexOf(flag) - 1];
    if (!before?.at || !word.at) return stuck(flag.value);
    edits.push({ start: before.at.end, end: word.at.end, text: '' });
  }
  return editOf(file, edits);
}
