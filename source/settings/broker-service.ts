import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { fileAt } from './file-at.ts';
import { imageName } from './reach-kind.ts';
import { perMachine } from './once.ts';
import { place } from './parsed.ts';
import { readRabbitConf, type RabbitConfig } from './rabbitmq-config.ts';
import { readAcl, readRedisArgs, readRedisConf, type RedisConfig } from './redis-config.ts';
import { programOf } from './roles.ts';
import { programIn } from './script-words.ts';
import { baseOf, runningOf, shipped } from './service-files.ts';
import { variables } from './service-variables.ts';
import { started } from './started.ts';
import { composeMounts } from './volumes.ts';

export type BrokerKind = 'redis' | 'rabbitmq';

/** A redis or RabbitMQ that this project runs, and whether it asks who talks to it. */
export interface BrokerService {
  readonly service: Service;
  readonly kind: BrokerKind;
  /** `official` takes flags behind its entrypoint; `bitnami` takes variables alone. */
  readonly image: 'official' | 'bitnami' | 'own';
  /** By what runs, or where nothing does, by the files. `guess`: its configuration lies where we can't see it. */
  readonly open: 'yes' | 'no' | 'guess';
  readonly seen: boolean;
  /** By the files alone: `no` beside an open one that runs means that it is older than they are. */
  readonly declared: 'yes' | 'no' | 'guess';
  /** The line that a way out would change: its command, else its name; absent where no file of the project starts it. */
  readonly at?: Place;
  /** Program and flags, as its files give them; empty where the image's own command stays. */
  readonly words: readonly string[];
  readonly redis: RedisConfig;
  readonly rabbit: RabbitConfig;
}

const REDIS = /^(?:redis|valkey|keydb)-server$/;
const RABBIT = /^rabbitmq-server$/;
const IMAGES: readonly [RegExp, BrokerKind][] = [[/^(?:redis|valkey|keydb|redis-stack(?:-server)?)$/, 'redis'], [/^rabbitmq$/, 'rabbitmq']];

const last = (word: string | undefined): string => word?.split('/').at(-1) ?? '';

/** From the server's own name on; an official image adds that name in front of flags and files by itself. */
function serverWords(words: readonly string[], ofImage: BrokerKind | undefined): { readonly kind: BrokerKind; readonly words: readonly string[] } | undefined {
  const at = words.findIndex((w) => REDIS.test(last(w)) || RABBIT.test(last(w)));
  if (at >= 0) return { kind: REDIS.test(last(words[at])) ? 'redis' : 'rabbitmq', words: words.slice(at) };
  const bare = words[0] === undefined || words[0].startsWith('-') || words[0].endsWith('.conf');
  return ofImage && bare ? { kind: ofImage, words: [ofImage === 'redis' ? 'redis-server' : 'rabbitmq-server', ...words] } : undefined;
}

const declaredWords = (machine: Machine, service: Service): readonly string[] => {
  const start = started(machine, service);
  if (!start) return [];
  const server = programIn(start, /^(?:(?:redis|valkey|keydb)-server|rabbitmq-server)$/);
  return (server ?? start.words).map((w) => w.value);
};

/** A file of the project that a running container has mounted, however it was started. */
function mountedAt(machine: Machine, service: Service, path: string): SourceFile | undefined {
  for (const m of runningOf(machine, service).flatMap((c) => c.mounts)) {
    if (m.type !== 'bind' || (path !== m.target && !path.startsWith(`${m.target}/`))) continue;
    const source = `${m.source}${path.slice(m.target.length)}`;
    if (source.startsWith(`${machine.root}/`)) return machine.files.get(source.slice(machine.root.length + 1));
  }
  return undefined;
}

function redisConfig(machine: Machine, service: Service, words: readonly string[]): RedisConfig & { readonly hidden: boolean } {
  const { file, ...flags } = readRedisArgs(words.slice(1));
  const conf = file === undefined || file === '-' ? undefined : (fileAt(machine, service, file) ?? mountedAt(machine, service, file));
  const stated = conf ? readRedisConf(conf.text) : {};
  const all = { ...stated, ...flags };
  const acl = all.aclFile === undefined ? undefined : fileAt(machine, service, all.aclFile);
  const users = acl ? readAcl(acl.text) : {};
  // What can't be read may say anything: a file elsewhere, an include.
  const hidden = (file !== undefined && !conf) || (all.aclFile !== undefined && !acl) || all.include !== undefined;
  return { ...all, ...(users.defaultUser ? { defaultUser: users.defaultUser } : {}), hidden };
}

type Answer = BrokerService['open'];

function redisOpen(config: RedisConfig & { readonly hidden: boolean }, image: BrokerService['image'], value: (name: string) => string | undefined, names: (name: string) => boolean): Answer {
  if (image === 'bitnami') return /^(?:yes|true|1)$/i.test(value('ALLOW_EMPTY_PASSWORD') ?? '') && !names('REDIS_PASSWORD') && !names('REDIS_PASSWORD_FILE') ? 'yes' : 'no';
  const args = names('REDIS_ARGS') ? readRedisArgs((value('REDIS_ARGS') ?? '').split(/\s+/)) : {};
  const all = { ...config, ...args };
  if (all.password === true || all.defaultUser === 'closed' || (config.aclFile !== undefined && config.hidden)) return 'no';
  if (names('REDIS_ARGS') && value('REDIS_ARGS') === undefined) return 'guess';
  const loopback = all.bind !== undefined && all.bind.every((b) => /^-?(?:127\.|::1$|localhost)/.test(b));
  if (loopback) return 'no';
  // Without a password a redis of one's own answers its own machine alone; the official image is built to answer all.
  const guarded = all.protectedMode ?? image === 'own';
  return config.hidden ? 'guess' : guarded ? 'no' : 'yes';
}

function rabbitConfig(machine: Machine, service: Service): RabbitConfig {
  const mounted = composeMounts(machine, service).map((m) => m.target).filter((t) => /^\/etc\/rabbitmq\/.*\.(?:conf|config)$/.test(t));
  const paths = ['/etc/rabbitmq/rabbitmq.conf', '/etc/rabbitmq/rabbitmq.config', ...mounted.sort()];
  return Object.assign({}, ...paths.flatMap((p) => { const f = fileAt(machine, service, p); return f ? [readRabbitConf(f.text)] : []; })) as RabbitConfig;
}

function rabbitOpen(config: RabbitConfig, image: BrokerService['image'], value: (name: string) => string | undefined, names: (name: string) => boolean): Answer {
  if (image === 'bitnami') return names('RABBITMQ_PASSWORD') || names('RABBITMQ_PASSWORD_FILE') ? 'no' : 'yes';
  const own = (name: string, said: string | undefined): boolean => (names(name) && value(name) !== 'guest') || names(`${name}_FILE`) || (said !== undefined && said !== 'guest');
  if (own('RABBITMQ_DEFAULT_USER', config.defaultUser) || own('RABBITMQ_DEFAULT_PASS', config.defaultPass)) return 'no';
  return (config.guestFromAfar ?? image === 'official') ? 'yes' : 'no';
}

function asBroker(machine: Machine, service: Service): BrokerService | undefined {
  const built = shipped(machine, service);
  const reference = built ? baseOf(built) : (service.image ?? '');
  const ofImage = IMAGES.find(([pattern]) => pattern.test(imageName(reference)))?.[1];
  const image = /(?:^|\/)bitnami(?:legacy)?\//.test(reference) ? 'bitnami' : ofImage ? 'official' : 'own';
  const declared = declaredWords(machine, service);
  const live = runningOf(machine, service)[0];
  const running = live?.processes.some((p) => REDIS.test(programOf(p.argv))) ? 'redis' : live?.processes.some((p) => p.argv.some((w) => /rabbit/.test(w)) && /beam/.test(p.argv[0] ?? '')) ? 'rabbitmq' : undefined;
  const liveWords = live ? [...live.entrypoint, ...live.cmd] : [];
  const found = (live && serverWords(liveWords, undefined)) ?? serverWords(declared, image === 'bitnami' ? undefined : ofImage) ?? (image === 'bitnami' && ofImage ? { kind: ofImage, words: [] } : undefined);
  const kind = running ?? found?.kind;
  if (!kind) return undefined;
  const env = variables(machine, service);
  const judged = (from: readonly string[], value: (name: string) => string | undefined, names: (name: string) => boolean): Answer =>
    kind === 'redis' ? redisOpen(redisConfig(machine, service, from), image, value, names) : rabbitOpen(rabbitConfig(machine, service), image, value, names);
  const ofFiles = serverWords(declared, image === 'bitnami' ? undefined : ofImage)?.words ?? [];
  const byFiles = judged(ofFiles, (name) => env.get(name)?.value, (name) => env.has(name) && env.get(name)?.value !== '');
  const seen = (name: string) => live?.env.get(name);
  const open = live ? judged(found?.words ?? [], (name) => { const v = seen(name); return typeof v === 'string' ? v : v?.reveal(); }, (name) => seen(name) !== undefined && seen(name) !== '') : byFiles;
  const at = placeOf(machine, service);
  const { words } = serverWords(declared, undefined) ?? { words: [] };
  return { service, kind, image, open, seen: live !== undefined, declared: byFiles, words, redis: redisConfig(machine, service, ofFiles), rabbit: rabbitConfig(machine, service), ...(at ? { at } : {}) };
}

/** Its command in compose, its name there, or the line of its Dockerfile. */
function placeOf(machine: Machine, service: Service): Place | undefined {
  const all = service.compose ? written(machine.files, service.compose) : [];
  const said = all.find((w) => w.service.command);
  const main = all.at(-1);
  if (said?.service.command) return place(said.file, said.service.command);
  return main ? place(main.file, main.service.keySpan) : started(machine, service)?.at;
}

/** Every redis and RabbitMQ of the project. */
export const brokerServices = perMachine((machine: Machine): readonly BrokerService[] => machine.services.flatMap((s) => asBroker(machine, s) ?? []));
