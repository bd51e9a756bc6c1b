/**
 * sudoers: who may run what as whom, with the place of every name, tag and argument. The rules of words, escapes and
 * comments are those of sudo's own reader (1.9); what a rule allows, and whether that is wise, is not known here.
 */
import type { ParseFault, Span } from './span.ts';
import { positions } from './span.ts';
import { commandList, grants } from './sudoers/commands.ts';
import { Reader, Unreadable, type Name } from './sudoers/reader.ts';

export type { Name } from './sudoers/reader.ts';

/** One argument as it is written, and as the pattern that sudo matches with (`\*` is a star, `\,` a plain comma). */
export interface Argument extends Span {
  readonly source: string;
  readonly pattern: string;
}

export interface Command extends Span {
  readonly kind: 'path' | 'alias' | 'all' | 'sudoedit';
  readonly negated: boolean;
  /** `sha256:…` in front of it, as written. */
  readonly digests: readonly string[];
  /** The program, an alias's name, or `ALL`. */
  readonly program: Argument;
  /** None: any arguments are allowed. A single `""`: none are. */
  readonly args: readonly Argument[];
  /** The program or the arguments are a regular expression (`^…$`, sudo 1.9.10 and later). */
  readonly regex: boolean;
}

/** One command with what stands before it, or is inherited from the one before: as whom, and the tags. */
export interface Grant {
  readonly command: Command;
  /** Undefined where nobody is named: root, or what `Defaults runas_default` says. */
  readonly runas?: { readonly users: readonly Name[]; readonly groups: readonly Name[] };
  readonly tags: ReadonlySet<string>;
}

export interface Definition {
  readonly name: string;
  readonly nameSpan: Span;
  /** Of Cmnd_Alias. */
  readonly commands: readonly Command[];
  /** Of the others. */
  readonly members: readonly Name[];
}

interface Entry {
  /** All its lines, continuations and line endings included. Entries follow each other without a gap. */
  readonly lines: Span;
  readonly line: number;
}
export type AliasKind = 'User' | 'Runas' | 'Host' | 'Cmnd';
export interface Alias extends Entry {
  readonly kind: 'alias';
  readonly of: AliasKind;
  readonly definitions: readonly Definition[];
}
export interface Rule extends Entry {
  readonly kind: 'rule';
  readonly users: readonly Name[];
  readonly parts: readonly { readonly hosts: readonly Name[]; readonly grants: readonly Grant[] }[];
}
export interface Include extends Entry {
  readonly kind: 'include' | 'includedir';
  readonly path: string;
}
/** Comments, blank lines, `Defaults`, and what could not be read (which is in `faults` too). */
export interface Other extends Entry {
  readonly kind: 'blank' | 'comment' | 'defaults' | 'unread';
}
export type SudoersEntry = Alias | Rule | Include | Other;

export interface SudoersFile {
  readonly text: string;
  readonly entries: readonly SudoersEntry[];
  readonly faults: readonly ParseFault[];
}

const MOST_FAULTS = 100;
const ALIAS = /(User|Runas|Host|Cmnd|Cmd)_Alias(?=[ \t])/y;
const INCLUDE = /[@#](include|includedir)(?=[ \t])/y;
const DEFAULTS = /Defaults(?=[ \t:@>!\r\n]|$)/y;

/** Reads any text; what makes no sense is in `faults`, and its line is passed over. */
export function parseSudoers(text: string): SudoersFile {
  const place = positions(text);
  const reader = new Reader(text);
  const entries: SudoersEntry[] = [];
  const faults: ParseFault[] = [];
  // The byte order mark is of no line, but every byte belongs to an entry.
  let start = 0;
  while (start < text.length) {
    const at = place(start).line;
    let found: Found;
    try {
      found = read(reader);
      reader.endOfLine();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      if (faults.length < MOST_FAULTS) faults.push({ message: error.message, ...place(error.offset) });
      reader.skipLine();
      found = { kind: 'unread' };
    }
    entries.push({ ...found, lines: { start, end: reader.at }, line: at } as SudoersEntry);
    start = reader.at;
  }
  return { text, entries, faults };
}

type Without<T> = T extends Entry ? Omit<T, keyof Entry> : never;
type Found = Without<SudoersEntry>;

function read(reader: Reader): Found {
  const first = reader.at;
  const include = reader.match(INCLUDE);
  if (include) return { kind: include[1] as 'include', path: reader.includePath() };
  const continued = reader.blanks();
  if (reader.atEnd()) return { kind: reader.peek() === '#' ? 'comment' : 'blank' };
  const late = first !== reader.at && !continued ? reader.match(INCLUDE) : undefined;
  if (late && late[0].startsWith('@')) return { kind: late[1] as 'include', path: reader.includePath() };
  if (!continued && reader.match(DEFAULTS)) {
    reader.skipSettings();
    return { kind: 'defaults' };
  }
  const alias = continued ? undefined : reader.match(ALIAS);
  if (alias) return { kind: 'alias', of: (alias[1] === 'Cmd' ? 'Cmnd' : alias[1]) as AliasKind, definitions: definitions(reader, alias[1] ?? '') };
  const users = reader.names('user');
  const parts: Rule['parts'][number][] = [];
  do {
    const hosts = reader.names('host');
    reader.expect('=');
    parts.push({ hosts, grants: grants(reader) });
  } while (reader.take(':'));
  return { kind: 'rule', users, parts };
}

const ALIAS_NAME = /[A-Z][A-Z0-9_]*/y;

function definitions(reader: Reader, of: string): Definition[] {
  const all: Definition[] = [];
  do {
    reader.blanks();
    const start = reader.at;
    const name = reader.match(ALIAS_NAME)?.[0];
    if (name === undefined) throw reader.complaint('An alias has no name of capitals, digits and _');
    const nameSpan = { start, end: reader.at };
    reader.expect('=');
    const commands = of.startsWith('C') ? commandList(reader) : [];
    all.push({ name, nameSpan, commands, members: of.startsWith('C') ? [] : reader.names(of === 'Host' ? 'host' : 'user') });
  } while (reader.take(':'));
  return all;
}
