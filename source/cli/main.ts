import { version } from '../../package.json';
import type { Lang } from '../model/text.ts';
import { complain } from './complain.ts';
import { columnsOf, type Io } from './io.ts';
import { langOf } from './locale.ts';
import { parse } from './parse.ts';
import { suggester } from './suggest.ts';
import { TABLE } from './table.ts';

/** One call of harden-tui: words and flags to a verb; every way out of it is an exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // Also for the sentence that says what is wrong with the flags.
  let lang: Lang = langOf(io.env);
  let verbose = argv.includes('--verbose');
  const program = io.program ?? 'harden-tui';
  let suggest = suggester(program);
  try {
    const args = parse(argv, io.env);
    suggest = suggester(program, args);
    lang = args.lang;
    verbose = args.flags.verbose ?? false;
    if (args.flags.version) {
      io.stdout.write(`${version}\n`);
      return 0;
    }
    if (args.flags.help) {
      const { help } = await import('./help.ts');
      io.stdout.write(help(args.word, lang, columnsOf(io.stdout)));
      return 0;
    }
    const { run } = await TABLE[args.word].load();
    return await run(args, { ...io, suggest });
  } catch (error) {
    return complain(error, { ...io, suggest }, lang, verbose);
  }
}
