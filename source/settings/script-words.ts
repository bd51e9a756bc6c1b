import { splitWords } from '../files/shellwords.ts';
import type { SourceFile } from '../model/machine.ts';
import { place } from './parsed.ts';
import { programWords, type ArgWord, type Started } from './started.ts';

/** The last command of a shell script, taken apart: what stays when everything before it is done. */
function lastCommand(file: SourceFile): readonly ArgWord[] {
  // A joined line becomes one of the same length, so that its words keep their places.
  const text = file.text.replace(/\\\r?\n/g, (end) => ' '.repeat(end.length));
  let end = text.trimEnd().length;
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (/\S/.test(line) && !/^\s*#/.test(line)) return splitWords(line, start).words.map((w) => ({ value: w.value, quoted: w.quoted, at: place(file, w) }));
    end = start - 1;
  }
  return [];
}

const PREFIX = /^(?:exec|env|tini|dumb-init|--|-[a-z]|\w+=.*)$/;

/** The words of a program that a service starts: on its command line, or as the last command of a script of the project. */
export function programIn(start: Started, name: RegExp): readonly ArgWord[] | undefined {
  const direct = programWords(start.words, name);
  if (direct) return direct;
  for (const script of start.scripts) {
    const words = lastCommand(script);
    const first = words.findIndex((w) => !PREFIX.test(w.value.split('/').at(-1) ?? ''));
    const found = first < 0 ? undefined : programWords(words.slice(first, first + 1), name);
    if (found) return words.slice(first);
  }
  return undefined;
}
