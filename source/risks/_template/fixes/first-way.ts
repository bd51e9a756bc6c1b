import type { Finding } from '../../../model/finding.ts';
import type { Machine } from '../../../model/machine.ts';
import { refuse, type Fix, type Proposal, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';

/**
 * What this way wants done here, as plain values; the planner joins it with the others. `finding.detail` has what
 * detect saw. Where it does not apply, the reason stands beside it on the screen.
 */
function propose(_finding: Finding, _machine: Machine): Proposal | Refusal {
  return refuse(text('this way is not written yet', '这个办法还没有写好'));
  // return { changes: [...], rebuild: ['web'], replace: [], proofs: [{ kind: ..., service: 'web' }] };
}

export const firstWay: Fix = {
  id: 'first-way',
  // `safe` is earned: it cannot change what a running process can do, or it held on the whole corpus.
  safety: 'review',
  proven: false,
  propose,
};
