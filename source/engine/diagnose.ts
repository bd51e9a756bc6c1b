import { SEVERITIES, type Finding } from '../model/finding.ts';
import type { Blind, Machine } from '../model/machine.ts';
import type { Risk } from '../model/risk.ts';
import { same, text } from '../model/text.ts';
import { TOLD_FIRST } from '../risks/order.ts';

const CONFIDENCES = ['seen', 'declared', 'guess'] as const;

export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** A risk that throws is named and skipped; the rest go on. */
  readonly blind: readonly Blind[];
}

const rank = (risk: string): number => {
  const at = TOLD_FIRST.indexOf(risk);
  return at < 0 ? TOLD_FIRST.length : at;
};

const worstFirst = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  // What is likely meant to be so comes behind what is not.
  Number(a.onlyNamed ?? false) - Number(b.onlyNamed ?? false) ||
  CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) ||
  rank(a.risk) - rank(b.risk) ||
  a.risk.localeCompare(b.risk) ||
  a.id.localeCompare(b.id);

/** Services tied to their Dockerfile by a likeness alone make a finding a guess: never counted, never done unattended. */
function unsure(machine: Machine, finding: Finding): Finding {
  const services = machine.services.filter((s) => finding.subjects.some((o) => o.kind === 'service' && o.name === s.name) && s.containers.length > 0);
  return services.length > 0 && services.every((s) => s.tie === 'history') ? { ...finding, confidence: 'guess' } : finding;
}

/** Asks every risk about the machine. Order does not matter; the worst comes first. */
export function diagnose(machine: Machine, risks: readonly Risk[]): Diagnosis {
  const findings: Finding[] = [];
  const blind: Blind[] = [];
  for (const risk of risks) {
    try {
      findings.push(...risk.detect(machine).map((f) => unsure(machine, f)));
    } catch (error) {
      blind.push({ what: risk.id, why: same(String(error)), remedy: text('this is a mistake of ours: please report it', '这是我们的错误，请报告给我们') });
    }
  }
  return { findings: findings.sort(worstFirst), blind };
}
