import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Place } from '../../model/setting.ts';
import { list, same, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { gunicornsOf, liveGunicorn, type Gunicorn } from '../../settings/gunicorn.ts';
import { isOn, told } from '../../settings/gunicorn-settings.ts';
import { identity, mastersByDesign, rootWorkers, type RootWorkers } from '../../settings/gunicorn-user.ts';
import { commandPlace } from '../../settings/gunicorn-words.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { programIn } from '../../settings/said-seen.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'gunicorn-root-workers';

interface Case {
  readonly gunicorn: Gunicorn;
  readonly root: RootWorkers;
  /** What decides; absent where no file does. */
  readonly at?: Place;
}

/** The line that says root, or that says the user and forgets the group; else who starts it, and the command itself. */
function deciding(machine: Machine, g: Gunicorn, { why }: RootWorkers): Place | undefined {
  const { user, group, starts } = identity(machine, g);
  const said = why === 'group' ? (group ?? user) : user;
  return said?.from.at ?? (g.program.starter === 'container' ? group?.from.at : undefined) ?? (starts?.from?.kind === 'ini' ? starts.from.at : undefined) ?? commandPlace(machine, g);
}

function seenText(machine: Machine, g: Gunicorn): readonly Text[] {
  const { masters, workers } = liveGunicorn(g);
  const bad = workers.filter((w) => w.uid.effective === 0 || w.gid.effective === 0);
  if (bad.length === 0) return [];
  const [{ uid, gid } = { uid: { effective: 0 }, gid: { effective: 0 } }] = bad;
  const name = g.program.starter === 'supervisord' && !g.program.service.host ? programIn(g.program.service.name, g.program.name) : same(g.program.name);
  const lines = [text(`${name.en}: ${bad.length} ${bad.length === 1 ? 'worker' : 'workers'}, uid ${uid.effective}, gid ${gid.effective}.`, `${name['zh-CN']}：${bad.length} 个工作进程，uid ${uid.effective}，gid ${gid.effective}`)];
  if (mastersByDesign(g) > 0) lines.push(text(`${name.en}: the master is root by design, it only holds the port (pid ${masters[0]?.pid ?? '?'}).`, `${name['zh-CN']}：主进程是 root，这是设计如此，它只占着端口（pid ${masters[0]?.pid ?? '?'}）`));
  if (isOn(told(machine, g, 'preload_app'))) lines.push(text(`${name.en}: preload_app, so the app's code is loaded by the root master.`, `${name['zh-CN']}：开了 preload_app，应用代码由 root 主进程加载`));
  return lines;
}

const NOTES: Readonly<Record<RootWorkers['why'], Text>> = {
  user: text('no user and no group for its workers', '没有为工作进程指定用户和组'),
  group: text('a user without a group keeps that of root', '只写用户不写组，就留在 root 的组里'),
};

function finding(machine: Machine, cases: readonly [Case, ...Case[]]): Finding {
  const [{ gunicorn: first, root: { why }, at }] = cases;
  const services = [...new Map(cases.map((c) => [c.gunicorn.program.service.name, c.gunicorn.program.service])).values()];
  const names = list([...new Set(cases.map((c) => c.gunicorn.program.name))]);
  const container = services.every((s) => !s.host);
  const where = container ? text('in its container', '在容器里') : text('on this machine', '在本机上');
  const { user, group, initgroups } = identity(machine, first);
  const said = why === 'user' ? user : group;
  const sure = (['seen', 'declared'] as const).find((c) => cases.some((x) => x.root.confidence === c)) ?? 'guess';
  const note = said ? undefined : NOTES[why];
  return {
    id: findingId(ID, at?.file ?? first.program.service.name, `${first.program.service.name}:${first.program.name}`),
    risk: ID,
    severity: why === 'user' ? 'high' : 'medium',
    confidence: sure,
    title: why === 'user'
      ? text(`gunicorn's workers in ${names.en} run as root`, `${names['zh-CN']} 的 gunicorn 工作进程以 root 身份运行`)
      : text(`gunicorn's workers in ${names.en} are still in root's group`, `${names['zh-CN']} 的 gunicorn 工作进程仍在 root 组里`),
    short: why === 'user' ? text(`workers of ${names.en} are root`, `${names['zh-CN']} 的工作进程是 root`) : text(`workers of ${names.en} in root's group`, `${names['zh-CN']} 的工作进程在 root 组里`),
    why: why === 'user'
      ? text(`The workers run the app's code. A hole in it is then root ${where.en}: it can rewrite the code and every file that is mounted or near.`, `应用代码由工作进程执行。一旦有漏洞，攻击者${where['zh-CN']}就是 root：代码和够得着的每个文件都能改写。`)
      : initgroups && group
        ? text('With initgroups gunicorn sets the list of groups and leaves the group itself as it was: root\'s. Whatever that group may read or write, the app may too.', '开了 initgroups，gunicorn 只设附加组列表，组本身没有换，仍是 root 的。那个组能读写的，应用也都能。')
        : text('gunicorn is told a user and no group, so its workers keep the group they were started with: root\'s. Whatever that group may read or write, the app may too.', '只告诉了 gunicorn 用户，没有说组，工作进程就留在启动时的组里，也就是 root 的组。那个组能读写的，应用也都能。'),
    subjects: services.flatMap((s): Subject[] => [
      { kind: 'service', name: s.name },
      ...containerSubjects(machine, s),
      ...cases.filter((c) => s.host && c.gunicorn.program.service === s).flatMap((c) => liveGunicorn(c.gunicorn).masters.slice(0, 1)).map((p): Subject => ({ kind: 'process', name: 'gunicorn', id: String(p.pid) })),
    ]),
    places: at ? [at] : [],
    chain: services.flatMap((s) => chainOf(machine, s, at)),
    seen: cases.flatMap((c) => seenText(machine, c.gunicorn)),
    from: at ? [{ place: at, words: wordsAt(machine, at), ...(note ? { note } : {}) }] : [],
    detail: { why, programs: cases.map(({ gunicorn: { program } }) => ({ service: program.service.name, program: program.name })) },
    aspect: why,
  };
}

/** One finding for each line that decides, of as many gunicorns as it decides for. */
export function detect(machine: Machine): readonly Finding[] {
  const byLine = new Map<string, [Case, ...Case[]]>();
  for (const gunicorn of gunicornsOf(machine)) {
    const root = rootWorkers(machine, gunicorn);
    if (!root) continue;
    const at = deciding(machine, gunicorn, root);
    const one = { gunicorn, root, ...(at ? { at } : {}) };
    const key = at ? `${root.why} ${at.file}:${at.start}` : `${gunicorn.program.service.name} ${gunicorn.program.name}`;
    const there = byLine.get(key);
    if (there) there.push(one);
    else byLine.set(key, [one]);
  }
  return [...byLine.values()].map((cases) => finding(machine, cases));
}
