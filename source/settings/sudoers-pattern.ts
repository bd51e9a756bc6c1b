import type { Command } from '../files/sudoers.ts';

type Part = { readonly kind: 'any' } | { readonly kind: 'one'; readonly fits: (char: string) => boolean };

const one = (fits: (char: string) => boolean): Part => ({ kind: 'one', fits });

/** A set of characters (`[a-z]`, `[!0-9]`) that begins at `at`; undefined where it is never closed, and `[` is only itself. */
function set(pattern: string, at: number): { readonly part: Part; readonly end: number } | undefined {
  const negated = /[!^]/.test(pattern[at + 1] ?? '');
  const from = at + (negated ? 2 : 1);
  const end = pattern.indexOf(']', from + 1);
  if (end === -1) return undefined;
  const inner = pattern.slice(from, end);
  const fits = (char: string): boolean => {
    for (let i = 0; i < inner.length; i++) {
      if (inner[i + 1] === '-' && i + 2 < inner.length) {
        if (char >= inner[i]! && char <= inner[i + 2]!) return true;
        i += 2;
      } else if (inner[i] === char) return true;
    }
    return false;
  };
  return { part: one((char) => fits(char) !== negated), end: end + 1 };
}

/** A shell pattern as fnmatch reads it: `*` any stretch, blanks too; `?` and `[…]` one character; `\` takes the next as it is. */
function parts(pattern: string): readonly Part[] {
  const found: Part[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    const group = char === '[' ? set(pattern, i) : undefined;
    if (char === '*') found.push({ kind: 'any' });
    else if (char === '?') found.push(one(() => true));
    else if (group) {
      found.push(group.part);
      i = group.end - 1;
    } else {
      const plain = char === '\\' && i + 1 < pattern.length ? pattern[++i]! : char;
      found.push(one((c) => c === plain));
    }
  }
  return found;
}

/** Does the text match the whole pattern? Goes back to the last star only, so that no pattern keeps it busy. */
export function matches(pattern: string, text: string): boolean {
  const wanted = parts(pattern);
  let [p, t, star, from] = [0, 0, -1, 0];
  while (t < text.length) {
    const part = wanted[p];
    if (part?.kind === 'any') [star, from, p] = [p, t, p + 1];
    else if (part?.kind === 'one' && part.fits(text[t]!)) [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, from, t] = [star + 1, from + 1, from + 1];
    else return false;
  }
  while (wanted[p]?.kind === 'any') p++;
  return p === wanted.length;
}

export const hasStar = (pattern: string): boolean => parts(pattern).some((p) => p.kind === 'any');

/** `.*`, `.+`, `[^,]*`: a stretch of a regular expression that takes blanks, and so more arguments, with it. */
const OPEN_ENDED = /(?<!\\)(?:\\\\)*(?:\.|\[\^(?![^\]]*(?: |\[:space:\]|\[:blank:\]))[^\]]+\])(?:[*+]|\{\d*,\d*\})/;

/** Nobody writes longer ones; a hostile one must not keep us busy. */
const LONGEST = 2000;

export type Loose = 'arguments' | 'program' | 'expression';

/** Where a command leaves open what is run. `sudoedit`'s star stays within one name of a path, so it is not meant here. */
export function looseIn(command: Command): Loose | undefined {
  if (command.kind !== 'path') return undefined;
  if (command.regex) return [command.program, ...command.args].some((w) => /^\^/.test(w.source) && OPEN_ENDED.test(w.source.slice(0, LONGEST))) ? 'expression' : undefined;
  if (hasStar(command.program.pattern)) return 'program';
  return command.args.some((a) => hasStar(a.pattern)) ? 'arguments' : undefined;
}
