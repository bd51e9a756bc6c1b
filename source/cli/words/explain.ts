import { markdownText } from '../../report/markdown-text.ts';
import { paintFor } from '../deliver.ts';
import { columnsOf, type Io } from '../io.ts';
import { riskNamed } from '../known.ts';
import type { Args } from '../parse.ts';

/** The README of a risk, from inside the package: no Docker, no network, no file is read. */
export async function run(args: Args, io: Io): Promise<number> {
  const risk = riskNamed(await io.doors.risks(), args.rest ?? '');
  io.stdout.write(markdownText(risk.readme[args.lang], paintFor(io.stdout, args, io.env), columnsOf(io.stdout)));
  return 0;
}
