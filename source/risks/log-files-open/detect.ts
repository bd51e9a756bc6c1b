import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { list, text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { openLogs, type OpenLog } from '../../settings/log-modes.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'log-files-open';

function finding(machine: Machine, all: readonly [OpenLog, ...OpenLog[]]): Finding {
  const [{ at, mode, paths, kind }] = all;
  const services = [...new Map(all.map((o) => [o.service.name, o.service])).values()];
  const readOnly = kind === 'uwsgi' && (Number(mode.at(-1)) & 2) === 0;
  const where = list(paths);
  return {
    id: findingId(ID, at.file, `${kind}:${paths.join(' ')}`),
    risk: ID,
    aspect: `${kind}:${paths.join(' ')}`,
    severity: 'low',
    confidence: 'declared',
    title: readOnly
      ? text(`logs in ${where.en} are open to every reader (${mode})`, `${where['zh-CN']} 的日志对所有人可读（${mode}）`)
      : text(`logs in ${where.en} are open to every writer (${mode})`, `${where['zh-CN']} 的日志对所有人可写（${mode}）`),
    short: readOnly ? text(`logs open to every reader (${mode})`, `日志对所有人可读（${mode}）`) : text(`logs open to every writer (${mode})`, `日志对所有人可写（${mode}）`),
    why: readOnly
      ? text('Logs hold addresses, names, tokens in query strings. Every account there may read them.', '日志里有地址、姓名，以及查询字符串中的令牌。那里的每个账号都能读。')
      : text('Whoever has any account there may wipe out traces, write lines that were never logged, or fill the disk.', '那里的任何账号都可以抹掉痕迹、写入从未发生过的记录，或者把磁盘写满。'),
    subjects: services.flatMap((s) => subjectsOf(machine, s)),
    places: [at],
    chain: services.flatMap((s) => chainOf(machine, s, at)),
    seen: [],
    from: [{ place: at, words: wordsAt(machine, at) }],
    detail: { file: at.file, start: at.start },
  };
}

/** The places behind a finding, one for each service that shares the line. */
export const logsOf = (machine: Machine, { detail }: Finding): readonly OpenLog[] => openLogs(machine).filter((o) => o.at.file === detail['file'] && o.at.start === detail['start']);

/** One finding for each line that decides, whatever number of services obeys it. */
export function detect(machine: Machine): readonly Finding[] {
  const byLine = new Map<string, [OpenLog, ...OpenLog[]]>();
  for (const open of openLogs(machine)) {
    const key = `${open.at.file}:${open.at.start}`;
    const there = byLine.get(key);
    if (there) there.push(open);
    else byLine.set(key, [open]);
  }
  return [...byLine.values()].map((all) => finding(machine, all));
}
