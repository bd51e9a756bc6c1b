import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { reachOf } from '../../settings/reach.ts';
import { trustsAll, type TrustsAll } from '../../settings/trusted-proxies.ts';
import { programStanding } from '../../settings/program-standing.ts';

export const ID = 'trust-all-proxies';

/** Behind a network of its own only its neighbours can lie to it. */
const reachable = (machine: Machine, { program: { service } }: TrustsAll): boolean => service.host !== undefined || service.compose === undefined || reachOf(machine, service).length > 0;

function finding(machine: Machine, one: TrustsAll): Finding {
  const { program, server, address, guess, at } = one;
  const { service } = program;
  const lie = address
    ? text('who the client is, and whether it came over TLS', '客户端是谁、是不是走 TLS')
    : text('whether the request came over TLS', '请求是不是走 TLS');
  const live = program.live.processes.length > 0;
  return {
    id: findingId(ID, at?.file ?? service.name, `${service.name}:${program.name}`),
    risk: ID,
    severity: reachable(machine, one) ? 'medium' : 'low',
    confidence: guess ? 'guess' : live ? 'seen' : 'declared',
    title: text(`${program.name} believes every proxy`, `${program.name} 相信任何代理`),
    why: text(
      `${server} takes X-Forwarded headers from whoever sends them, not from the proxy alone. Whoever reaches its port tells it ${lie.en}${address ? ': rate limits, allow lists and logs are then theirs to fill in' : ', and the app may set and send what it keeps for TLS'}.`,
      `${server} 谁发来的 X-Forwarded 头都认，而不只认代理的。能连上它端口的人，就能告诉它${lie['zh-CN']}${address ? '：限流、白名单和日志都由他们填写' : '，应用可能就把只给 TLS 的东西发出去'}。`,
    ),
    ...programStanding(machine, program, at),
  };
}

export const detect = (machine: Machine): readonly Finding[] => trustsAll(machine).map((one) => finding(machine, one));
