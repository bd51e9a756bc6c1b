import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Proof, Verdict } from '../model/proof.ts';
import { text } from '../model/text.ts';
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

/** The proof says both answers: the one before, and the one now. */
export const withBefore = (verdicts: readonly Verdict[], shut: ReadonlySet<string>): readonly Verdict[] => verdicts.map((v) => (shut.has(v.finding) && v.outcome === 'gone'
  ? { ...v, proof: text(v.proof.en.replaceAll('writes: yes', 'writes: no before, yes now'), v.proof['zh-CN'].replaceAll('写入：可以', '写入：之前不可以，现在可以')) }
  : v));
