import type { EditFile } from '../../../model/change.ts';
import type { Machine } from '../../../model/machine.ts';
import { beside, isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import { list, text } from '../../../model/text.ts';
import { accounts, type Account } from '../../../settings/accounts.ts';
import { editOf } from '../../../settings/edit.ts';
import { othersWriting, type RunAs } from '../../../settings/run-as.ts';
import { meetsInGroup, nothingToWrite, withImage, type InImage } from '../along.ts';
import { userInImage } from './in-image.ts';

interface Chosen {
  readonly account: Account;
  readonly user: RunAs;
}

/** The one account that the image has for this, with the numbers it has or gets; or why it can't be taken. */
export function existingAccount(machine: Machine, { image, user, services }: InImage): Chosen | Refusal {
  // Who owns what it writes was seen; that decides, whoever else the files make.
  if (user.placesOf?.name !== undefined) return { account: { name: user.placesOf.name, uid: user.uid, gid: user.gid, from: 'base' }, user };
  const all = accounts(image);
  const [account] = all;
  if (!account) return beside(text('this image has no account of its own, as far as its files tell', '从文件来看，这个镜像里没有现成的账号'));
  if (all.length > 1) {
    const names = list(all.map((a) => a.name));
    return refuse(text(`there are ${names.en}: which one the app is meant to be is not written`, `有 ${names['zh-CN']} 几个账号，没有写明应用该用哪一个`));
  }
  const { name, uid = user.uid, gid = account.uid === undefined ? account.gid ?? user.uid : account.gid } = account;
  if ((account.uid === undefined && account.pin === undefined) || gid === undefined) {
    return refuse(text(`the build chooses the number of ${name} or of its group: write it there, with -u and a group of its own`, `${name} 或它的组的数字由构建时决定：请在那里用 -u 和单独的组写明`));
  }
  if (user.ownerOf !== undefined && user.uid !== uid) {
    return refuse(text(`your folder belongs to ${user.uid}; ${account.uid === undefined ? name : `${name} is ${uid} and`} could not write there`, `你的目录属于 ${user.uid}，${name} 无法写入`));
  }
  const [other] = othersWriting(machine, services);
  if (other) return refuse(text(`${other.name} comes from another image and writes to the same place: both need one number`, `${other.name} 来自另一个镜像，却写入同一个地方：两者需要同一个数字`));
  return { account, user: { uid, gid, ...(user.ownerOf === undefined ? {} : { ownerOf: user.ownerOf }) } };
}

/** USER with the number of an account that is there already; `useradd` is told the number where it would choose one. */
export const existingUser: Fix = {
  id: 'existing-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const setting = withImage(finding, machine);
    if (isRefusal(setting)) return setting;
    const right = nothingToWrite(machine, setting);
    if (right) return right;
    const peer = meetsInGroup(setting);
    if (peer) return peer;
    const chosen = existingAccount(machine, setting);
    if (isRefusal(chosen)) return chosen;
    const { account, user } = chosen;
    const made = userInImage(machine, { ...setting, user }, { named: false }, true);
    if (isRefusal(made) || account.pin === undefined) return made;
    const { file } = setting.image;
    const pinned = { start: account.pin, end: account.pin, text: ` -u ${user.uid}` };
    return { ...made, changes: made.changes.map((c) => (c.kind === 'edit-file' && c.path === file.path ? withEdit(c, pinned, setting) : c)) };
  },
};

const withEdit = (edit: EditFile, more: EditFile['edits'][number], { image }: InImage): EditFile => editOf(image.file, [...edit.edits, more]);
