import { lineage, type Instruction } from '../files/dockerfile.ts';
import { splitWords } from '../files/shellwords.ts';
import type { Shipped } from './service-files.ts';

/** A word of a command; `end` is where it ends in the Dockerfile, absent in a here-document. */
export interface CommandWord {
  readonly value: string;
  readonly end?: number;
}

/** What may stand in front of a command's name; `apt-get install adduser` is none of these. */
const BEFORE = /^(?:\w+=.*|!|if|then|else|do|sudo|exec|[({])$/;

/** The commands of a RUN, each as its words; those of a here-document have no place of their own. */
function commandsOf(i: Instruction, text: string): readonly (readonly CommandWord[])[] {
  const found: CommandWord[][] = [[]];
  for (const w of i.words) {
    const ends = /^(?:&&|\|\|?|;)$/.test(w.value);
    if (!ends) found.at(-1)?.push({ value: w.value.replace(/;$/, ''), end: w.end });
    if (ends || w.value.endsWith(';')) found.push([]);
  }
  const inside = i.heredocs.flatMap((h) => text.slice(h.body.start, h.body.end).split('\n').flatMap((l) => l.split(/&&|;/)).map((l) => splitWords(l).words.map((w) => ({ value: w.value }))));
  return [...found, ...inside];
}

/** The commands of every RUN of the image that ships, their own name first. */
export const runCommands = (s: Shipped): readonly (readonly CommandWord[])[] =>
  lineage(s.stage, s.df).flatMap((stage) => stage.instructions).filter((i) => i.keyword === 'RUN').flatMap((i) => commandsOf(i, s.df.text)).flatMap((words) => {
    const at = words.findIndex((w) => !BEFORE.test(w.value));
    return at < 0 ? [] : [words.slice(at)];
  });
