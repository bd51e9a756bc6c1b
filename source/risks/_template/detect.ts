import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';

export const ID = 'template-risk';

/**
 * A pure function of the machine: no disk, no Docker, no screen. Ask settings/ for the effective value and who decides
 * it, judge it, and say it once for one cause: what shares the deciding line are subjects of one finding.
 *
 * The finding's id is findingId(ID, deciding file, symbol in it), the same wherever the line moves. `detail` is plain
 * data for the fixes, so that they need not look again.
 *
 * seen: a running thing shows it · declared: a file that decides says so · guess: a variable stood in the way.
 */
export function detect(_machine: Machine): readonly Finding[] {
  return [];
}
