import { version } from '../../package.json';
import type { Lang } from '../model/text.ts';
import { oneLine } from '../report/plain.ts';
import { complain } from './complain.ts';
import { columnsOf, type Io } from './io.ts';
import { langOf } from './locale.ts';
import { parse } from './parse.ts';
import { preferences } from './preferences.ts';
import { suggester } from './suggest.ts';
import { TABLE } from './table.ts';

async function scenarios(lang: Lang, io: Io): Promise<readonly (readonly [string, string])[]> {
  const { listScenarios } = await io.doors.demo();
  return (await listScenarios({ files: await io.doors.files() }, lang)).map(({ name, title }) => [name, title]);
}

/** One call of harden-tui: words and flags to a verb; every way out of it is an exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // Also for the sentence that says what is wrong with the flags.
  const { own, faults } = await preferences(io);
  let lang: Lang = own.lang ?? langOf(io.env);
  let verbose = argv.includes('--verbose');
  const program = io.program ?? 'harden-tui';
  let suggest = suggester(program);
  try {
    const parsed = parse(argv, io.env);
    const args = parsed.flags.lang === undefined ? { ...parsed, lang } : parsed;
    suggest = suggester(program, args);
    lang = args.lang;
    verbose = args.flags.verbose ?? false;
    if (args.flags.version) {
      io.stdout.write(`${version}\n`);
      return 0;
    }
    if (args.flags.help) {
      const { help } = await import('./help.ts');
      io.stdout.write(help(args.word, lang, columnsOf(io.stdout), args.word === 'demo' ? await scenarios(lang, io) : []));
      return 0;
    }
    for (const fault of faults) io.stderr.write(`${oneLine(fault[lang])}\n`);
    const { run } = await TABLE[args.word].load();
    // As if NO_COLOR stood in the environment, for everything that goes by it.
    const env = own.colour === false && io.env['FORCE_COLOR'] === undefined ? { ...io.env, NO_COLOR: io.env['NO_COLOR'] || '1' } : io.env;
    return await run(args, { ...io, env, suggest, own });
  } catch (error) {
    return complain(error, { ...io, suggest }, lang, verbose);
  }
}
