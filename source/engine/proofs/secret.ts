import type { Container } from '../../model/container.ts';
import type { Machine } from '../../model/machine.ts';
import { text, type Text } from '../../model/text.ts';
import { secretsIn } from '../../settings/secrets.ts';
import type { System } from '../../system/system.ts';
import { containersOf, type Witness, type Witnessed } from './witness.ts';

/** The history of an image tells build arguments (`|1 TOKEN=x /bin/sh -c …`) and ENV; what a RUN does itself is no value. */
async function told(system: System, { imageId }: Container, name: string): Promise<boolean> {
  const given = new RegExp(`(?:^|\\s)${name}=`);
  const lines = (await system.docker?.look.history(imageId)) ?? [];
  return lines.some(({ CreatedBy: by }) => (/^(?:RUN )?\|\d+ /.test(by) ? given.test(by.split(' /bin/')[0] ?? '') : /^(?:\S+ -c #\(nop\) +)?(?:ARG|ENV) /.test(by) && given.test(by)));
}

const inImage = (machine: Machine, { imageId }: Container, name: string): boolean => machine.images.find((i) => i.id === imageId)?.env.has(name) ?? false;

/** A program of the machine itself: its first process has the variable, as the kernel tells. */
async function onHost(service: string, name: string, machine: Machine, system: System): Promise<Witnessed> {
  const [first] = machine.services.find((s) => s.name === service)?.pids ?? [];
  const environ = first === undefined ? undefined : await system.processes.environment(first);
  if (environ === undefined) return { outcome: 'cannot-tell', text: text(`${service}: its environment may not be read`, `${service}：读不到它的环境`) };
  return environ.split('\0').some((e) => e.startsWith(`${name}=`))
    ? { outcome: 'gone', text: text(`${service} has ${name} as before`, `${service} 和以前一样有 ${name}`) }
    : { outcome: 'left', text: text(`${service} has no ${name} any more`, `${service} 没有 ${name} 了`) };
}

/** The service still has it, and has it from where it should: its environment, a file, or (for a build) not at all. */
export const secret: Witness<'secret'> = async ({ service, name, now, path }, machine, system) => {
  const host = machine.services.find((s) => s.name === service)?.host;
  if (host) return onHost(service, name, machine, system);
  const containers = containersOf(machine, service);
  if (containers.length === 0) return { outcome: 'cannot-tell', text: text(`${service}: no container was seen`, `${service}：没有看到容器`) };
  if (now === 'command') {
    // Its value is whatever compose filled in; an empty one would be none, and was handed over by nobody.
    const given = containers.every((c) => [...c.entrypoint, ...c.cmd].some((w, i, all) => w.includes(name) && (w.length > name.length + 1 || (all[i + 1] ?? '') !== '')));
    return given ? { outcome: 'gone', text: text(`${service} is started with ${name} as before`, `${service} 启动时仍带着 ${name}`) } : { outcome: 'left', text: text(`${service} is started without ${name}`, `${service} 启动时没有 ${name} 了`) };
  }
  const left = (what: Text) => ({ outcome: 'left' as const, text: what });
  if ((await Promise.all(containers.map((c) => told(system, c, name)))).includes(true)) return left(text(`${service}: docker history shows ${name}`, `${service}：docker history 里能看到 ${name}`));
  if (containers.some((c) => inImage(machine, c, name))) return left(text(`${service}: the image holds ${name}`, `${service}：镜像里有 ${name}`));
  const given = containers.every((c) => c.env.has(name));
  if (now === 'nowhere') return given ? left(text(`${service}: ${name} is in its environment`, `${service}：环境里有 ${name}`)) : { outcome: 'gone', text: text(`${service}: neither its image nor its history holds ${name}`, `${service}：镜像和构建历史里都没有 ${name}`) };
  if (now === 'environment') return given ? { outcome: 'gone', text: text(`${service} has ${name}, the image and the files have not`, `${service} 有 ${name}，镜像和文件里没有`) } : left(text(`${service} has no ${name} any more`, `${service} 没有 ${name} 了`));
  if (given) return left(text(`${service}: ${name} is still in its environment`, `${service}：环境里有 ${name}`));
  // The main process reads it as who it is: a file that only root may open is none for it.
  const read = await Promise.all(containers.map((c) => system.docker?.ask({ kind: 'exec', container: c.id, argv: ['head', '-c', '1', path ?? ''], ...(c.processes[0] ? { user: `${c.processes[0].uid.effective}:${c.processes[0].gid.effective}` } : {}) })));
  const readable = read.every((r) => r?.code === 0 && r.stdout !== '');
  return readable ? { outcome: 'gone', text: text(`${service} reads ${path ?? ''}; ${name} is not in its environment`, `${service} 能读到 ${path ?? ''}；${name} 不在环境里`) } : left(text(`${service} may not read ${path ?? ''}`, `${service} 读不到 ${path ?? ''}`));
};

/** Nothing of the file's secrets would go into git any more: it holds none, or .gitignore names it. */
export const keptOut: Witness<'kept-out'> = async ({ file }, machine) => {
  const now = secretsIn(machine).some((s) => s.file.path === file);
  const mode = machine.files.get(file)?.mode;
  if (now) return { outcome: 'left', text: text(`git would still take ${file}`, `git 会带走 ${file}`) };
  return mode === undefined
    ? { outcome: 'cannot-tell', text: text(`${file} was not seen`, `没有看到 ${file}`) }
    : { outcome: 'gone', text: text(`${file}, mode ${mode.toString(8)}: nothing in it that git would take`, `${file}，权限 ${mode.toString(8)}：里面没有 git 会带走的密码`) };
};
