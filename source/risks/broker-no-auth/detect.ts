import { posix } from 'node:path';
import type { Evidence, Finding, Severity, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Place } from '../../model/setting.ts';
import { list, text, type Text } from '../../model/text.ts';
import { carriesTasks, speakersTo } from '../../settings/broker-clients.ts';
import { brokerReach } from '../../settings/broker-reach.ts';
import { brokerServices, type BrokerService } from '../../settings/broker-service.ts';
import { isLoopbackHost, looseRedisConfs, namedBrokers, type NamedBroker, type RedisConfFile } from '../../settings/brokers-named.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { reachOf, type Reach } from '../../settings/reach.ts';
import { runningOf } from '../../settings/service-files.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'broker-no-auth';

const evidence = (machine: Machine, place: Place, note?: Text): Evidence => ({ place, words: wordsAt(machine, place), ...(note ? { note } : {}) });

const outside = (r: Reach): string => `${r.address === '' ? '0.0.0.0' : r.address}${r.outside === undefined ? '' : `:${r.outside}`}`;

/** Who reaches it: its network always, and this machine's users where it runs; the world where a port is published. */
function whoReaches(machine: Machine, name: string, reaches: readonly Reach[]): Text {
  if (reaches.length === 0) return brokerReach(machine, name) ?? text('Today that is every container on its networks; no port of it is published.', '眼下，同一网络里的任何容器都可以；它没有发布端口。');
  const ports = list(reaches.map(outside));
  return text(`Today that is every container on its networks and everybody who reaches ${ports.en}.`, `眼下，同一网络里的任何容器、以及所有能访问 ${ports['zh-CN']} 的人都可以。`);
}

function ofService(machine: Machine, broker: BrokerService): Finding {
  const { service, kind, at } = broker;
  const name = service.name;
  const speakers = speakersTo(machine, broker);
  const celery = carriesTasks(machine, broker) || speakers.some((s) => s.by === 'code' || /CELERY|BROKER/i.test(s.variable));
  const reaches = reachOf(machine, service).filter((r) => r.protocol === 'tcp');
  const severity: Severity = reaches.some((r) => r.confidence !== 'guess') ? 'critical' : celery || kind === 'rabbitmq' ? 'high' : 'medium';
  const live = runningOf(machine, service);
  const who = whoReaches(machine, name, reaches);
  const clients = list([...new Set(speakers.flatMap((s) => s.services.map((c) => c.name)))]);
  const use = celery
    ? text(`call the tasks of ${clients.en || 'your workers'} with arguments of their own, and read or change results`, `用自己的参数调用 ${clients['zh-CN'] || 'worker'} 的任务，读取和改动结果`)
    : text('read and change what is kept there', '读取和改动里面的数据');
  return {
    id: findingId(ID, at?.file ?? '', name), risk: ID, severity,
    confidence: broker.open === 'guess' ? 'guess' : broker.seen ? 'seen' : 'declared',
    title: kind === 'redis' ? text(`${name} has no password`, `${name} 没设密码`) : text(`${name} lets guest in, with the password guest`, `${name} 允许 guest 用密码 guest 登录`),
    ...(kind === 'redis' ? {} : { short: text(`${name} lets guest in`, `${name} 允许 guest 登录`) }),
    why: text(`Whoever reaches ${name} may ${use.en}. ${who.en}`, `谁能连上 ${name}，谁就能${use['zh-CN']}。${who['zh-CN']}`),
    subjects: [{ kind: 'service', name }, ...containerSubjects(machine, service)],
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    seen: live.map((c) => text(`${name}: ${c.processes[0]?.argv[0] ?? c.name}, started without a password.`, `${name}：${c.processes[0]?.argv[0] ?? c.name}，启动时没有设密码`)),
    from: [
      ...(at ? [evidence(machine, at, kind === 'redis' ? text('no requirepass, no users', '没有 requirepass，也没有用户') : text('guest may come from other machines', 'guest 可以从别的机器登录'))] : []),
      ...reaches.flatMap((r) => (r.entry ? [evidence(machine, r.entry.at, text('published', '已发布'))] : [])),
      ...speakers.filter((s) => s.by !== 'other').slice(0, 4).map((s) => evidence(machine, s.at, text('speaks to it', '连接它'))),
    ],
    detail: { service: name, host: name },
  };
}

function ofAddress(machine: Machine, broker: NamedBroker): Finding[] {
  const [at] = broker.at;
  if (!broker.open || !at) return [];
  const { host } = broker;
  const near = isLoopbackHost(host);
  const subjects: Subject[] = broker.services.length > 0 ? broker.services.map((name) => ({ kind: 'service', name })) : [{ kind: 'file', name: at.file }];
  return [{
    id: findingId(ID, at.file, host), risk: ID, aspect: host, severity: near ? 'low' : 'high', confidence: broker.guess ? 'guess' : 'declared',
    title: text(`${host} is named without a password`, `连接 ${host} 不用密码`),
    why: near
      ? text('Every user of the machine may put messages into the queue and read results.', '本机的每个用户都能往队列里放消息、读取结果。')
      : text(`An address that works without a login works for everybody who reaches ${host}.`, `不登录就能用的地址，所有能访问 ${host} 的人都能用。`),
    subjects, places: broker.at, chain: [], seen: [],
    from: broker.at.slice(0, 4).map((p) => evidence(machine, p)),
    detail: { host },
  }];
}

const ofConf = (machine: Machine, { file, at, open }: RedisConfFile): Finding => ({
  id: findingId(ID, file.path, 'requirepass'), risk: ID, severity: 'high', confidence: open === 'guess' ? 'guess' : 'declared',
  title: text(`The redis of ${file.path} has no password`, `${file.path} 的 redis 没设密码`),
  short: text(`${posix.basename(file.path)}: redis has no password`, `${posix.basename(file.path)}：redis 没设密码`),
  why: text('It answers other machines, and asks nobody for a password: whoever reaches it may read and change everything in it.', '它会回答别的机器，又不问任何人要密码：谁能连上，谁就能读取和改动其中的一切。'),
  subjects: [{ kind: 'file', name: file.path }], places: [at], chain: [], seen: [], from: [evidence(machine, at)], detail: { file: file.path, host: file.path },
});

/** Brokers of the project that ask nobody, brokers elsewhere that it speaks to without a login, and a redis.conf that says so. */
export const detect = (machine: Machine): readonly Finding[] => [
  ...brokerServices(machine).filter((b) => b.open !== 'no').map((b) => ofService(machine, b)),
  ...namedBrokers(machine).flatMap((b) => ofAddress(machine, b)),
  ...looseRedisConfs(machine).map((c) => ofConf(machine, c)),
];
