import type { Span } from '../lines.ts';
import type { Role } from '../theme.ts';

type Token = 'comment' | 'string' | 'name';

interface Grammar {
  /** The word at the beginning of a line that says what the line is about: its first group is what stands before it. */
  readonly name: RegExp;
  /** Where a comment begins: everything behind it is one. */
  readonly comment: RegExp;
}

const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y;
const HASH = /(?<=^|\s)#/;

const YAML: Grammar = { name: /^(\s*(?:- +)*)([\w./"'-]+)(?=:(?:\s|$))/, comment: HASH };
const INI: Grammar = { name: /^(\s*)([\w.-]+)(?=\s*=)|^(\s*)(\[[^\]]*\])/, comment: /(?<=^\s*)[#;]/ };
const DOCKERFILE: Grammar = { name: /^(\s*)([A-Z]+)(?=\s)/, comment: /(?<=^\s*)#/ };
const PYTHON: Grammar = { name: /^(\s*)(?:(@?[\w.]+)(?=\s*(?:=(?!=)|:\s))|(from|import|def|class|if|elif|else|for|while|with|return|try|except|finally|raise|async|await)\b)/, comment: /#/ };
const NGINX: Grammar = { name: /^(\s*)([\w-]+)(?=[\s;{])/, comment: HASH };
const SHELL: Grammar = { name: /^(\s*)(?:export\s+)?([A-Za-z_]\w*)(?==)/, comment: HASH };

/** By the file's name; undefined where we know no more than that it is text. */
export function grammarOf(path: string): Grammar | undefined {
  const name = path.split('/').at(-1) ?? path;
  if (/(^|\.)(dockerfile|containerfile)(\.|$)/i.test(name)) return DOCKERFILE;
  if (/\.ya?ml$/.test(name)) return YAML;
  if (/\.py$/.test(name)) return PYTHON;
  if (/\.(ini|cfg|toml|service|socket|timer)$/.test(name) || /supervisor.*\.conf$/.test(name)) return INI;
  if (/\.conf$/.test(name)) return NGINX;
  return /\.sh$|(^|\.)env(\.|$)|entrypoint/.test(name) ? SHELL : undefined;
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly token: Token;
}

/** Strings and the comment of a line, from left to right: what looks like a comment inside a string is none. */
function pieces(row: string, { name, comment }: Grammar): readonly Piece[] {
  const found: Piece[] = [];
  const head = name.exec(row);
  const word = head?.slice(1).findLast((part) => part !== undefined && part.trim() !== '');
  if (head && word !== undefined && !comment.test(head[0])) found.push({ from: head[0].lastIndexOf(word), to: head[0].lastIndexOf(word) + word.length, token: 'name' });
  const begins = new RegExp(comment.source, 'y');
  for (let at = found.at(-1)?.to ?? 0; at < row.length; at++) {
    begins.lastIndex = at;
    if (begins.test(row)) return [...found, { from: at, to: row.length, token: 'comment' }];
    STRING.lastIndex = at;
    const string = row[at] === '"' || row[at] === "'" ? STRING.exec(row)?.[0] : undefined;
    if (string === undefined) continue;
    found.push({ from: at, to: at + string.length, token: 'string' });
    at += string.length - 1;
  }
  return found;
}

/** On a line that came or went its colour says so: there the tokens are told by weight. */
const ROLES: Readonly<Record<'added' | 'removed' | 'kept', Readonly<Record<Token, Role | undefined>>>> = {
  kept: { comment: 'faint', string: 'string', name: 'name' },
  added: { comment: 'added-comment', string: 'added', name: 'added-name' },
  removed: { comment: 'removed-comment', string: 'removed', name: 'removed-name' },
};

/** A row of a file that was folded into parts, in its colours; `from` is where the file's own text begins in it. */
export function inColours(row: string, parts: readonly string[], base: 'added' | 'removed' | undefined, grammar: Grammar | undefined, from: number): readonly (readonly Span[])[] {
  const all = grammar && row.length < 2000 ? pieces(row.slice(from), grammar).map((one) => ({ ...one, from: one.from + from, to: one.to + from })) : [];
  let at = 0;
  return parts.map((part) => {
    const begin = row.indexOf(part, at);
    if (begin < 0) return [{ text: part, role: base }];
    at = begin + part.length;
    const spans: Span[] = [];
    let done = begin;
    for (const one of all) {
      const [start, end] = [Math.max(one.from, done), Math.min(one.to, at)];
      if (start >= end) continue;
      if (start > done) spans.push({ text: row.slice(done, start), role: base });
      spans.push({ text: row.slice(start, end), role: ROLES[base ?? 'kept'][one.token] });
      done = end;
    }
    if (done < at) spans.push({ text: row.slice(done, at), role: base });
    return spans;
  });
}
