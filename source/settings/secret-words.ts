import { isSecretName, loginIn } from './secret-names.ts';

/** A password among the words of a command line: which word says it, and what it says. */
export interface SpokenSecret {
  /** The flag, the variable or the address that it belongs to; never the value. */
  readonly name: string;
  readonly value: string;
  /** Which of the words holds it. */
  readonly word: number;
}

/** Programs with short flags for a password, each by its own manual. */
const SHORT: readonly [RegExp, readonly string[]][] = [
  [/^(?:redis|valkey|keydb)-cli$/, ['-a', '--pass']],
  [/^supervisorctl$/, ['-p', '--password']],
];
/** mysql and its kin take it without a blank: `-psecret`. */
const GLUED = /^(?:mysql|mariadb)(?:admin|dump|check|-admin|-dump|-check)?$/;
/** `user:password` behind it: flower's, curl's. */
const PAIR = /^--?(?:basic[-_]auth|http[-_]basic[-_]auth)$/;

const FLAG = /^(--?[A-Za-z][\w-]*)(?:=([^]+))?$/;
const base = (word: string): string => word.split('/').at(-1) ?? '';

const isSecretFlag = (flag: string): boolean => /^--(?:masterauth|pass)$/.test(flag) || isSecretName(flag.replace(/^--?/, ''));

function inWord(words: readonly string[], i: number, program: string): Omit<SpokenSecret, 'word'> | undefined {
  const word = words[i] ?? '';
  const before = words[i - 1] ?? '';
  const login = loginIn(word);
  if (login) return { name: FLAG.exec(word)?.[1] ?? /^(\w+)=/.exec(word)?.[1] ?? (FLAG.test(before) ? before : login.address), value: login.password };
  const [, variable, given] = /^([A-Za-z_]\w*)=([^]+)$/.exec(word) ?? [];
  if (variable !== undefined && given !== undefined) return isSecretName(variable) ? { name: variable, value: given } : undefined;
  const [, flag, glued] = FLAG.exec(word) ?? [];
  if (flag !== undefined && glued !== undefined) {
    if (PAIR.test(flag)) return { name: flag, value: glued.slice(glued.indexOf(':') + 1) };
    return isSecretFlag(flag) ? { name: flag, value: glued } : undefined;
  }
  if (GLUED.test(program) && /^-p./.test(word)) return { name: '-p', value: word.slice(2) };
  if (word.startsWith('-')) return undefined;
  if (PAIR.test(before) || (program === 'curl' && /^(?:-u|--user)$/.test(before))) return word.includes(':') ? { name: before, value: word.slice(word.indexOf(':') + 1) } : undefined;
  if (SHORT.some(([of, flags]) => of.test(program) && flags.includes(before)) || (before.startsWith('--') && !before.includes('=') && isSecretFlag(before))) return { name: before, value: word };
  return undefined;
}

const PROGRAM = /^(?:(?:redis|valkey|keydb)-cli|supervisorctl|curl|(?:mysql|mariadb)[\w-]*)$/;

/** Every password that the words of a command line say in clear text, whatever it is worth. */
export function spokenIn(words: readonly string[]): readonly SpokenSecret[] {
  let program = '';
  return words.flatMap((word, i) => {
    if (PROGRAM.test(base(word))) program = base(word);
    const found = inWord(words, i, program);
    return found && found.value !== '' ? [{ ...found, word: i }] : [];
  });
}
