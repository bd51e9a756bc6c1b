import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, type Fix, type Proposal, type Risk } from '../model/risk.ts';
import type { Text } from '../model/text.ts';
import { proposed } from './copies.ts';

export interface Way {
  readonly fix: Fix;
  readonly proposal?: Proposal;
  readonly refused?: Text;
  readonly beside?: true;
  readonly recommended: boolean;
  readonly because?: Text;
}

/** Every way out of a finding, tried on paper: what it would change, or why it can't here. One is recommended. */
export function ways(finding: Finding, risk: Risk, machine: Machine): readonly Way[] {
  const tried = risk.fixes.map((fix) => {
    const answer = proposed(fix, finding, machine);
    return isRefusal(answer) ? { fix, refused: answer.refused, ...(answer.beside ? { beside: answer.beside } : {}) } : { fix, proposal: answer };
  });
  const possible = tried.filter((w) => w.proposal && w.fix.safety !== 'by-hand');
  const wish = risk.recommend?.(finding, machine);
  const best = possible.find((w) => w.fix.id === wish?.fix) ?? possible[0];
  return tried.map((w) => ({ ...w, recommended: w === best, ...(w === best && wish?.fix === w.fix.id ? { because: wish.because } : {}) }));
}
