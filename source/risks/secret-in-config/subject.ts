import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import type { Proposal } from '../../model/risk.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { secretsIn, type SecretSeen } from '../../settings/secrets.ts';
import { aspectOf, type Detail } from './detect.ts';

/** The secrets that a finding is about, as the files have them now. */
export const secretsOf = (finding: Finding, machine: Machine): readonly SecretSeen[] => secretsIn(machine).filter((s) => aspectOf(s) === (finding.detail as Detail).group);

export const servicesOf = (finding: Finding, machine: Machine): readonly Service[] => machine.services.filter((s) => (finding.detail as Detail).services.includes(s.name));

/** What no way out can do: the past keeps its copy. */
export const ROTATE: NonNullable<Proposal['along']>[number] = { label: text('change it', '换掉它'), text: text('git and old images keep the old value: give out a new one', 'git 历史和旧镜像里还有旧值：请换一个新的') };
