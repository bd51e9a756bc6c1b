import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { addItems, all, mainFile } from './broker-edits.ts';
import { keptOut } from './kept-out.ts';

/** A file left out of the build and out of git, and mounted for reading at the place where the image had it. */
export function mountedInstead(machine: Machine, path: string, inside: string, services: readonly Service[]): readonly Change[] | Refusal {
  const stray = services.find((s) => !s.compose || !mainFile(machine, s));
  if (stray) return refuse(text(`${stray.name} is not started by compose: it is mounted where it is started`, `${stray.name} 不是由 compose 启动的：请在启动它的地方挂载`));
  const directory = services[0]?.compose?.directory ?? '';
  const source = directory === '' ? path : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
  if (source === undefined) return refuse(text(`${path} lies outside the folder of the compose file`, `${path} 不在 compose 文件所在的目录里`));
  return all([...services.flatMap((s) => { const main = mainFile(machine, s); return main ? [addItems(main, 'volumes', [`./${source}:${inside}:ro`])] : []; }), ...keptOut(machine, [path])]);
}
