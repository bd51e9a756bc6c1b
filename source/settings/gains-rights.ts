import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { text, type Text } from '../model/text.ts';
import { capabilitiesIn } from './capabilities.ts';
import { programOf } from './roles.ts';
import { runCommands } from './run-commands.ts';
import { runningOf, shipped } from './service-files.ts';
import { started } from './started.ts';
import { declaredUser } from './user.ts';

const base = (word: string | undefined): string => word?.split('/').at(-1) ?? '';

/** Become somebody else through their setuid bit; started by root they need none. */
const SETUID = ['sudo', 'su', 'doas', 'pkexec', 'gosu', 'su-exec', 'newuidmap'];

/** In a script: where a command may begin. */
const IN_SCRIPT = new RegExp(String.raw`(?:^|[;&|(]|\bexec\b|\bthen\b|\bdo\b)[ \t]*(?:\S{0,99}/)?(${SETUID.join('|')})[ \t]+\S`, 'm');
const code = (script: string): string => script.replace(/^[ \t]*#.*$/gm, '').replace(/\\\r?\n/g, ' ');

/** Asked of what runs: a process that is not root and has capabilities all the same has them from a file. */
function running(machine: Machine, service: Service): Text | undefined {
  for (const p of runningOf(machine, service).flatMap((c) => c.processes)) {
    const program = programOf(p.argv);
    if (p.uid.effective !== 0 && p.capEff !== undefined && p.capEff !== 0n) {
      const names = capabilitiesIn(p.capEff).join(', ');
      return text(`${program} is not root and has ${names} from its file (setcap): the kernel would ignore that`, `${program} 不是 root，却从自己的文件得到 ${names}（setcap）：内核将不再理会`);
    }
    if (p.uid.real !== p.uid.effective && p.uid.effective === 0) return text(`${program} became root through its setuid bit`, `${program} 是靠 setuid 位变成 root 的`);
  }
  return undefined;
}

/**
 * Why a service would miss it if the kernel let nobody gain anything: a program with capabilities of its own, or sudo and
 * its kin started by somebody who is not root. `gosu` that root starts only gives up, and goes on working.
 */
export function gainsRights(machine: Machine, service: Service): Text | undefined {
  const seen = running(machine, service);
  if (seen) return seen;
  const image = shipped(machine, service);
  const commands = image ? runCommands(image) : [];
  const setcap = commands.find((words) => base(words[0]?.value) === 'setcap' && !words.some((w) => w.value === '-r'));
  if (setcap) {
    const file = setcap.at(-1)?.value ?? '';
    return text(`the image gives ${file} capabilities of its own (setcap): the kernel would ignore them, and it would not start`, `镜像给了 ${file} 自己的 capability（setcap）：内核将不再理会，它会无法启动`);
  }
  // Root needs nobody's setuid bit.
  if (declaredUser(machine, service)?.root !== false) return undefined;
  const start = started(machine, service);
  const word = start?.words.map((w) => base(w.value)).find((w) => SETUID.includes(w));
  const script = start?.scripts.flatMap((s) => { const m = IN_SCRIPT.exec(code(s.text)); return m ? [{ path: s.path, tool: m[1] ?? '' }] : []; })[0];
  const tool = word ?? script?.tool;
  if (tool !== undefined) {
    const where = script && word === undefined ? text(` (${script.path})`, `（${script.path}）`) : text('', '');
    return text(`it is started as somebody who is not root and uses ${tool}${where.en}, which needs its setuid bit`, `它以非 root 用户启动，又用到 ${tool}${where['zh-CN']}，而后者需要 setuid 位`);
  }
  const installs = commands.find((words) => /^(?:apt-get|apt|apk|yum|dnf|microdnf)$/.test(base(words[0]?.value)) && words.some((w) => w.value === 'sudo' || w.value === 'doas'));
  if (installs) return text('the image installs sudo for a user who is not root: what uses it would fail', '镜像为非 root 用户安装了 sudo：用到它的地方会失败');
  const mode = commands.find((words) => base(words[0]?.value) === 'chmod' && words.some((w) => /^(?:[ug]*\+\w*s|[2467]\d{3})$/.test(w.value)));
  return mode && text(`the image gives ${mode.at(-1)?.value ?? ''} the setuid bit on purpose`, `镜像特意给 ${mode.at(-1)?.value ?? ''} 加了 setuid 位`);
}
