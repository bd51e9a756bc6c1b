import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { isShared, tmpPlaces, type TmpPlace } from '../../settings/tmp-places.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'files-in-tmp';

const WHAT: Readonly<Record<TmpPlace['what'], Text>> = {
  socket: text('socket', '套接字'), stats: text('statistics socket', '统计套接字'), pid: text('pid file', 'pid 文件'), control: text('control socket', '控制套接字'), state: text('state file', '状态文件'),
};

function finding(machine: Machine, all: readonly [TmpPlace, ...TmpPlace[]]): Finding {
  const [first] = all;
  const { service, file } = first;
  const shared = all.some((p) => isShared(machine, p));
  const kinds = list([...new Set(all.map((p) => WHAT[p.what].en))]).en;
  const named = [...new Set(all.map((p) => WHAT[p.what]['zh-CN']))].join('、');
  const zh = /^[a-z]/i.test(named) ? ` ${named}` : named;
  const paths = list(all.map((p) => p.path));
  return {
    id: findingId(ID, file.path, service.name),
    risk: ID,
    severity: shared ? 'medium' : 'low',
    confidence: 'declared',
    title: text(`${service.name} keeps its ${kinds} where everybody may make files`, `${service.name} 的${zh}放在谁都能建文件的地方`),
    short: text(`${service.name}: files in an open folder`, `${service.name} 的文件放在公共目录`),
    why: text(
      `Anybody may take the names ${paths.en} first. A server then ends with "Address already in use", or, as root, follows a link and overwrites what it points to.`,
      `谁都可以抢先占用 ${paths['zh-CN']} 这些名字。服务要么以 “Address already in use” 结束，要么以 root 身份顺着链接覆盖它指向的文件。`,
    ),
    subjects: [{ kind: 'service', name: service.name }, ...all.map((p): Subject => ({ kind: 'file', name: p.path })), ...containerSubjects(machine, service)],
    places: all.map((p) => p.at),
    chain: chainOf(machine, service, first.at),
    seen: [],
    from: all.map((p) => ({ place: p.at, words: wordsAt(machine, p.at) })),
    detail: { service: service.name, file: file.path },
    aspect: file.path,
  };
}

/** One finding for each file that puts things there: they are moved together. */
export function detect(machine: Machine): readonly Finding[] {
  const byFile = new Map<string, [TmpPlace, ...TmpPlace[]]>();
  for (const found of tmpPlaces(machine)) {
    const key = `${found.service.name} ${found.file.path}`;
    const there = byFile.get(key);
    if (there) there.push(found);
    else byFile.set(key, [found]);
  }
  return [...byFile.values()].map((all) => finding(machine, all));
}
