import { ignoreFaults } from '../engine/suppress.ts';
import type { Session } from '../engine/session.ts';
import { savedPlan } from '../engine/saved-plan.ts';
import { verdictsOf } from '../report/came-to.ts';
import { mainFindings, ownFindings } from './screens/findings/state.ts';
import type { Page } from './pages.ts';
import type { Wizard } from './wizard.ts';

/** Before anything was applied the findings, as `scan --format markdown` says them; afterwards what the run came to. */
async function reportOf(wizard: Wizard, session: Session): Promise<string | undefined> {
  const { lang } = wizard.given;
  const { machine } = wizard.looking;
  const findings = ownFindings(wizard.looking.findings);
  const { applied } = wizard;
  if (applied?.result) {
    const { result, plan } = applied;
    const left = mainFindings(findings).filter((finding) => result.ending !== 'applied' || !verdictsOf(result).some((one) => one.finding === finding.id));
    return (await import('../report/run-markdown.ts')).runMarkdown(plan, result, left, lang);
  }
  if (!machine) return undefined;
  const offers = new Map(await Promise.all(findings.map(async (finding) => [finding.id, await session.offers(machine, finding)] as const)));
  return (await import('../report/markdown.ts')).scanMarkdown({ machine, findings, offers, blind: [...machine.blind, ...ignoreFaults(machine)] }, lang);
}

/** The plan as `fix --save-plan` writes it: ids and hashes, from which `apply` plans anew. */
async function planOf({ draft, looking: { machine } }: Wizard): Promise<string | undefined> {
  return draft?.plan && machine ? (await import('../report/json.ts')).jsonText(savedPlan(draft.plan, machine)) : undefined;
}

/** What `w` writes; undefined where there is nothing to write yet. */
export const pageOf = (page: Page, wizard: Wizard, session: Session): Promise<string | undefined> => (page === 'plan' ? planOf(wizard) : reportOf(wizard, session));
