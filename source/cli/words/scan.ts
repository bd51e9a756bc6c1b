import { SEVERITIES, type Finding, type Severity } from '../../model/finding.ts';
import { pretty } from '../../report/pretty.ts';
import type { Scanned } from '../../report/json.ts';
import { deliver, paintFor } from '../deliver.ts';
import { sayWhatHangs } from '../hangs.ts';
import { columnsOf, looksHere, type Io } from '../io.ts';
import { look } from '../look.ts';
import type { Args } from '../parse.ts';

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** Ignored findings and guesses never decide the exit code. */
export function fails(findings: readonly Finding[], failOn: string): boolean {
  return failOn !== 'none' && findings.some((f) => !f.suppressed && f.confidence !== 'guess' && rank(f.severity) <= rank(failOn as Severity));
}

async function page(scanned: Scanned, args: Args, io: Io): Promise<string> {
  const { lang, flags } = args;
  const from = flags.severity as Severity | undefined;
  // A form for programs holds everything, unless it was asked for less.
  const findings = from === undefined ? scanned.findings : scanned.findings.filter((f) => rank(f.severity) <= rank(from));
  switch (flags.format) {
    case 'json': return (await import('../../report/json.ts')).scanJson({ ...scanned, findings }, lang);
    case 'markdown': return (await import('../../report/markdown.ts')).scanMarkdown({ ...scanned, findings }, lang);
    case 'sarif': return (await import('../../report/sarif.ts')).scanSarif({ ...scanned, findings }, await io.doors.risks(), lang);
    default: return pretty(scanned, {
      lang, paint: flags.output === undefined ? paintFor(io.stdout, args, io.env) : (_, words) => words, columns: columnsOf(io.stdout),
      from: from ?? 'medium', ...looksHere(io), ignored: flags.verbose ?? false, all: flags.all ?? false,
    });
  }
}

export async function run(args: Args, io: Io): Promise<number> {
  const { session, machine, findings, blind } = await look(args, io);
  sayWhatHangs(findings, args, io);
  const offers = new Map(await Promise.all(findings.map(async (f) => [f.id, await session.offers(machine, f)] as const)));
  await deliver(await page({ machine, findings, offers, blind }, args, io), args, io);
  return fails(findings, args.flags['fail-on'] ?? 'high') ? 1 : 0;
}
