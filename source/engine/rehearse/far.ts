import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import type { Part } from './cast.ts';
import { CannotTell } from './context.ts';
import { isMachines } from './mounts.ts';

/** A folder of another machine can't be laid under a copy from here: the same path on this one is something else. */
export function mustBeNear({ docker }: Pick<Machine, 'docker'>, cast: readonly Part[]): void {
  if (!docker?.remote) return;
  for (const { name, raw } of cast) {
    const bind = raw.Mounts.find((m) => m.Type === 'bind' && !isMachines(m.Source));
    if (bind) throw new CannotTell(text(`${name} has ${bind.Source} of the machine that Docker runs on mounted, which can't be copied from here. Run harden-tui there.`, `${name} 挂载了运行 Docker 的那台机器上的 ${bind.Source}，在这里无法复制。请在那台机器上运行 harden-tui。`));
  }
}
