import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { sharedUsers, type SharedUser } from '../../settings/shared-account.ts';
import { programStanding } from '../../settings/program-standing.ts';

export const ID = 'shared-user';

function finding(machine: Machine, { program, name, at, confidence }: SharedUser): Finding {
  const { service } = program;
  const why = service.host
    ? text(`Whatever else runs as ${name} on this machine may send ${program.name} signals, read its environment with the secrets in it, and write what it writes. A hole in one of them is a hole in all.`, `本机上凡是以 ${name} 运行的，都能给 ${program.name} 发信号、读它的环境变量（密钥也在里面）、写它写的文件。其中一个有漏洞，等于都有漏洞。`)
    : text(`${name} is the same number in every container and on the machine. On a volume that two of them mount, or for the web server beside it, ${program.name}'s files are theirs as well.`, `${name} 在每个容器里、在机器上都是同一个编号。共用的卷上，或者对旁边的 Web 服务器来说，${program.name} 的文件也是它们的。`);
  return {
    id: findingId(ID, at?.file ?? service.name, `${service.name}:${program.name}`),
    risk: ID,
    severity: 'low',
    confidence,
    title: text(`${program.name} runs as ${name}, which is not its own`, `${program.name} 以 ${name} 运行，那不是它专用的账号`),
    short: text(`${program.name} shares ${name}`, `${program.name} 与别人共用 ${name}`),
    why,
    ...programStanding(machine, program, at),
  };
}

export const detect = (machine: Machine): readonly Finding[] => sharedUsers(machine).map((one) => finding(machine, one));
