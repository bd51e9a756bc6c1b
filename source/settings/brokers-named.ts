import type { Machine, SourceFile } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';
import { hostNames } from './broker-clients.ts';
import { brokerServices } from './broker-service.ts';
import { addressOf, brokerAt, type Broker } from './broker.ts';
import { settingsNamed, told } from './celery.ts';
import { perMachine } from './once.ts';
import { place } from './parsed.ts';
import { readRedisConf } from './redis-config.ts';
import { carriersOf } from './serializers.ts';
import { variables } from './service-variables.ts';

/** A broker that this project names and does not run: an address, and where it stands. */
export interface NamedBroker {
  readonly host: string;
  readonly scheme: string;
  readonly open: boolean;
  readonly tls: boolean;
  readonly address: string;
  readonly at: readonly Place[];
  /** A value for when the environment gives none. */
  readonly guess: boolean;
  readonly services: readonly string[];
}

const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[?::1\]?|0\.0\.0\.0)$/;
export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host);

/** Variables by which Celery, or what stands around it, is told its broker. */
const TELLS = /^(?:CELERY_(?:BROKER_URL|BROKER|RESULT_BACKEND|RESULT_BACKEND_URL)|BROKER_URL|RESULT_BACKEND)$/;

const known = (found: Broker | undefined): found is Broker => found !== undefined && /^[\w.-]+$/.test(found.host) && /^(?:rediss?|py-?amqp|amqps?|librabbitmq)$/.test(found.scheme);

/** Celery's brokers and result stores outside the project's own services, one for each host and scheme. */
export const namedBrokers = perMachine((machine: Machine): readonly NamedBroker[] => {
  const own = new Set(brokerServices(machine).flatMap((b) => hostNames(machine, b.service)));
  const all = new Map<string, NamedBroker>();
  const add = (address: string, at: Place, guess: boolean, services: readonly string[]): void => {
    const found = brokerAt(address);
    if (!known(found) || own.has(found.host)) return;
    const key = `${found.scheme}\0${found.host}\0${found.open}`;
    const there = all.get(key);
    const tls = /^(?:rediss|amqps)$/.test(found.scheme);
    all.set(key, {
      host: found.host, scheme: found.scheme, open: found.open, tls, address,
      at: [...(there?.at ?? []), at], guess: guess && (there?.guess ?? true), services: [...new Set([...(there?.services ?? []), ...services])],
    });
  };
  for (const s of [...settingsNamed(machine, 'broker_url'), ...settingsNamed(machine, 'result_backend')]) {
    const carriers = carriersOf(machine, s.file.path);
    const value = told(s);
    const variable = s.name === 'broker_url' ? 'CELERY_BROKER_URL' : 'CELERY_RESULT_BACKEND';
    if (carriers.length > 0 && carriers.every((c) => variables(machine, c).has(variable))) continue;
    const address = addressOf(machine, carriers, value);
    const fallback = value.kind === 'unresolved' && addressOf(machine, [], value) === address;
    if (address !== undefined) add(address, place(s.file, { start: s.assignment.nameSpan.start, end: s.assignment.valueSpan.end }), fallback, carriers.map((c) => c.name));
  }
  for (const service of machine.services) {
    for (const v of variables(machine, service).values()) if (TELLS.test(v.name) && v.value !== undefined) add(v.value, place(v.file, v.span), false, [service.name]);
  }
  return [...all.values()];
});

export interface RedisConfFile {
  readonly file: SourceFile;
  readonly at: Place;
  readonly open: 'yes' | 'guess';
}

/** redis.conf of a server that something else here starts, or somebody by hand: no password, and more than this machine may ask. */
export const looseRedisConfs = perMachine((machine: Machine): readonly RedisConfFile[] => {
  const used = brokerServices(machine).flatMap((b) => [...b.words, ...(b.service.build ? [b.service.build.context] : [])]);
  return [...machine.files.values()].filter((f) => /(?:^|\/)redis[^/]*\.conf$/.test(f.path) && !used.some((w) => w.endsWith(f.path.split('/').at(-1) ?? '') || (w !== '' && f.path.startsWith(`${w}/`)))).flatMap((file): RedisConfFile[] => {
    const c = readRedisConf(file.text);
    if (c.password || c.defaultUser === 'closed' || c.aclFile !== undefined || c.include !== undefined || c.plainPort === 0) return [];
    if (c.bind !== undefined && c.bind.every((b) => LOOPBACK.test(b.replace(/^-/, '')) && b !== '0.0.0.0')) return [];
    // Told to listen outside, redis before 7 takes that for leave; from 7 on it still answers its own machine alone.
    if (c.protectedMode !== false && c.bind === undefined) return [];
    const line = /^[ \t]*(?:protected-mode|bind)\b.*$/m.exec(file.text);
    const start = line?.index ?? 0;
    return [{ file, at: place(file, { start, end: start + (line?.[0].length ?? 0) }), open: c.protectedMode === false ? 'yes' : 'guess' }];
  });
});
