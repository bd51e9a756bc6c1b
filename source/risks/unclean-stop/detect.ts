import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { containersOf } from '../../settings/service-files.ts';
import { unclean, type Unclean } from '../../settings/unclean-stop.ts';

export const ID = 'unclean-stop';

function finding(machine: Machine, { program, why, at }: Unclean): Finding {
  const { service, name } = program;
  const reloads = why === 'reloads';
  return {
    id: findingId(ID, at.file, `${service.name}/${name}`),
    risk: ID,
    severity: 'low',
    confidence: 'declared',
    title: reloads ? text(`${name} starts anew when it is told to stop`, `让 ${name} 停止，它却重新启动`) : text(`${name} is killed in the middle of its tasks`, `${name} 会在任务做到一半时被杀掉`),
    why: reloads
      ? text('It is stopped with SIGTERM, and to uWSGI that means: reload. After the time is up it is killed, with the requests that it is answering.', '停止它用的是 SIGTERM，而对 uWSGI 来说，那是重新加载。时间一到它就被强行杀掉，正在处理的请求也跟着没了。')
      : text('A worker that is told to stop ends its tasks first, and after ten seconds supervisord kills it. What it was doing is lost.', 'worker 收到停止信号后会先做完手上的任务，而 supervisord 等十秒就把它杀掉，做到一半的任务就丢了。'),
    subjects: [{ kind: 'service', name: service.name }, ...containersOf(machine, service).map((c): Subject => ({ kind: 'container', name: c.name, id: c.id }))],
    places: [at],
    chain: chainOf(machine, service, at),
    seen: [],
    from: [{ place: at, words: wordsAt(machine, at), note: reloads ? text('and no die-on-term', '没有 die-on-term') : text('and no stopwaitsecs that is long enough', 'stopwaitsecs 没有写，或太短') }],
    detail: { service: service.name, program: name },
    aspect: name,
  };
}

export const detect = (machine: Machine): readonly Finding[] => unclean(machine).map((u) => finding(machine, u));
