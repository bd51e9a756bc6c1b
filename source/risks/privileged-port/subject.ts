import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';

export const serviceOf = (finding: Finding, machine: Machine): Service | undefined => machine.services.find((s) => s.name === finding.detail['service']);
export const portOf = (finding: Finding): number => Number(finding.detail['port']);
