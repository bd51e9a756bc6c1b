import type { Finding, Severity } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { socketSeen } from '../../settings/said-seen.ts';
import { effective, nameOf } from '../../settings/uwsgi.ts';
import { allStats, isOpenSocket, isOutside, isPublic, type Stats } from '../../settings/uwsgi-stats.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'stats-exposed';

function severity(machine: Machine, stats: Stats): Severity | undefined {
  if (isOutside(stats)) return isPublic(machine, stats) ? 'medium' : 'low';
  return isOpenSocket(machine, stats) ? 'medium' : undefined;
}

function seenText({ uwsgi, listener, socket, path }: Stats): readonly Text[] {
  if (listener) return [text(`${uwsgi.program.name}: listens on ${listener.address}:${listener.port}.`, `${uwsgi.program.name}：监听 ${listener.address}:${listener.port}`)];
  return socket?.mode === undefined ? [] : [socketSeen(path ?? '', socket)];
}

function finding(machine: Machine, stats: Stats, how: Severity): Finding {
  const { uwsgi, option, port, path } = stats;
  const { service, name } = uwsgi.program;
  const decides = port === undefined ? (effective(uwsgi, 'chmod-socket') ?? option) : option;
  const { at } = decides;
  const where = port === undefined ? text(`Every user who may enter its folder can connect to ${path ?? ''}`, `凡是能进入它所在目录的用户都能连接 ${path ?? ''}`) : text(`Whoever reaches port ${port} can connect`, `谁能连到端口 ${port}，谁就能连接`);
  const seen = seenText(stats);
  return {
    id: findingId(ID, option.file?.path ?? service.name, `${service.name}/${name}/${uwsgi.ini?.section ?? ''}`),
    risk: ID,
    severity: how,
    confidence: seen.length > 0 ? 'seen' : 'declared',
    title: port === undefined ? text(`uWSGI's statistics of ${name} are open to every user`, `${name} 的 uWSGI 统计信息对所有用户开放`) : text(`uWSGI's statistics of ${name} are open to the network (port ${port})`, `${name} 的 uWSGI 统计信息对网络开放（端口 ${port}）`),
    short: port === undefined ? text(`${name}: statistics open to all`, `${name} 的统计信息对所有用户开放`) : text(`${name}: statistics open on ${port}`, `${name} 的统计信息对网络开放`),
    why: text(`${where.en}, and is told the users, folders, process ids and the requests that run just now, with their addresses.`, `${where['zh-CN']}，并得到用户、目录、进程号，以及正在处理的请求和它们的地址。`),
    subjects: [{ kind: 'service', name: service.name }, ...(path ? [{ kind: 'socket' as const, name: path }] : []), ...containerSubjects(machine, service)],
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    seen,
    from: at ? [{ place: at, words: wordsAt(machine, at) }] : [],
    detail: { ...nameOf(uwsgi) },
    aspect: `${name} ${uwsgi.ini?.file.path ?? ''}`,
  };
}

export const detect = (machine: Machine): readonly Finding[] => allStats(machine).flatMap((stats) => {
  const how = severity(machine, stats);
  return how ? [finding(machine, stats, how)] : [];
});
