import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import { isRefusal } from '../../model/risk.ts';
import { text, type Text } from '../../model/text.ts';
import { meetsInGroup, olderThanItsFiles, settingOf, whyNumber, type Setting } from './along.ts';
import { existingAccount } from './fixes/existing-user.ts';

/** An account that was made for this and forgotten, or that the base has for it. */
function meant(machine: Machine, { image, ...setting }: Setting): Text | undefined {
  if (meetsInGroup(setting)) return undefined;
  const chosen = image && existingAccount(machine, { ...setting, image });
  if (!chosen || isRefusal(chosen)) return undefined;
  const { name, from } = chosen.account;
  return from === 'base'
    ? text(`the base has the account ${name} for this`, `基础镜像为此准备了账号 ${name}`)
    : text(`the Dockerfile makes the account ${name} and never uses it`, `Dockerfile 建了账号 ${name}，却从来没用`);
}

/** The way out recommended here, and why here. */
export function recommend(finding: Finding, machine: Machine): { readonly fix: string; readonly because: Text } | undefined {
  const setting = settingOf(finding, machine);
  if (isRefusal(setting)) return undefined;
  if (setting.volumesOnly) return { fix: 'numeric-user', because: text("the user is right already; only what it writes is still root's", '用户已经正确，只是它要写的地方仍归 root') };
  if (olderThanItsFiles(machine, setting.services)) return { fix: 'numeric-user', because: text('the file is right already; only the container is older', '文件已经正确，只是容器更旧') };
  if (setting.user.ownerOf) {
    const { uid } = setting.user;
    const fix = setting.services.every((s) => s.compose) ? 'compose-user' : 'numeric-user';
    return { fix, because: text(`your folder belongs to ${uid}, and you both write there`, `你的目录属于 ${uid}，你和应用都要写入`) };
  }
  const why = whyNumber(setting.user);
  if (why) return { fix: setting.image ? (setting.user.placesOf?.name === undefined ? 'numeric-user' : 'existing-user') : 'compose-user', because: why };
  const account = meant(machine, setting);
  if (account) return { fix: 'existing-user', because: account };
  return setting.celery
    ? { fix: 'named-user', because: text('Celery looks for a group that has a name', 'Celery 要求组有名字') }
    : { fix: 'numeric-user', because: text('no account to make: a number is enough', '不用建账号，一个数字就够') };
}
