import { historyText } from '../../report/runs-text.ts';
import { paintFor } from '../deliver.ts';
import { columnsOf, type Io } from '../io.ts';
import { openSession } from '../look.ts';
import type { Args } from '../parse.ts';

export async function run(args: Args, io: Io): Promise<number> {
  const session = await openSession(args, io, io.cwd);
  io.stdout.write(historyText(await session.history(), { lang: args.lang, paint: paintFor(io.stdout, args, io.env), columns: columnsOf(io.stdout) }));
  return 0;
}
