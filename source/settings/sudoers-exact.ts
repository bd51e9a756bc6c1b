import type { Command } from '../files/sudoers.ts';
import { entries } from '../files/ini.ts';
import { eol } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { iniOf } from './parsed.ts';
import type { Permission } from './sudoers.ts';
import { hasStar, looseIn, matches } from './sudoers-pattern.ts';
import { supervisordFiles } from './supervisord.ts';

interface Controller {
  readonly verbs: readonly string[];
  /** The name of what is controlled stands before the verb (`service NAME restart`). */
  readonly nameFirst?: boolean;
  /** Flags that are followed by a value of their own. */
  readonly valued: readonly string[];
  names(machine: Machine): readonly string[];
}

/** Programs as supervisorctl names them: with their group, and all processes of one that has several. */
function supervised(machine: Machine): readonly string[] {
  return supervisordFiles(machine).flatMap((file) => {
    const ini = iniOf(file, 'supervisord');
    const groupOf = new Map(ini.sections.filter((s) => s.name.startsWith('group:')).flatMap((s) =>
      entries(ini, s.name, 'programs').flatMap((e) => e.value.split(',').map((p) => [p.trim(), s.name.slice('group:'.length)] as const))));
    return ini.sections.filter((s) => s.name.startsWith('program:')).map((s) => {
      const name = s.name.slice('program:'.length);
      const several = Number(entries(ini, s.name, 'numprocs').at(-1)?.value ?? '1') > 1;
      const group = groupOf.get(name) ?? name;
      return several ? `${group}:*` : groupOf.has(name) ? `${group}:${name}` : name;
    });
  });
}

/** Units of the project; a template needs an instance that only its user knows. */
const units = (machine: Machine): readonly string[] =>
  [...machine.files.keys()].filter((p) => p.endsWith('.service') && !p.includes('@')).map((p) => p.split('/').at(-1)!.slice(0, -'.service'.length));

const withSuffix = (names: readonly string[]): readonly string[] => [...names, ...names.map((n) => `${n}.service`)];

const CONTROLLERS: Readonly<Record<string, Controller>> = {
  supervisorctl: { verbs: ['start', 'stop', 'restart', 'status'], valued: ['-c', '-s', '-u', '-p'], names: supervised },
  // No `status`: everybody may ask without sudo, and as root its pager would offer a shell.
  systemctl: { verbs: ['start', 'stop', 'restart', 'reload'], valued: [], names: (machine) => withSuffix(units(machine)) },
  service: { verbs: ['start', 'stop', 'restart', 'reload', 'status'], nameFirst: true, valued: [], names: units },
};

const MOST = 60;
const base = (path: string): string => path.split('/').at(-1) ?? '';

/** How a word is written as an argument of sudoers, every sign in it only itself. */
const written = (word: string): string => word.replace(/[\\*?[\]!^:,=# \t]/g, (char, at: number) => (/[!^]/.test(char) && at > 0 ? char : `\\${char}`));

/** Flags in front, each with its value: `-c /etc/supervisor/supervisord.conf`. */
function flagsOf(command: Command, valued: readonly string[]): number {
  let n = 0;
  while (command.args[n]?.pattern.startsWith('-')) n += valued.includes(command.args[n]!.pattern) ? 2 : 1;
  return Math.min(n, command.args.length);
}

/** Argument lists that the pattern was meant for: the verbs that it fits, with its own name or the project's. */
export function exactArguments(machine: Machine, command: Command): readonly (readonly string[])[] | Refusal {
  const loose = looseIn(command);
  if (loose === 'program') return refuse(text('the program itself is a pattern: only you know which ones are meant', '程序本身就是模式：只有你知道指的是哪些'));
  if (loose === 'expression') return refuse(text('it is a regular expression: only you know what it is meant to fit', '这是正则表达式：只有你知道它应当匹配什么'));
  const name = base(command.program.pattern);
  const controller = CONTROLLERS[name];
  if (!controller) return refuse(text(`only you know with which arguments ${name} is meant to run`, `只有你知道 ${name} 应当带哪些参数运行`));
  const flags = flagsOf(command, controller.valued);
  const words = command.args.slice(flags).map((a) => a.pattern);
  if (command.args.slice(0, flags).some((a) => hasStar(a.pattern)) || words.length > 2 || words.length === 0) {
    return refuse(text('the pattern allows more than a verb and a name: only you know what else is meant', '这个模式不只允许一个动作加一个名字：只有你知道还要什么'));
  }
  const named = words.length === 2 ? words[controller.nameFirst ? 0 : 1]! : '*';
  const names = hasStar(named) ? controller.names(machine) : [named.replace(/\\(.)/g, '$1')];
  if (names.length === 0) return refuse(text(`the name is open too, and no file here says what ${name} controls`, `名字也是开放的，而这里没有文件说明 ${name} 管理的是什么`));
  const pattern = words.join(' ');
  const order = (verb: string, of: string): readonly string[] => (controller.nameFirst ? [of, verb] : [verb, of]);
  const fitting = [...new Set(names)].flatMap((n) => controller.verbs.map((verb) => order(verb, n))).filter((args) => matches(pattern, args.join(' ')));
  // `shop` and `shop.service` are one unit: the short form where the pattern takes both.
  const short = fitting.filter((args) => !args.some((a) => a.endsWith('.service') && fitting.some((o) => o.join(' ') === args.map((w) => w.replace(/\.service$/, '')).join(' '))));
  if (short.length === 0) {
    return name === 'systemctl' && matches(words[0] ?? '', 'status')
      ? refuse(text('status needs no rule: systemctl tells everybody, and as root its pager offers a shell', 'status 不需要规则：systemctl 对所有人都回答，而以 root 身份运行时它的分页器会提供 shell'))
      : refuse(text(`nothing that ${name} controls here fits the pattern`, `这里 ${name} 管理的内容都不符合这个模式`));
  }
  if (short.length > MOST) return refuse(text(`it would be ${short.length} commands: name those that are needed`, `会变成 ${short.length} 条命令：请只写需要的`));
  return short.map((args) => [...command.args.slice(0, flags).map((a) => a.source), ...args.map(written)]);
}

/** The pattern replaced by the commands that it was meant for, each on a line of its own. */
export function exactCommands(machine: Machine, permission: Permission): { readonly change: EditFile; readonly commands: readonly string[] } | Refusal {
  const { command, file } = permission;
  const all = exactArguments(machine, command);
  if ('refused' in all) return all;
  const commands = all.map((args) => [command.program.source, ...args].join(' '));
  const digests = command.digests.length > 0 ? `${command.digests.join(', ')} ` : '';
  const newline = `, \\${eol(file.text)}    `;
  return { change: editOf(file, [{ start: command.start, end: command.end, text: commands.map((c) => digests + c).join(newline) }]), commands };
}
