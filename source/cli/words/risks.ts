import { risksJson, risksTable } from '../../report/risks.ts';
import { BY_HAND, SEVERITY } from '../../report/terms.ts';
import { deliver, paintFor } from '../deliver.ts';
import { columnsOf, type Io } from '../io.ts';
import type { Args } from '../parse.ts';

export async function run(args: Args, io: Io): Promise<number> {
  const { lang, flags } = args;
  const risks = await io.doors.risks();
  const page = flags.format === 'json'
    ? risksJson(risks, lang)
    : risksTable(risks, lang, (r) => SEVERITY[r.severity][lang], BY_HAND[lang], flags.output === undefined ? paintFor(io.stdout, args, io.env) : (_, words) => words, columnsOf(io.stdout));
  await deliver(page, args, io);
  return 0;
}
