import type { Fix, Proposal, Refusal } from '../../../model/risk.ts';
import { isRefusal, refuse } from '../../../model/risk.ts';
import type { Change } from '../../../model/change.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Machine } from '../../../model/machine.ts';
import { text } from '../../../model/text.ts';
import { setComposeUser } from '../../../settings/compose-user.ts';
import { distributionOf } from '../../../settings/distribution.ts';
import { blockEdit, type Block } from '../../../settings/user-block.ts';
import { handOverVolumes } from '../volume.ts';
import { handsOver, nothingToWrite, olderThanItsFiles, proposal, withImage, type InImage } from '../along.ts';

/** The block at the end of the stage and its USER; a compose `user:` overrules USER, so it has to say the same. */
export function userInImage(machine: Machine, setting: InImage, how: Pick<Block, 'named' | 'byGroup'>, hasName = how.named): Proposal | Refusal {
  const { image, user, places, services } = setting;
  const stuck = handsOver(machine, setting);
  if (stuck) return stuck;
  const files: Change[] = [blockEdit(image, { ...how, user, folders: places.folders, files: places.files, more: places, home: places.home, setUser: true })];
  const overruled = setComposeUser(machine, services, user, { onlyIfThere: true });
  if (overruled && isRefusal(overruled)) return overruled;
  if (overruled) files.push(...overruled);
  return proposal(machine, setting, files, { rebuild: true, named: hasName, ...(how.byGroup ? { handed: 'group' as const } : {}) });
}

/** USER in the Dockerfile: with an account of that number, or the number alone. */
function inImage(finding: Finding, machine: Machine, named: boolean): Proposal | Refusal {
  const setting = withImage(finding, machine);
  if (isRefusal(setting)) return setting;
  if (setting.volumesOnly && !named) return handOverVolumes(machine, setting);
  const there = setting.user.placesOf?.name;
  if (there !== undefined) return refuse(text(`what it writes is the account ${there}'s, which the image has already: take that one`, `它写入的地方归账号 ${there} 所有，镜像里已经有这个账号：用它即可`));
  if (named) {
    const right = nothingToWrite(machine, setting);
    if (right) return right;
    if (distributionOf(setting.image) === 'bare') return refuse(text('this base has no shell and no tools to make a user with', '这个基础镜像没有 shell，也没有创建用户的工具'));
  } else if (olderThanItsFiles(machine, setting.services)) return proposal(machine, setting, [], { rebuild: true, named: true });
  const made = userInImage(machine, setting, { named });
  if (isRefusal(made)) return made;
  // Its price are the tools to make a user with: a Debian base has them.
  if (named) return distributionOf(setting.image) === 'debian' ? { ...made, free: true } : made;
  const { uid } = setting.user;
  return { ...made, price: setting.places.home ? text(`${uid} without an entry: name look-ups fail`, `${uid} 没有账号：查不到用户名`) : text(`${uid} without an entry: HOME is /, name look-ups fail`, `${uid} 没有账号：HOME 是 /，查不到用户名`) };
}

export const numericUser: Fix = { id: 'numeric-user', safety: 'review', proven: true, propose: (f, m) => inImage(f, m, false) };
export const namedUser: Fix = { id: 'named-user', safety: 'review', proven: true, propose: (f, m) => inImage(f, m, true) };
