import type { Instruction } from '../files/dockerfile.ts';
import type { Word } from '../files/shellwords.ts';

const SEPARATOR = /^(?:&&|\|\||\||;)$/;

/** The commands of a RUN in shell form, each as its words with their places; a `;` glued to a word ends it too. */
export function commandsOf(i: Instruction): readonly (readonly Word[])[] {
  if (i.json) return [];
  const found: Word[][] = [[]];
  for (const w of i.words) {
    if (SEPARATOR.test(w.value)) found.push([]);
    else if (w.value.endsWith(';')) {
      found.at(-1)?.push({ ...w, value: w.value.slice(0, -1), end: w.end - 1 });
      found.push([]);
    } else found.at(-1)?.push(w);
  }
  return found.filter((words) => words.length > 0);
}

/** From a program's name on; undefined where something else is run. */
export function callOf(words: readonly Word[], name: RegExp): readonly Word[] | undefined {
  const at = words.findIndex((w) => !/^(?:sudo|then|else|do|!|[({])$/.test(w.value));
  return at >= 0 && name.test(words[at]?.value.split('/').at(-1) ?? '') ? words.slice(at) : undefined;
}
