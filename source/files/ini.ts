/**
 * uWSGI's ini, supervisord's conf and systemd's units: alike at first sight, different in what a comment
 * is and in how a value goes on in the next line. Each dialect follows the program that reads it.
 */
import { spanIn, type Joined } from './joined.ts';
import { splitWords, type Words } from './shellwords.ts';
import { positions, type ParseFault, type Span } from './span.ts';
import { scanSupervisord } from './ini/supervisord.ts';
import { scanSystemd } from './ini/systemd.ts';
import { scanUwsgi } from './ini/uwsgi.ts';

export { insertAfter, removeEntry, replaceValue, setEntry } from './ini/edits.ts';

export type Dialect = 'uwsgi' | 'supervisord' | 'systemd';

export interface IniEntry {
  /** As the program knows it: supervisord takes no notice of case, the others do. */
  readonly key: string;
  readonly keySpan: Span;
  /** Without comments and outer blanks. Lines of one value are joined with `\n` (supervisord) or a blank (systemd). */
  readonly value: string;
  /** From the first to the last character of the value; empty where the value would begin. */
  readonly valueSpan: Span;
  /** A key alone, uWSGI's way to say true. */
  readonly bare: boolean;
  /** All its lines with their line endings. */
  readonly lines: Span;
  readonly line: number;
  readonly section: string;
  /** Holds something the program fills in: `%(here)s`, `%n`, `$(HOME)`, `%i`. */
  readonly interpolated: boolean;
  /** The value with the place of each of its lines. */
  readonly joined: Joined;
}

export interface IniSection {
  readonly name: string;
  readonly nameSpan: Span;
  /** The header's line with its line ending. */
  readonly lines: Span;
  readonly line: number;
  readonly entries: readonly IniEntry[];
}

export interface IniFile {
  readonly text: string;
  readonly dialect: Dialect;
  /** In order; a name may stand twice. */
  readonly sections: readonly IniSection[];
  readonly entries: readonly IniEntry[];
  readonly faults: readonly ParseFault[];
}

/** What a dialect's scanner finds. */
export interface RawIni {
  readonly sections: readonly Omit<IniSection, 'entries' | 'line'>[];
  readonly entries: readonly (Omit<IniEntry, 'line' | 'interpolated' | 'section'> & { readonly index: number })[];
  readonly faults: readonly { readonly message: string; readonly offset: number }[];
}

const SCANNERS: Readonly<Record<Dialect, (text: string) => RawIni>> = { uwsgi: scanUwsgi, supervisord: scanSupervisord, systemd: scanSystemd };

const FILLED_IN: Readonly<Record<Dialect, RegExp>> = {
  uwsgi: /%[A-Za-z0-9(]|\$\(|@\(/,
  supervisord: /%\(/,
  systemd: /%[A-Za-z]|\$\{?[A-Za-z_]/,
};

const MOST_FAULTS = 100;

/** Reads any text. What makes no sense is in `faults`; nothing is thrown. */
export function parseIni(text: string, dialect: Dialect): IniFile {
  const raw = SCANNERS[dialect](text);
  const place = positions(text);
  const sections = raw.sections.map((section) => ({ ...section, line: place(section.nameSpan.start).line, entries: [] as IniEntry[] }));
  const entries = raw.entries.map(({ index, ...entry }) => {
    const section = sections[index];
    const complete = {
      ...entry,
      line: place(entry.keySpan.start).line,
      section: section?.name ?? '',
      interpolated: FILLED_IN[dialect].test(entry.value),
    };
    section?.entries.push(complete);
    return complete;
  });
  const faults = raw.faults.slice(0, MOST_FAULTS).map(({ message, offset }) => ({ message, ...place(offset) }));
  return { text, dialect, sections, entries, faults };
}

/** Every entry of that key, in order, over all sections of that name. */
export function entries(file: IniFile, section: string, key: string): IniEntry[] {
  const wanted = file.dialect === 'supervisord' ? key.toLowerCase() : key;
  return file.entries.filter((entry) => entry.section === section && entry.key === wanted);
}

/** The entry that decides where a program takes the last one. */
export function lastEntry(file: IniFile, section: string, key: string): IniEntry | undefined {
  return entries(file, section, key).at(-1);
}

/** The value as a command line, each word with its place in the file. */
export function commandWords(entry: IniEntry): Words {
  const { words, fault } = splitWords(entry.joined.text);
  return {
    words: words.map((word) => ({ ...word, ...spanIn(entry.joined, word.start, word.end) })),
    ...(fault && { fault: { ...fault, offset: spanIn(entry.joined, fault.offset, fault.offset).start } }),
  };
}
