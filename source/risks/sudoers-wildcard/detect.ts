import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { list, spaced, text, type Text } from '../../model/text.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { permissions, type Permission } from '../../settings/sudoers.ts';
import { looseIn, type Loose } from '../../settings/sudoers-pattern.ts';

export const ID = 'sudoers-wildcard';

const base = (path: string): string => path.split('/').at(-1) ?? path;

const MOST = 3;

/** `alice, bob and %deploy`; of many the first ones, and how many more. */
function people(users: readonly string[]): Text {
  const more = users.length - MOST;
  if (more <= 0) return list(users);
  const first = users.slice(0, MOST);
  return text(`${first.join(', ')} and ${more} more`, `${first.join('、')} 等 ${users.length} 个`);
}

const WHY: Readonly<Record<Loose, Text>> = {
  arguments: text('In sudoers a * takes blanks with it: it stands for any further arguments, not for one word. What is named behind it or before it holds nobody back.', 'sudoers 里的 * 连空格也算在内：它代表任意多个参数，而不是一个词。写在它前后的名字拦不住任何人。'),
  program: text('The pattern stands for every program that lies there or ever will, with any arguments.', '这个模式代表那里现有的以及将来的每个程序，参数也随意。'),
  expression: text('A stretch of it takes anything, blanks too: more arguments than the ones that are named fit as well.', '其中一段可以匹配任何内容，包括空格：除了写明的参数，更多的参数也能匹配。'),
};

function finding(machine: Machine, permission: Permission, loose: Loose, symbol: string): Finding {
  const { file, at, command, users, runas, nopasswd } = permission;
  const program = loose === 'program' ? command.program.source : base(command.program.pattern);
  const who = users.length > 0 ? people(users) : text('whoever this alias is given to', '得到这个别名的人');
    return {
    id: findingId(ID, file.path, symbol),
    risk: ID,
    aspect: symbol,
    severity: runas === 'root' ? 'high' : 'medium',
    confidence: users.length > 0 ? 'declared' : 'guess',
    title: text(`sudo rule for ${who.en} has an open end (${program})`, `${who['zh-CN']} 的 sudo 规则没有封口（${program}）`),
    short: text(`${users[0] ?? 'a'}${users.length > 1 ? ', …' : ''}: sudo rule with an open end`, `${users.length > 1 ? `${users[0]} 等用户` : spaced(users[0] ?? '一条').trimStart()}的 sudo 规则没有封口`),
    why: text(`${WHY[loose].en} ${who.en} runs it as ${runas}${nopasswd ? ', and no password is asked' : ''}.`, `${WHY[loose]['zh-CN']}${who['zh-CN']} 以 ${runas} 身份运行它${nopasswd ? '，而且不问密码' : ''}。`),
    subjects: [{ kind: 'file', name: file.path }],
    places: [at],
    chain: [{ kind: 'config', label: 'decides', file: file.path, line: at.line }],
    seen: [],
    from: [{ place: at, words: wordsAt(machine, at) }],
    detail: { file: file.path, start: command.start },
  };
}

/** One finding for each command with an open end, where it is written; whom it is given to stands in its title. */
export function detect(machine: Machine): readonly Finding[] {
  const seen = new Map<string, number>();
  return permissions(machine).flatMap((permission) => {
    const loose = looseIn(permission.command);
    if (!loose) return [];
    const words = [permission.command.program, ...permission.command.args].map((a) => a.source).join(' ');
    const n = (seen.get(`${permission.file.path} ${words}`) ?? 0) + 1;
    seen.set(`${permission.file.path} ${words}`, n);
    return [finding(machine, permission, loose, n === 1 ? words : `${words} ${n}`)];
  });
}
