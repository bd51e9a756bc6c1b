import { ignoreFaults } from '../engine/suppress.ts';
import type { Session } from '../engine/session.ts';
import { mainFindings } from './screens/findings/state.ts';
import type { Wizard } from './wizard.ts';

/** Before anything was applied the findings, as `scan --format markdown` says them; afterwards what the run came to. */
export async function reportOf(wizard: Wizard, session: Session): Promise<string | undefined> {
  const { lang } = wizard.given;
  const { machine, findings } = wizard.looking;
  const { applied } = wizard;
  if (applied?.result) {
    const { result, plan } = applied;
    const left = mainFindings(findings).filter((finding) => result.ending !== 'applied' || !result.verdicts.some((one) => one.finding === finding.id));
    return (await import('../report/run-markdown.ts')).runMarkdown(plan, result, left, lang);
  }
  if (!machine) return undefined;
  const offers = new Map(await Promise.all(findings.map(async (finding) => [finding.id, await session.offers(machine, finding)] as const)));
  return (await import('../report/markdown.ts')).scanMarkdown({ machine, findings, offers, blind: [...machine.blind, ...ignoreFaults(machine)] }, lang);
}
