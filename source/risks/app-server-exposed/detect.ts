import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { exposedServers, type Exposed } from '../../settings/app-server.ts';
import { chainOf } from '../../settings/chain.ts';
import { liveOf } from '../../settings/live.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { isLoopback } from '../../settings/reach.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'app-server-exposed';

/** As it listens now; undefined where it runs and does not: its file is newer than what runs, or says what is not done. */
function confidence(machine: Machine, { program: { service }, bind }: Exposed): Finding['confidence'] | undefined {
  const live = liveOf(machine, service).flatMap((l) => l.listeners);
  if (live.length === 0) return 'declared';
  return live.some((l) => l.port === bind.port && !isLoopback(l.address)) ? 'seen' : undefined;
}

function finding(machine: Machine, one: Exposed, sure: Finding['confidence']): Finding {
  const { program, server, bind, proxy, reach } = one;
  const { service } = program;
  const name = server === 'uwsgi' ? 'uWSGI' : 'gunicorn';
  const entries = reach.flatMap((r) => r.entry ?? []);
  const places = reach.length > 0 && entries.length > 0 ? entries.map((e) => e.at) : [bind.at];
  const neighbours = !service.host && reach.length === 0;
  const who = service.host ? text('Whoever reaches this machine', '能访问本机的人') : neighbours ? text('Every container in the same network', '同一网络里的每个容器') : text('Whoever reaches this machine, from any of its networks,', '任何网络里能访问本机的人');
  // `http-socket` speaks HTTP; the other one takes orders.
  const obeys = bind.program === 'uwsgi' && /(?:^|[^\w-]|--)(?:uwsgi-)?socket\b/.test(wordsAt(machine, bind.at));
  const outside = reach[0]?.outside ?? bind.port;
  return {
    id: findingId(ID, places[0]?.file ?? service.name, `${service.name}:${program.name}:${bind.port}`),
    risk: ID,
    severity: neighbours ? 'low' : 'medium',
    confidence: sure,
    title: text(`${name} of ${program.name} can be reached past ${proxy}`, `可以绕过 ${proxy} 直接访问 ${program.name} 的 ${name}`),
    short: text(`${program.name} is open past ${proxy}`, `${program.name} 可绕过 ${proxy} 访问`),
    why: text(
      `${proxy} stands in front of it; on port ${outside} it answers by itself, to everybody. ${who.en} speaks to it without TLS, limits, log-ins and clean headers${obeys ? ', and a uwsgi socket obeys: it is code execution' : ''}.`,
      `它前面有 ${proxy}，可它自己也在端口 ${outside} 上应答，谁都可以。${who['zh-CN']}可以直接和它说话，没有 TLS、限流、登录，请求头也没有清理${obeys ? '；而 uwsgi 套接字会听命令，等于能执行代码' : ''}。`,
    ),
    subjects: subjectsOf(machine, service),
    places,
    chain: chainOf(machine, service, places[0]),
    seen: sure === 'seen' ? [text(`${program.name}: listens on ${bind.address === '' ? '*' : bind.address}:${bind.port}.`, `${program.name}：监听 ${bind.address === '' ? '*' : bind.address}:${bind.port}`)] : [],
    from: places.map((at) => ({ place: at, words: wordsAt(machine, at) })),
    detail: { service: service.name, program: program.name, port: bind.port },
    aspect: `${program.name}:${bind.port}`,
  };
}

export const detect = (machine: Machine): readonly Finding[] => exposedServers(machine).flatMap((one) => {
  const sure = confidence(machine, one);
  return sure ? [finding(machine, one, sure)] : [];
});
