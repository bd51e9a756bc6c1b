import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Outcome, Proof, Verdict } from '../model/proof.ts';
import type { Risk } from '../model/risk.ts';
import { text, type Text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import { diagnose } from './diagnose.ts';
import { noRootPort } from './proofs/no-root-port.ts';
import { notRoot } from './proofs/not-root.ts';
import { serializers } from './proofs/serializers.ts';
import { socket } from './proofs/socket.ts';
import type { Witness, Witnessed } from './proofs/witness.ts';

const WITNESSES: { [K in Proof['kind']]: Witness<K> } = {
  'not-root': notRoot,
  'no-root-port': noRootPort,
  serializers,
  socket,
};

const see = (proof: Proof, machine: Machine, system: System): Promise<Witnessed> => (WITNESSES[proof.kind] as Witness<Proof['kind']>)(proof as never, machine, system);

const worst = (outcomes: readonly Outcome[]): Outcome => (outcomes.includes('left') ? 'left' : outcomes.includes('cannot-tell') || outcomes.length === 0 ? 'cannot-tell' : 'gone');

const joined = (parts: readonly Text[]): Text => text(parts.map((p) => p.en).join('; '), parts.map((p) => p['zh-CN']).join('；'));

/** True when the risk is found again, with certainty, at a service that the finding was about. */
const again = (finding: Finding, now: readonly Finding[]): boolean =>
  now.some((n) => n.risk === finding.risk && n.confidence !== 'guess' && n.subjects.some((s) => s.kind === 'service' && finding.subjects.some((o) => o.kind === 'service' && o.name === s.name)));

/**
 * gone / left / cannot tell for each chosen finding, on what runs now: the proofs its fix owes, and the diagnosis made
 * again. Both must agree before anything is called gone.
 */
export async function prove(plan: Plan, machine: Machine, risks: readonly Risk[], system: System): Promise<readonly Verdict[]> {
  const now = diagnose(machine, risks).findings;
  return Promise.all(
    plan.findings.map(async (finding): Promise<Verdict> => {
      const proofs = plan.owed.find((o) => o.finding === finding.id)?.proofs ?? [];
      const seen = await Promise.all(proofs.map((p) => see(p, machine, system)));
      const due = plan.owed.find((o) => o.finding === finding.id)?.due;
      const found = !due && again(finding, now);
      const outcome = found ? 'left' : worst(seen.map((s) => s.outcome));
      const proof = seen.length > 0 ? joined(seen.map((s) => s.text)) : text('no running process was seen', '没有看到正在运行的进程');
      const verdict = { finding: finding.id, risk: finding.risk, title: finding.title, outcome, proof };
      // The first of two runs held: the risk is left on purpose, and nothing is taken back for it.
      return due && outcome === 'gone' ? { ...verdict, outcome: 'left', proof: joined([proof, due]), due: true } : verdict;
    }),
  );
}
