import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { makesTls, sslOptions, unverified } from '../../settings/broker-tls.ts';
import { isLoopbackHost, namedBrokers, type NamedBroker } from '../../settings/brokers-named.ts';
import { wordsAt } from '../../settings/parsed.ts';

export const ID = 'broker-no-tls';

function finding(machine: Machine, broker: NamedBroker, blind: boolean): Finding {
  const { host } = broker;
  const [at] = broker.at;
  const subjects: Subject[] = broker.services.length > 0 ? broker.services.map((name) => ({ kind: 'service', name })) : [{ kind: 'file', name: at?.file ?? host }];
  return {
    id: findingId(ID, at?.file ?? '', host), risk: ID, aspect: host, severity: 'medium',
    // A bare name may be a neighbour on a network that another project made.
    confidence: broker.guess || !host.includes('.') ? 'guess' : 'declared',
    title: blind ? text(`TLS to ${host} does not ask who is there`, `到 ${host} 的 TLS 不核对对方是谁`) : text(`Messages go to ${host} without TLS`, `发往 ${host} 的消息没有 TLS`),
    short: blind ? text(`unchecked TLS to ${host}`, `到 ${host} 的 TLS 不核对`) : text(`no TLS to ${host}`, `到 ${host} 没有 TLS`),
    why: blind
      ? text(`The line is encrypted, to whoever answers: somebody in between can pretend to be ${host}, read the login and write messages.`, `线路是加密的，但对方是谁都行：中间的人可以冒充 ${host}，读到登录信息，也能写消息。`)
      : text('Everybody on the way reads the password of the broker, task names and arguments, and can write messages of his own.', '一路上的任何人都能读到消息队列的密码、任务名和参数，还能自己写消息。'),
    subjects, places: broker.at, chain: [], seen: [],
    from: broker.at.slice(0, 4).map((p) => ({ place: p, words: wordsAt(machine, p) })),
    detail: { host, address: broker.address },
  };
}

/** Brokers on other machines, spoken to in the clear or without asking who is there. On loopback and in its own compose network a broker is local. */
export const detect = (machine: Machine): readonly Finding[] => {
  const options = sslOptions(machine);
  return namedBrokers(machine).filter((b) => !isLoopbackHost(b.host)).flatMap((b) => {
    const blind = unverified(b.address, options);
    // Options beside a plain address make it TLS as well.
    return blind || (!b.tls && !makesTls(b.address, options)) ? [finding(machine, b, blind)] : [];
  });
};
