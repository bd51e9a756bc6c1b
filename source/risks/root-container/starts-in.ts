import type { Machine } from '../../model/machine.ts';
import { list, text } from '../../model/text.ts';
import { savesInto } from '../../settings/saves-into.ts';
import { workdirOf } from '../../settings/service-files.ts';
import { writtenIn } from '../../settings/written-places.ts';
import type { Rows, Setting } from './along.ts';

/** The folder that a store starts in and saves into. */
const saves = (machine: Machine, { image, services }: Setting): string | undefined => (image && services.every((s) => savesInto(machine, s) === workdirOf(image)) ? workdirOf(image) : undefined);

/** The folder that its programs start in: code, or where a store saves, or all of the image where nobody names one. */
export function startsIn(machine: Machine, setting: Setting, folder: string, mounted: ReadonlySet<string>): Rows {
  const { services, places, user: { uid } } = setting;
  // The mount was told already, with what becomes of the code in it.
  if (mounted.has(folder)) return [];
  if (folder === '/') return [{ label: folder, text: text("no WORKDIR, so this is where it starts; stays root's: it makes no new file right here", '没有 WORKDIR，程序就从这里启动；仍归 root：它不能在这里新建文件') }];
  if (!places.folders.includes(folder)) return [{ label: folder, text: text('code; stays root\'s, so the app cannot change itself', '代码；仍归 root，应用无法修改自己') }];
  if (saves(machine, setting) === folder) return [{ label: folder, text: text(`it saves its data here; will be ${uid}'s`, `它在这里存盘；将归 ${uid}`) }];
  // Who owns a folder may put other files in the place of those in it.
  const names = writtenIn(machine, services, folder);
  const some = names.slice(0, 2);
  const what = some.length === 0 ? text('', '') : text(`, because it writes ${list(some).en}${names.length > 2 ? ` and ${names.length - 2} more` : ''} here`, `，因为它要在这里写 ${some.join('、')}${names.length > 2 ? ` 等 ${names.length} 个文件` : ''}`);
  return [{ label: folder, text: text(`code; stays root's, but the folder it lies in is the app's${what.en}: it could put other files in their place`, `代码；仍归 root，但所在的目录归应用${what['zh-CN']}：它可以用别的文件替换`) }];
}
