import { parseDotenv, values as dotenvValues } from '../files/dotenv.ts';
import type { Change, CreateFile } from '../model/change.ts';
import { generated } from '../model/generated.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { inDotenv, setEnvironment } from './broker-environment.ts';
import { speakersTo, type Speaker } from './broker-clients.ts';
import { addEnvFile, addFlags, all, inEnvFile, mainFile, mountFiles, unreachable, valuesOf, withLogin } from './broker-edits.ts';
import { leftOut } from './broker-left-out.ts';
import type { BrokerService } from './broker-service.ts';
import { celeryBefore } from './celery-version.ts';
import { written } from './compose-services.ts';
import { keptOut } from './kept-out.ts';
import { baseOf, shipped } from './service-files.ts';

export interface Login {
  readonly changes: readonly Change[];
  /** Services that speak to it and are started again with the login. */
  readonly clients: readonly string[];
}

const USER = 'app';
const file = (path: string, content: string, mode: number): CreateFile => ({ kind: 'create-file', path, text: content, mode });

/** Name of a secret and of its files, from the service's. */
export const secretName = (service: Service): string => (service.compose?.service ?? service.name).toLowerCase().replace(/[^a-z0-9_.-]/g, '-').replace(/^[^a-z0-9]+/, '');

/**
 * redis: `default` is switched off, the app's own user may do what a queue needs and not administer the server. Only the hash lies there.
 * Nobody can log in as `default`, and it keeps its rights: redis reads its own append-only file as that user, and without them what was
 * written in a transaction is refused there and gone (measured, 7.0.15: "NOPERM ACLs rules changed", the queue was empty).
 */
const acl = (secret: string): string => `user default off ~* &* +@all\nuser ${USER} on #${generated(secret, 'sha256')} ~* &* +@all -@admin -@dangerous +info +keys\n`;

const definitions = (secret: string, vhost: string): string => `${JSON.stringify({
  users: [{ name: USER, password_hash: generated(secret, 'rabbitmq'), hashing_algorithm: 'rabbit_password_hashing_sha256', tags: [] }],
  vhosts: [{ name: vhost }],
  permissions: [{ user: USER, vhost, configure: '.*', write: '.*', read: '.*' }],
}, undefined, 2)}\n`;

const RABBIT_CONF = '# guest may log in on this machine alone; users come from the file\nloopback_users.guest = true\nload_definitions = /etc/rabbitmq/own-user.json\n';

/** A virtual host of its own in the place of the one that everybody has. */
const vhostOf = (path: string): string => decodeURIComponent(path.replace(/^\//, '')).replace(/^\/$/, '');
const ownVhost = (path: string): string => (vhostOf(path) === '' ? `/${USER}` : path);

const pathOf = (address: string): string => /^[\w+-]+:\/\/[^/?]*([^?]*)/.exec(address)?.[1] ?? '';

/** A health check that reads the word of a redis which will not give it any more. */
function readsPong(machine: Machine, broker: BrokerService): boolean {
  const tests = (broker.service.compose ? written(machine.files, broker.service.compose) : []).flatMap(({ service }) => service.healthcheck?.test?.text ?? []);
  const image = shipped(machine, broker.service);
  const built = image?.stage.instructions.filter((i) => i.keyword === 'HEALTHCHECK').map((i) => i.args) ?? [];
  return [...tests, ...built].some((t) => t.includes('redis-cli') && /grep|PONG|-e\b/.test(t));
}

function tooOld(machine: Machine, broker: BrokerService): Refusal | undefined {
  const image = shipped(machine, broker.service);
  const tag = /:v?(\d+)(?:[.-]|$)/.exec(image ? baseOf(image) : (broker.service.image ?? ''))?.[1];
  if (broker.kind === 'redis' && broker.image === 'official' && tag !== undefined && Number(tag) < 6) return refuse(text(`redis ${tag} knows no users: they came with 6`, `redis ${tag} 没有用户这一功能：6 才有`));
  if (broker.kind === 'redis' && celeryBefore(machine, 5, 2)) return refuse(text('a name in the address is not read by every Celery before 5.2; a password alone is', '5.2 之前的 Celery 不一定认地址里的用户名；只写密码可以'));
  return undefined;
}

/** What the broker itself gets: the user and its hash, in a file that anybody may read. */
function atBroker(machine: Machine, broker: BrokerService, folder: string, secret: string, vhost: string): readonly Change[] | Refusal {
  const main = mainFile(machine, broker.service);
  if (!main) return refuse(text('it was not started by compose', '它不是由 compose 启动的'));
  if (broker.kind === 'redis') {
    if (broker.image === 'bitnami') return refuse(text('this image takes a password and no users', '这个镜像只认密码，不认用户'));
    if (broker.redis.aclFile !== undefined || broker.redis.include !== undefined || broker.redis.defaultUser !== undefined) return refuse(text('it has users of its own already: give them passwords there', '它已经有自己的用户设置：请在那里给他们设密码'));
    if (readsPong(machine, broker)) return refuse(text('its health check reads the answer of redis-cli, which would need the login as well', '它的健康检查要读 redis-cli 的回答，也会需要登录'));
    const name = `${secret}.acl`;
    const flags = addFlags(machine, broker, ['--aclfile', '/usr/local/etc/redis/users.acl']);
    return all([flags, mountFiles(main, [[name, '/usr/local/etc/redis/users.acl']]), file(`${folder}${name}`, acl(secret), 0o644)]);
  }
  if (broker.image === 'bitnami') return refuse(text('this image makes its user from RABBITMQ_USERNAME and RABBITMQ_PASSWORD, on an empty volume alone', '这个镜像只在空卷上根据 RABBITMQ_USERNAME 和 RABBITMQ_PASSWORD 创建用户'));
  const mounts = mountFiles(main, [[`${secret}.conf`, '/etc/rabbitmq/conf.d/90-own-user.conf'], [`${secret}-users.json`, '/etc/rabbitmq/own-user.json']]);
  return all([mounts, file(`${folder}${secret}.conf`, RABBIT_CONF, 0o644), file(`${folder}${secret}-users.json`, definitions(secret, vhost), 0o644)]);
}

/** A user of its own at the broker, and everybody who speaks to it with that login, from one env file. */
export function ownUser(machine: Machine, broker: BrokerService): Login | Refusal {
  const speakers = speakersTo(machine, broker);
  const stuck = unreachable(machine, broker, speakers) ?? tooOld(machine, broker);
  if (stuck) return stuck;
  const secret = secretName(broker.service);
  const directory = broker.service.compose?.directory ?? '';
  const folder = directory ? `${directory}/` : '';
  const envName = `.env.${secret}`;
  const login = `${USER}:${generated(secret)}`;
  const addressed = (s: Speaker): string => withLogin(s.address, login, broker.kind === 'rabbitmq' ? ownVhost : undefined);
  const vhosts = new Set(speakers.map((s) => vhostOf(ownVhost(pathOf(s.address)))));
  if (broker.kind === 'rabbitmq' && vhosts.size > 1) return refuse(text('its clients use several virtual hosts: each wants a user of its own', '它的客户端使用多个 vhost：每个都需要自己的用户'));
  const server = atBroker(machine, broker, folder, secret, [...vhosts][0] ?? USER);
  if (isRefusal(server)) return server;
  // An env file that git has would carry the password to everyone: a file of ours, read after it, says it instead, where one can be named.
  const beside = (s: Speaker): boolean => machine.tracked?.has(s.file.path) === true && s.services.every((c) => {
    const main = mainFile(machine, c);
    return main !== undefined && !isRefusal(addEnvFile(main, envName));
  });
  const inPlace = speakers.filter((s) => (s.by === 'env-file' && !beside(s)) || s.by === 'dotenv');
  const composed = speakers.filter((s) => s.by === 'compose');
  const moved = speakers.filter((s) => !inPlace.includes(s) && !composed.includes(s));
  const values = valuesOf(moved, addressed);
  if (isRefusal(values)) return values;
  const clients = [...new Set(speakers.flatMap((s) => s.services))];
  const readers = clients.filter((c) => moved.some((s) => s.services.includes(c)));
  const named = readers.map((c) => {
    const main = mainFile(machine, c);
    return main ? addEnvFile(main, envName) : refuse(text(`${c.name} was not started by compose`, `${c.name} 不是由 compose 启动的`));
  });
  // What `environment:` says wins over an env file: there compose fills the password in, from `.env`.
  const variable = `${secret.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_APP_PASSWORD`;
  const dotenv = `${folder}.env`;
  const known = machine.files.get(dotenv);
  if (composed.length > 0 && known && dotenvValues(parseDotenv(known.text))[variable]) return refuse(text(`${variable} is in ${dotenv} already`, `${dotenv} 里已有 ${variable}`));
  const filledIn = (s: Speaker): string => withLogin(s.address, `${USER}:\${${variable}}`, broker.kind === 'rabbitmq' ? ownVhost : undefined);
  const set = clients.flatMap((c) => {
    const given = valuesOf(composed.filter((s) => s.services.includes(c)), filledIn);
    return isRefusal(given) ? [given] : setEnvironment(machine, c, given);
  });
  const env = moved.length > 0 ? [file(`${folder}${envName}`, [...values].map(([name, value]) => `${name}=${value}\n`).join(''), 0o600)] : [];
  const changes = all([
    ...server, ...named,
    ...set,
    ...(composed.length > 0 ? inDotenv(machine, dotenv, variable, secret) : []),
    ...inPlace.map((s) => inEnvFile(s, addressed(s))),
    ...env,
    ...keptOut(machine, [...(env.length > 0 ? [`${folder}${envName}`] : []), ...(composed.length > 0 ? [dotenv] : []), ...inPlace.map((s) => s.file.path)]),
  ]);
  if (isRefusal(changes)) return changes;
  const names = clients.map((c) => c.name);
  return leftOut(machine, broker, names, changes) ?? { changes, clients: names };
}
