import { basename, resolve } from 'node:path';
import { quote } from '../files/shellwords.ts';
import { FLAGS, WORDS, type FlagName, type Word } from './flags.ts';
import type { Args } from './parse.ts';

/** Rewrites the commands in a sentence (`harden-tui fix --yes`) so that they can be pasted where this one was called. */
export type Suggest = (sentence: string) => string;

/** Of this call alone: how its result was to look, and what was or was not to be done. */
const NOT_REPEATED: ReadonlySet<FlagName> = new Set(['format', 'output', 'help', 'version', 'dry-run', 'yes', 'verbose', 'no-color', 'ascii', 'all', 'fail-on', 'forget', 'clean', 'finish', 'save-plan', 'step']);

/** How harden-tui was started, as one types it: there is no `harden-tui` on the PATH of a clone, nor behind npx. */
export function programOf(script: string | undefined, env: NodeJS.ProcessEnv, cwd: string): string {
  if (env['npm_lifecycle_event'] === 'start' && env['npm_package_name'] === 'harden-tui') return 'npm start --';
  const name = basename(script ?? '');
  if (name === 'harden-tui') return /[\\/]node_modules[\\/]\.bin[\\/]/.test(script ?? '') ? 'npx harden-tui' : 'harden-tui';
  if (name !== 'harden-tui.js' || script === undefined) return 'harden-tui';
  // Whole: much of what is suggested is for later, when one stands in another folder.
  return `node ${quote([resolve(cwd, script)])}`;
}

const takes = (word: Word, flag: FlagName): boolean => (FLAGS[flag].words as readonly Word[]).includes(word);

/** What goes along to another word: the same PATH, and every flag that it takes, too, but those that the command names itself. */
function along(word: Word, { word: own, rest, flags }: Args, said: string): readonly string[] {
  const paths: readonly Word[] = ['wizard', 'scan', 'fix'];
  const path = rest !== undefined && paths.includes(own) && paths.includes(word) ? [rest] : [];
  return [...path, ...(Object.keys(flags) as FlagName[]).filter((f) => f in FLAGS && !NOT_REPEATED.has(f) && takes(word, f) && !new RegExp(`--${f}(?![\\w-])`).test(said)).flatMap((flag): readonly string[] => {
    const value: boolean | string | readonly string[] | undefined = flags[flag];
    if (value === undefined || value === false) return [];
    return value === true ? [`--${flag}`] : [value].flat().flatMap((v) => [`--${flag}`, v]);
  })];
}

/** Without `args` nothing is repeated: the call itself was wrong. */
export function suggester(program: string, args?: Args): Suggest {
  // A folder behind it, absolute or quoted, is another project's: no flag of this one goes along.
  const called = new RegExp(`\\bharden-tui ((?:${WORDS.filter((w) => w !== 'wizard').join('|')})\\b|--help\\b|PATH\\b|(?=['/]))`, 'g');
  return (sentence) => sentence.replace(called, (_, word: string, at: number) => {
    const more = args && (WORDS as readonly string[]).includes(word) ? along(word as Word, args, sentence.slice(at + 'harden-tui'.length).split(/\n|harden-tui /)[0] ?? '') : [];
    return word === '' ? `${program} ` : [program, word, ...(more.length > 0 ? [quote(more)] : [])].join(' ');
  });
}
