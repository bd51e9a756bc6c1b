import type { Argument, Command, Grant } from '../sudoers.ts';
import type { Reader } from './reader.ts';

const TAG = /(NOPASSWD|PASSWD|NOEXEC|EXEC|NOINTERCEPT|INTERCEPT|NOSETENV|SETENV|NOLOG_OUTPUT|LOG_OUTPUT|NOLOG_INPUT|LOG_INPUT|NOMAIL|MAIL|NOFOLLOW|FOLLOW)[ \t]*:/y;
const OPTION = /(?:CWD|CHROOT|TIMEOUT|NOTBEFORE|NOTAFTER|ROLE|TYPE|APPARMOR_PROFILE|PRIVS|LIMITPRIVS)[ \t]*=[ \t]*(?:"[^"\r\n]*"|[^ \t\r\n]+)/y;
const DIGEST = /sha(?:224|256|384|512)[ \t]*:[ \t]*[A-Za-z0-9+/=]+/y;
const REGEX = /\^(?:[^#\r\n$\\]|\\[^\r\n])*\$/y;
const PATH = /\/(?:\\[^\r\n]|[^,:=\\ \t\r\n#])*/y;
const KNOWN = /(ALL|sudoedit|[A-Z][A-Z0-9_]*)(?![A-Za-z0-9_])/y;
/** What an argument may consist of; a `=` only behind something. */
const ARGUMENT = /(?:\\[^\r\n]|[^#\\:,= \t\r\n])(?:\\[^\r\n]|[^#\\:, \t\r\n])*/y;

/** Escapes that are sudo's own go; those of a pattern stay, as fnmatch takes them off. */
const unescaped = (source: string): string => source.replace(/\\([:\\,= \t#])/g, '$1');

const argument = (source: string, end: number): Argument => ({ source, pattern: unescaped(source), start: end - source.length, end });

function digests(reader: Reader): string[] {
  const all: string[] = [];
  for (let found = reader.match(DIGEST); found; found = reader.match(DIGEST)) {
    all.push(found[0]);
    if (!reader.take(',')) break;
    reader.blanks();
  }
  reader.blanks();
  return all;
}

export function readCommand(reader: Reader): Command {
  reader.blanks();
  const start = reader.at;
  let negated = false;
  while (reader.take('!')) negated = !negated;
  reader.blanks();
  const before = digests(reader);
  while (reader.take('!')) negated = !negated;
  reader.blanks();
  const regex = reader.match(REGEX)?.[0];
  const path = regex ?? reader.match(PATH)?.[0];
  const known = path === undefined ? reader.match(KNOWN)?.[0] : undefined;
  const word = path ?? known;
  if (word === undefined) throw reader.complaint('A command is missing: a full path, an alias, ALL or sudoedit');
  const program = argument(word, reader.at);
  const kind = path !== undefined ? 'path' : known === 'ALL' ? 'all' : known === 'sudoedit' ? 'sudoedit' : 'alias';
  const more = (kind === 'path' && !word.endsWith('/')) || kind === 'sudoedit' ? readArguments(reader) : { args: [], regex: false };
  return { kind, negated, digests: before, program, args: more.args, regex: regex !== undefined || more.regex, start, end: more.args.at(-1)?.end ?? program.end };
}

function readArguments(reader: Reader): { args: Argument[]; regex: boolean } {
  const args: Argument[] = [];
  for (;;) {
    reader.blanks();
    if (args.length === 0 && reader.peek() === '^') {
      const whole = reader.match(REGEX)?.[0];
      if (whole === undefined) throw reader.complaint('The regular expression has no end');
      return { args: [argument(whole, reader.at)], regex: true };
    }
    const found = reader.match(ARGUMENT)?.[0];
    if (found === undefined) return { args, regex: false };
    args.push(argument(found, reader.at));
  }
}

export function commandList(reader: Reader): Command[] {
  const all = [readCommand(reader)];
  while (reader.take(',')) all.push(readCommand(reader));
  return all;
}

/** `(user:group)`; either side may be empty. */
function readRunas(reader: Reader): Grant['runas'] {
  if (!reader.take('(')) return undefined;
  reader.blanks();
  const users = reader.peek() === ')' || reader.peek() === ':' ? [] : reader.names('user');
  const groups = reader.take(':') && !reader.take(')') ? reader.names('user') : undefined;
  if (groups !== undefined || reader.text[reader.at - 1] !== ')') reader.expect(')');
  return { users, groups: groups ?? [] };
}

const opposite = (tag: string): string => (tag.startsWith('NO') ? tag.slice(2) : `NO${tag}`);

/** Commands of a rule: account and tags hold on until others are said. */
export function grants(reader: Reader): Grant[] {
  const all: Grant[] = [];
  let runas: Grant['runas'];
  let tags = new Set<string>();
  do {
    reader.blanks();
    runas = readRunas(reader) ?? runas;
    for (;;) {
      reader.blanks();
      const tag = reader.match(TAG)?.[1];
      if (tag !== undefined) tags = new Set([...tags].filter((t) => t !== opposite(tag)).concat(tag));
      else if (!reader.match(OPTION)) break;
    }
    all.push({ command: readCommand(reader), ...(runas ? { runas } : {}), tags });
  } while (reader.take(','));
  return all;
}
