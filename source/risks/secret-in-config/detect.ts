import { posix } from 'node:path';
import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { secretsIn, type SecretSeen } from '../../settings/secrets.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'secret-in-config';

/** Which secrets: their names and the place they belong to, never their values. */
export interface Detail extends Record<string, unknown> {
  /** Tells them apart from the other secrets of the file. */
  readonly group: string;
  readonly kind: SecretSeen['holder']['kind'];
  readonly names: readonly string[];
  readonly services: readonly string[];
}

/** One line at most: three names, then how many. */
function what(names: readonly string[]): Text {
  return names.length <= 2 ? list(names) : text(`${names.length} secrets`, `${names.length} 个密码`);
}

function why({ holder, file }: SecretSeen, known: boolean, tracked: boolean): Text {
  const path = file.path;
  const last = known ? text(' It is one that everybody knows: to move it is not enough, change it.', '而且是人人都知道的那种：光挪走不够，要换掉。') : text('', '');
  if (holder.kind === 'dotenv' && tracked) return text(`git has ${path} already, with its history: everyone with the repository can read it.${last.en}`, `git 里已经有 ${path} 和它的历史：能看到仓库的人都能读到。${last['zh-CN']}`);
  if (holder.kind === 'dotenv') return text(`Nothing keeps ${path} out of git: the next \`git add .\` takes it along, and the history keeps it for good.${last.en}`, `没有什么能阻止 ${path} 进入 git：下一次 \`git add .\` 就会带上它，而历史会永远留着。${last['zh-CN']}`);
  const spoken = holder.kind === 'word' && holder.decides !== 'redis' && holder.decides !== 'build' ? text(' On a command line, ps and docker inspect show it as well.', '写在命令行上，ps 和 docker inspect 也看得到。') : text('', '');
  if (holder.kind === 'dockerfile' || (holder.kind === 'word' && (holder.decides === 'image' || holder.decides === 'build'))) return text(`Whoever has the image can read it with docker history, and git keeps ${path} for everyone who has the repository.${spoken.en}${last.en}`, `拿到镜像的人用 docker history 就能看到；能看到仓库的人，也能从 git 里的 ${path} 看到。${spoken['zh-CN']}${last['zh-CN']}`);
  return text(`Everyone who can read the repository, a backup or a screen has it, and the history of ${path} keeps it for good.${spoken.en}${last.en}`, `能看到仓库、备份或屏幕的人都拿到了它，${path} 的历史会永远留着。${spoken['zh-CN']}${last['zh-CN']}`);
}

/** What stands there: the names tell it themselves (`SECRET_KEY`), or it is said (`backend` is in every Celery's settings). */
function titleOf(seen: readonly [SecretSeen, ...SecretSeen[]], names: readonly string[], tracked: boolean): { readonly title: Text; readonly short: Text } {
  const { file: { path }, holder } = seen[0];
  const said = what(names);
  const few = names.length === 1 ? said : text(`${names.length} secrets`, `${names.length} 个密码`);
  const short = text(`${few.en} in ${posix.basename(path)}`, `${few['zh-CN']} 在 ${posix.basename(path)}`);
  const verb = names.length > 1 ? 'stand' : 'stands';
  if (holder.kind === 'dotenv') return { title: text(`${path} holds ${said.en} and git ${tracked ? 'has' : 'may take'} it`, `${path} 里有 ${said['zh-CN']}，而 git ${tracked ? '已经收了它' : '会带走它'}`), short };
  if (names.length > 2 || seen.every((s) => s.what === 'said')) return { title: text(`${said.en} ${verb} in ${path}`, `${path} 里写着 ${said['zh-CN']}`), short };
  const key = seen.every((s) => s.what === 'key');
  const thing = text(names.length > 1 ? (key ? 'hold keys' : 'hold passwords') : key ? 'holds a key' : 'holds a password', key ? '密钥' : '密码');
  return {
    title: text(`${said.en} in ${path} ${thing.en}`, `${path} 的 ${said['zh-CN']} 里写着${thing['zh-CN']}`),
    short: names.length > 1 ? short : text(`a ${key ? 'key' : 'password'} in ${posix.basename(path)}`, `${posix.basename(path)} 里写着${thing['zh-CN']}`),
  };
}

/** An ENV and an ARG of one stage, the environment and the build arguments of one service are two things. */
export const aspectOf = ({ file, section, holder }: SecretSeen): string => [file.path, section, holder.kind === 'dockerfile' ? holder.keyword : holder.kind].join(':');

function finding(machine: Machine, seen: readonly [SecretSeen, ...SecretSeen[]]): Finding {
  const [first] = seen;
  const { file } = first;
  const names = [...new Set(seen.map((s) => s.name))];
  const services = machine.services.filter((s) => seen.some((x) => x.services.includes(s.name)));
  const tracked = machine.tracked?.has(file.path) === true;
  const known = seen.every((s) => s.worth === 'known');
  const detail: Detail = { group: aspectOf(first), kind: first.holder.kind, names, services: services.map((s) => s.name) };
  return {
    id: findingId(ID, file.path, aspectOf(first)),
    risk: ID,
    severity: known ? 'medium' : 'high',
    confidence: 'declared',
    ...titleOf(seen, names, tracked),
    why: why(first, known, tracked),
    subjects: services.length > 0
      ? services.flatMap((s) => subjectsOf(machine, s))
      : [{ kind: 'file', name: file.path }],
    places: seen.map((s) => s.at),
    chain: [...services.flatMap((s) => chainOf(machine, s, first.at)), ...(services.length > 0 ? [] : [{ kind: 'config' as const, label: 'decides', file: file.path, line: first.at.line }])],
    seen: [],
    from: seen.map((s) => ({ place: s.at, words: s.holder.kind === 'word' ? `${s.name} [secret]` : `${s.name} = [secret]` })),
    detail,
    aspect: aspectOf(first),
  };
}

/** One finding for what belongs together: the secrets of one service, one stage, one section of a file. */
export function detect(machine: Machine): readonly Finding[] {
  const groups = new Map<string, [SecretSeen, ...SecretSeen[]]>();
  for (const seen of secretsIn(machine)) {
    const key = aspectOf(seen);
    const group = groups.get(key);
    if (group) group.push(seen);
    else groups.set(key, [seen]);
  }
  return [...groups.values()].map((seen) => finding(machine, seen));
}
