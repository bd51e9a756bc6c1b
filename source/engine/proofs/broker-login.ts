import type { Container } from '../../model/container.ts';
import { text, type Text } from '../../model/text.ts';
import { programOf } from '../../settings/roles.ts';
import type { System } from '../../system/system.ts';
import { pingArgv } from './serializers.ts';
import { containersOf, type Witness } from './witness.ts';

const TRIES = 10;
const BEAT_MS = 1500;

/** `guest` with the password that everybody knows, by the client that Celery itself uses. */
const AS_GUEST = 'import sys\nfrom kombu import Connection\nConnection("amqp://guest:guest@" + sys.argv[1] + "//", connect_timeout=5).connect()';

type Answer = 'refused' | 'let in' | undefined;

/** Somebody without a login, on the broker's own network: `redis-cli` of its own image, kombu of a client's. */
async function stranger(system: System, broker: Container, client: Container | undefined, kind: 'redis' | 'rabbitmq', host: string): Promise<Answer> {
  if (kind === 'redis') {
    // A disposable container has none of the service's environment, where a password may lie.
    const answer = await system.docker?.ask({ kind: 'helper', image: broker.imageId, user: '65534:65534', networkOf: broker.id, argv: ['redis-cli', '-h', host, 'ping'] }).catch(() => undefined);
    const said = `${answer?.stdout ?? ''}${answer?.stderr ?? ''}`;
    return /NOAUTH|WRONGPASS|DENIED|Authentication required/.test(said) ? 'refused' : /PONG/.test(said) ? 'let in' : undefined;
  }
  if (!client) return undefined;
  const answer = await system.docker?.ask({ kind: 'exec', container: client.id, argv: ['python3', '-c', AS_GUEST, host] });
  return answer?.code === 0 ? 'let in' : /ACCESS_REFUSED|AccessRefused/.test(answer?.stderr ?? '') ? 'refused' : undefined;
}

/** The worker is asked through the broker, by its own program and with its own login. */
async function answers(system: System, container: Container): Promise<boolean | undefined> {
  const worker = container.processes.find((p) => programOf(p.argv) === 'celery' && p.argv.includes('worker'));
  const argv = worker && pingArgv(worker.argv);
  if (!argv) return undefined;
  const answer = await system.docker?.ask({ kind: 'exec', container: container.id, argv });
  return answer?.stdout.includes('pong') ?? false;
}

/** Until both are known, or the patience for it ends: a broker that has just started refuses everybody. */
export const brokerLogin: Witness<'broker-login'> = async (proof, machine, system) => {
  const name = proof.service;
  const [broker] = containersOf(machine, name);
  const clients = proof.clients.flatMap((c) => containersOf(machine, c));
  const python = clients.find((c) => c.processes.some((p) => programOf(p.argv) === 'celery')) ?? clients[0];
  if (!broker) return { outcome: 'cannot-tell', text: text(`${name} does not run`, `${name} 没有在运行`) };
  let without: Answer;
  let silent: readonly string[] = [];
  let heard: readonly string[] = [];
  for (let i = 0; i < TRIES; i++) {
    without = await stranger(system, broker, python, proof.broker, proof.host);
    if (without === 'let in') return { outcome: 'left', text: text(`${name} still lets in who brings no login`, `${name} 允许不登录的连接`) };
    const asked = await Promise.all(clients.map(async (c) => ({ name: c.service ?? c.name, ok: await answers(system, c) })));
    heard = asked.filter((a) => a.ok === true).map((a) => a.name);
    silent = asked.filter((a) => a.ok === false).map((a) => a.name);
    if (without === 'refused' && silent.length === 0) break;
    await system.pause(BEAT_MS);
  }
  if (without === undefined) return { outcome: 'cannot-tell', text: text(`${name} gave no answer`, `${name} 没有回答`) };
  const refused = proof.broker === 'redis' ? text(`${name}: without a login NOAUTH`, `${name}：不登录则 NOAUTH`) : text(`${name}: guest is refused`, `${name}：guest 被拒绝`);
  if (silent.length > 0) return { outcome: 'left', text: text(`${refused.en}, but ${silent.join(', ')} does not answer through it any more`, `${refused['zh-CN']}，但 ${silent.join('、')} 经由它不再有响应`) };
  const still: Text = heard.length > 0 ? text(`; ${heard.join(', ')} answers through it`, `；${heard.join('、')} 经由它仍有响应`) : text('', '');
  return { outcome: 'gone', text: text(`${refused.en}${still.en}`, `${refused['zh-CN']}${still['zh-CN']}`) };
};
