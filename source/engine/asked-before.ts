import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Proof } from '../model/proof.ts';
import type { System } from '../system/system.ts';
import { writable } from './proofs/writable.ts';

type MayWrite = Extract<Proof, { kind: 'writable' }>;

const only = (proofs: readonly Proof[]): readonly MayWrite[] => (proofs.every((p) => p.kind === 'writable') ? proofs : []);

/** Findings whose proof is that something can be written, and could not before: asked in the same way, before the first step. */
export async function shutOut(plan: Plan, machine: Machine, system: System): Promise<ReadonlySet<string>> {
  const asked = await Promise.all(plan.owed.map(async ({ finding, proofs }) => {
    const then = await Promise.all(only(proofs).map((p) => writable(p, machine, system).catch(() => undefined)));
    return then.length > 0 && then.every((w) => w?.outcome === 'left') ? [finding] : [];
  }));
  return new Set(asked.flat());
}

/** The same plan, whose proofs know both answers: the one before, and the one that they will get. */
export const knowingBefore = (plan: Plan, shut: ReadonlySet<string>): Plan => ({
  ...plan,
  owed: plan.owed.map((o) => (shut.has(o.finding) ? { ...o, proofs: o.proofs.map((p) => (p.kind === 'writable' ? { ...p, before: 'no' as const } : p)) } : o)),
});
