import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Choice } from '../model/plan.ts';
import { isRefusal, type Proposal, type Risk } from '../model/risk.ts';
import { proposed } from './copies.ts';
import type { Taken } from './taken.ts';

const servicesOf = (finding: Finding): readonly string[] => finding.subjects.flatMap((s) => (s.kind === 'service' ? [s.name] : []));

/** All of this finding goes with that way. */
const ends = ({ settles = [] }: Proposal, finding: Finding): boolean =>
  settles.length > 0 && servicesOf(finding).every((name) => settles.some((s) => s.risk === finding.risk && s.service === name));

/** Its way ends the finding of another choice as well: it is looked at first. */
export function endsAnother(choice: Choice, machine: Machine, risks: readonly Risk[], findings: readonly Finding[], choices: readonly Choice[]): boolean {
  const finding = findings.find((f) => f.id === choice.finding);
  const fix = risks.find((r) => r.id === choice.risk)?.fixes.find((f) => f.id === choice.fix);
  const proposal = finding && fix && proposed(fix, finding, machine);
  if (!proposal || isRefusal(proposal) || !proposal.settles) return false;
  return findings.some((f) => choices.some((c) => c.finding === f.id) && ends(proposal, f));
}

/** Where a way that was taken ends this finding as well, nothing of its own is left to change: its proofs are still owed, and it hangs on the other. */
export function settled(proposal: Proposal, finding: Finding, taken: readonly Taken[]): Proposal {
  const by = taken.find((t) => ends(t.proposal, finding));
  if (!by) return proposal;
  const { rebuild, replace, settles = [] } = by.proposal;
  const needs = settles.filter((s) => s.risk === finding.risk && servicesOf(finding).includes(s.service)).map(({ service, because }) => ({ risk: by.choice.risk, service, because }));
  return { changes: [], rebuild, replace, proofs: proposal.proofs, needs };
}
