import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { reloads, type Reloads } from '../../settings/reloads.ts';
import { programStanding } from '../../settings/program-standing.ts';

export const ID = 'reload-in-service';

function finding(machine: Machine, { program, said, at, guess }: Reloads): Finding {
  const { service } = program;
  const live = program.live.processes.length > 0;
  return {
    id: findingId(ID, at?.file ?? service.name, `${service.name}:${program.name}`),
    risk: ID,
    severity: 'medium',
    confidence: guess ? 'guess' : live ? 'seen' : 'declared',
    title: text(`${program.name} reloads itself when a file changes`, `${program.name} 文件一变就自己重新加载`),
    short: text(`${program.name} reloads itself`, `${program.name} 会自己重新加载`),
    why: text(
      `${said}: whatever is written into its code runs at once, without anybody starting it. A half-finished copy, a git pull, or a line that an attacker left behind.`,
      `${said}：写进它代码里的东西立刻就会运行，不用任何人启动。可能是复制了一半的文件、一次 git pull，也可能是攻击者留下的一行。`,
    ),
    ...programStanding(machine, program, at),
  };
}

export const detect = (machine: Machine): readonly Finding[] => reloads(machine).map((r) => finding(machine, r));
