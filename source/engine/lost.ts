import type { Machine } from '../model/machine.ts';
import { list, text, type Text } from '../model/text.ts';
import type { SavedPlan } from './saved-plan.ts';
import { containersNow } from './running.ts';

/** What of a saved plan is not as it was when it was made: files that it edits, and what runs. Undefined where all of it is. */
export function changedSince(saved: SavedPlan, machine: Machine): Text | undefined {
  const told: Text[] = [];
  const [edited, gone, there] = [[], [], []] as [string[], string[], string[]];
  for (const { path, sha256 } of saved.files) {
    const now = machine.files.get(path);
    if (sha256 === null && now) there.push(path);
    else if (sha256 !== null && !now) gone.push(path);
    else if (sha256 !== null && now?.hash !== sha256) edited.push(path);
  }
  const were = (paths: readonly string[]): string => (paths.length === 1 ? 'was' : 'were');
  if (edited.length > 0) told.push(text(`${list(edited).en} ${were(edited)} changed since`, `${list(edited)['zh-CN']} 之后被改过`));
  if (gone.length > 0) told.push(text(`${list(gone).en} can't be read any more`, `${list(gone)['zh-CN']} 已无法读取`));
  if (there.length > 0) told.push(text(`${list(there).en} ${there.length === 1 ? 'is' : 'are'} there now, and would have been made`, `${list(there)['zh-CN']} 现在已经存在，而方案原本要创建`));
  const services = [...new Set(saved.images.map((i) => i.service))];
  const then = (service: string): readonly string[] => saved.images.filter((i) => i.service === service).map((i) => i.image).sort();
  const now = (service: string): readonly string[] => [...new Set(containersNow(machine, service).map((c) => c.imageId))].sort();
  const stopped = services.filter((s) => now(s).length === 0);
  const other = services.filter((s) => !stopped.includes(s) && then(s).join(' ') !== now(s).join(' '));
  if (stopped.length > 0) told.push(text(`${list(stopped).en} ${stopped.length === 1 ? 'has' : 'have'} no container any more`, `${list(stopped)['zh-CN']} 已经没有容器`));
  if (other.length > 0) told.push(text(`${list(other).en} ${other.length === 1 ? 'runs' : 'run'} from another image than then`, `${list(other)['zh-CN']} 运行的镜像与当时不同`));
  return told.length === 0 ? undefined : text(told.map((t) => t.en).join('; '), told.map((t) => t['zh-CN']).join('；'));
}

/** A finding of a saved plan that is not found any more: which, by the title of its risk, where it was, and what was changed since. */
export function lost(saved: SavedPlan, finding: string, title: Text, machine: Machine): Text {
  const known = saved.about?.find((a) => a.finding === finding);
  const where = known ? [...known.subjects, ...(known.file === undefined ? [] : [known.file])] : [];
  const at = where.length === 0 ? text('', '') : text(` (${where.join(', ')})`, `（${where.join('、')}）`);
  const why = changedSince(saved, machine) ?? text('no file that the plan edits was changed since', '方案要修改的文件之后都没有改过');
  return text(`"${title.en}"${at.en} is not found any more; ${why.en}`, `已找不到“${title['zh-CN']}”${at['zh-CN']}；${why['zh-CN']}`);
}
