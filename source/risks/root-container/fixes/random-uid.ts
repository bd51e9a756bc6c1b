import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { distributionOf } from '../../../settings/distribution.ts';
import { meetsInGroup, nothingToWrite, withImage } from '../along.ts';
import { userInImage } from './in-image.ts';

/** What the app writes belongs to group 0 and is the group's to write: any number works, as long as the group is 0. */
export const randomUid: Fix = {
  id: 'random-uid',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const setting = withImage(finding, machine);
    if (isRefusal(setting)) return setting;
    const right = nothingToWrite(machine, setting);
    if (right) return right;
    const peer = meetsInGroup(setting);
    if (peer) return peer;
    if (distributionOf(setting.image) === 'bare' && setting.places.folders.length > 0) return refuse(text('this base has no tools to open folders to a group with', '这个基础镜像没有向组开放目录的工具'));
    const { uid, ownerOf } = setting.user;
    return userInImage(machine, { ...setting, user: { uid, gid: 0, ...(ownerOf === undefined ? {} : { ownerOf }) } }, { named: false, byGroup: true });
  },
};
