import { labelled, pad, width } from './wrap.ts';

/** A risk as it was asked for: the word for it, what it is about, what was seen. */
export interface Asked {
  /** `gone`, painted. */
  readonly word: string;
  readonly title: string;
  readonly proof: string;
  /** More that is known of it, by a name of its own: `since`. */
  readonly more?: readonly (readonly [name: string, said: string])[];
}

const TITLE = 34;
/** What is seen needs so many columns beside a title; with fewer it stands below. */
const ROOM = 40;

/** Word, title and proof beside each other; under its title where that leaves the proof too little room, or the title takes all of it. */
export function askedRows(rows: readonly Asked[], first: number, columns: number): readonly string[] {
  const titles = Math.min(TITLE, Math.max(0, ...rows.map((row) => width(row.title)))) + 2;
  const narrow = columns - first - titles < ROOM;
  return rows.flatMap(({ word, title, proof, more = [] }) => {
    const below = narrow || width(title) > TITLE;
    const head = pad(word, first) + title;
    if (!below) return [...labelled(head, proof, first + titles, columns), ...more.flatMap(([name, said]) => labelled(pad('', first) + name, said, first + titles, columns))];
    const indent = first + 2;
    return [head.trimEnd(), ...labelled('', proof, indent, columns), ...more.flatMap(([name, said]) => labelled(pad('', indent) + name, said, indent + width(name) + 2, columns))];
  });
}
