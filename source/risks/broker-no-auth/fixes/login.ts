import type { Change } from '../../../model/change.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Machine } from '../../../model/machine.ts';
import { isRefusal, refuse, type Fix, type Proposal, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { ownUser as makeUser, type Login } from '../../../settings/broker-own-user.ts';
import { password as makePassword } from '../../../settings/broker-password.ts';
import { brokerServices, type BrokerService } from '../../../settings/broker-service.ts';
import { written } from '../../../settings/compose-services.ts';
import { composeMounts, imageVolumes } from '../../../settings/volumes.ts';
import { shipped } from '../../../settings/service-files.ts';

/** A redis without a volume forgets its queue when its container is replaced. */
function forgets(machine: Machine, { service, kind }: BrokerService): boolean {
  const image = shipped(machine, service);
  const kept = [...composeMounts(machine, service).map((m) => m.target), ...(image ? imageVolumes(image).map((v) => v.path) : ['/data'])];
  return kind === 'redis' && !kept.some((p) => p === '/data' || p === '/var/lib/redis' || p.startsWith('/bitnami'));
}

/** Env files that hold the password from then on and that git has: .gitignore does not take them out. */
const carried = (machine: Machine, changes: readonly Change[]): NonNullable<Proposal['along']> => changes.flatMap((c) => (c.kind === 'edit-file' && machine.tracked?.has(c.path) === true
  ? [{ label: 'git', text: text(`has ${c.path}, and would take the password along: git rm --cached ${c.path}`, `已有 ${c.path}，提交会带上密码：先 git rm --cached ${c.path}`) }] : []));

/** `redis-cli ping` ends with 0 even where it is refused: by then such a check tells that redis answers, and no more. */
const saysLess = (machine: Machine, { service, kind }: BrokerService, changes: readonly Change[]): NonNullable<Proposal['along']> => {
  const checks = (service.compose ? written(machine.files, service.compose) : []).some(({ service: s }) => s.healthcheck?.test?.text.includes('redis-cli') === true);
  const known = changes.some((c) => c.kind === 'edit-file' && c.edits.some((e) => e.text.includes('REDISCLI_AUTH')));
  return kind === 'redis' && checks && !known
    ? [{ label: text('health check', '健康检查'), text: text('stays as it is: it prints NOAUTH and ends with 0, so healthy means no more than that redis answers', '不改：它会打印 NOAUTH，退出码仍是 0，所以“健康”只说明 redis 有应答') }] : [];
};

function proposal(machine: Machine, broker: BrokerService, { changes, clients }: Login): Proposal {
  const name = broker.service.name;
  return {
    changes, rebuild: [], replace: [name, ...clients],
    proofs: [{ kind: 'broker-login', service: name, broker: broker.kind, host: broker.service.compose?.service ?? name, clients }],
    along: [
      { label: text('password', '密码'), text: text('made when this is applied; nobody has seen it before', '应用时才生成，之前谁也没见过') },
      ...changes.flatMap((c) => (c.kind === 'create-file' && c.mode === 0o600 ? [{ label: c.path, text: text('new, mode 600, and out of git and images', '新文件，权限 600，不进 git 和镜像') }] : [])),
      ...carried(machine, changes),
      ...saysLess(machine, broker, changes),
      ...(forgets(machine, broker) ? [{ label: name, text: text('has no volume: what waits in the queue is gone when it starts again', '没有卷：重新启动后，队列里等待的消息就没了') }] : []),
    ],
  };
}

const way = (make: (machine: Machine, broker: BrokerService) => Login | Refusal) => (finding: Finding, machine: Machine): Proposal | Refusal => {
  const broker = brokerServices(machine).find((b) => b.service.name === finding.detail['service']);
  const host = String(finding.detail['host']);
  if (!broker) return refuse(text(`${host} is not started by this project: the login is made where it runs`, `${host} 不是由这个项目启动的：登录信息要在它运行的地方设置`));
  const login = make(machine, broker);
  return isRefusal(login) ? login : proposal(machine, broker, login);
};

/** A user of its own: redis by an ACL file, RabbitMQ by its definitions; guest and nobody stay outside. */
export const ownUser: Fix = { id: 'own-user', safety: 'review', proven: true, propose: way(makeUser) };

/** One password for all of redis' clients. */
export const password: Fix = { id: 'password', safety: 'review', proven: true, propose: way(makePassword) };
