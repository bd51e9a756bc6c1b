import type { Fix, Proposal, Refusal } from '../../../model/risk.ts';
import { isRefusal, refuse } from '../../../model/risk.ts';
import type { Change } from '../../../model/change.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Machine } from '../../../model/machine.ts';
import { text } from '../../../model/text.ts';
import { setComposeUser } from '../../../settings/compose-user.ts';
import { blockEdit, distributionOf } from '../../../settings/user-block.ts';
import { handsOver, NOTHING_TO_WRITE, olderThanItsFiles, proposal, withImage } from '../along.ts';

/** USER in the Dockerfile: with an account of that number, or the number alone. */
export function inImage(finding: Finding, machine: Machine, named: boolean): Proposal | Refusal {
  const setting = withImage(finding, machine);
  if (isRefusal(setting)) return setting;
  const { image, user, places, services } = setting;
  if (olderThanItsFiles(machine, services)) return named ? refuse(NOTHING_TO_WRITE) : proposal(machine, setting, [], { rebuild: true, named: true });
  if (named && distributionOf(image) === 'bare') return refuse(text('this base has no shell and no tools to make a user with', '这个基础镜像没有 shell，也没有创建用户的工具'));
  const stuck = handsOver(setting);
  if (stuck) return stuck;
  const files: Change[] = [blockEdit(image, { named, user, folders: places.folders, files: places.files, home: places.home, setUser: true })];
  // A compose `user:` overrules USER: it has to say the same.
  for (const service of services) {
    const overruled = setComposeUser(machine, service, user, { onlyIfThere: true });
    if (overruled && isRefusal(overruled)) return overruled;
    if (overruled) files.push(overruled);
  }
  return proposal(machine, setting, files, { rebuild: true, named });
}

export const numericUser: Fix = { id: 'numeric-user', safety: 'review', proven: true, propose: (f, m) => inImage(f, m, false) };
export const namedUser: Fix = { id: 'named-user', safety: 'review', proven: true, propose: (f, m) => inImage(f, m, true) };
