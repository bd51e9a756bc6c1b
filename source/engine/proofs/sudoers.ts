import type { Machine } from '../../model/machine.ts';
import { list, text, type Text } from '../../model/text.ts';
import { permissions } from '../../settings/sudoers.ts';
import { shippedAs } from '../../settings/sudoers-image.ts';
import type { System } from '../../system/system.ts';
import { containersOf, type Witness } from './witness.ts';

/** An open end in what sudo prints: `*`, `?` or `[` that nothing stands in front of; `^…$` says what it means. */
const OPEN = /(?:^|[^\\])[*?[]/;

/** Whom a rule names, as accounts: a group stands for the first of its people. */
async function accounts(docker: NonNullable<System['docker']>, container: string, users: readonly string[]): Promise<readonly string[]> {
  const each = await Promise.all(users.map(async (user): Promise<string | undefined> => {
    if (!user.startsWith('%')) return /^[a-z_][\w.-]*$/.test(user) ? user : undefined;
    const group = await docker.ask({ kind: 'exec', container, argv: ['getent', 'group', user.slice(1)], user: '0' }).catch(() => undefined);
    return group?.code === 0 ? group.stdout.trim().split(':')[3]?.split(',').find(Boolean) : undefined;
  }));
  return [...new Set(each.flatMap((name) => name ?? []))];
}

/** What sudo itself says to whom the rules are for, in the containers whose image has the file; nothing where nobody could be asked. */
async function saidBySudo(machine: Machine, { docker }: System, path: string): Promise<{ readonly open: boolean; readonly text: Text } | undefined> {
  const mine = permissions(machine).filter((p) => p.file.path === path);
  const programs = new Set(mine.map((p) => p.command.program.source));
  for (const service of docker ? shippedAs(machine, path) : []) {
    const [container] = containersOf(machine, service.name).filter((c) => c.running);
    if (!container || !docker) continue;
    const asked: string[] = [];
    for (const user of await accounts(docker, container.id, [...new Set(mine.flatMap((p) => p.users))])) {
      const told = await docker.ask({ kind: 'exec', container: container.id, argv: ['sudo', '-n', '-l', '-U', user], user: '0' }).catch(() => undefined);
      // Nobody of that name, or no sudo there.
      if (told?.code !== 0 || !/may run the following/.test(told.stdout)) continue;
      const commands = told.stdout.split('\n').filter((l) => /^\s+\(/.test(l)).flatMap((l) => l.replace(/^\s+\([^)]*\)\s*/, '').replace(/\b[A-Z_]+:\s*/g, '').split(/(?<!\\),\s*/)).map((c) => c.trim());
      const open = commands.find((c) => programs.has(c.split(' ')[0] ?? '') && !/ \^.*\$$/.test(c) && OPEN.test(c));
      if (open !== undefined) return { open: true, text: text(`sudo in ${service.name} still lets ${user} run ${open}`, `${service.name} 里的 sudo 允许 ${user} 运行 ${open}`) };
      asked.push(user);
    }
    if (asked.length > 0) return { open: false, text: text(`sudo in ${service.name} lets ${list(asked).en} run none of these programs with an open end`, `${service.name} 里的 sudo 不允许 ${list(asked)['zh-CN']} 以没封口的方式运行这些程序`) };
  }
  return undefined;
}

/** The file as it lies there, read by the program that guards it; what comes of it is asked of sudo where the file counts already, else of the diagnosis. */
export const sudoers: Witness<'sudoers'> = async (proof, machine, system) => {
  const file = machine.files.get(proof.file);
  if (!file) return { outcome: 'cannot-tell', text: text(`${proof.file} could not be read`, `无法读取 ${proof.file}`) };
  const answer = await system.shell.ask(['visudo', '-cf', '-'], { input: file.text, timeoutMs: 20_000 });
  const [first = ''] = answer.stderr.split('\n').filter(Boolean);
  if (answer.code !== 127 && answer.code !== 0) return { outcome: 'left', text: text(`visudo does not accept ${proof.file}: ${first}`, `visudo 不接受 ${proof.file}：${first}`) };
  const said = await saidBySudo(machine, system, proof.file);
  // Another rule of the same image may be the reason: nothing that was done here is wrong.
  if (said) return { outcome: said.open ? 'cannot-tell' : 'gone', text: said.text };
  if (answer.code === 127) return { outcome: 'cannot-tell', text: text('there is no visudo here to read it', '这里没有 visudo 来检查它') };
  return { outcome: 'gone', text: text('visudo accepts it, no open end is left; it counts once it is installed', 'visudo 接受，不再有没封口的命令；安装后生效') };
};
