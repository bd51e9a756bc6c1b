import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { written } from './compose-services.ts';
import { binds } from './listen.ts';
import { liveOf } from './live.ts';
import { perMachine, perService } from './once.ts';
import type { Reach } from './reach.ts';
import { programOf } from './roles.ts';
import { baseOf, shipped } from './service-files.ts';
import { started } from './started.ts';
import { programs } from './supervisord.ts';

/** What stands behind a port: a store, a broker or an admin page; the web; something we have no name for. */
export type Behind = { readonly kind: 'store'; readonly name: string } | { readonly kind: 'web' } | { readonly kind: 'other' };

/** Stores, brokers and admin pages by their images and programs. Every TCP port of such an image is meant for the inside. */
const BY_NAME: readonly [RegExp, string][] = [
  [/^(?:redis|valkey|keydb|dragonfly)(?:-server|-stack(?:-server)?|-sentinel)?$/, 'Redis'], [/^(?:postgres|postgresql|postgis|timescaledb|pgvector|pgbouncer)$/, 'PostgreSQL'],
  [/^(?:mysql|mysqld|mysql-server|mariadb|mariadbd|percona|percona-server)$/, 'MySQL'], [/^(?:mongo|mongod|mongodb|mongodb-community-server)$/, 'MongoDB'],
  [/^(?:rabbitmq|rabbitmq-server|beam\.smp)$/, 'RabbitMQ'], [/^memcached$/, 'memcached'], [/^(?:elasticsearch|opensearch)$/, 'Elasticsearch'], [/^kibana$/, 'Kibana'],
  [/^(?:cassandra|scylla)$/, 'Cassandra'], [/^(?:influxdb|influxd)$/, 'InfluxDB'], [/^couchdb$/, 'CouchDB'], [/^neo4j$/, 'Neo4j'], [/^clickhouse(?:-server)?$/, 'ClickHouse'],
  [/^(?:nats|nats-server)$/, 'NATS'], [/^(?:kafka|cp-kafka|redpanda)$/, 'Kafka'], [/^(?:zookeeper|cp-zookeeper)$/, 'ZooKeeper'], [/^etcd$/, 'etcd'], [/^consul$/, 'Consul'], [/^solr$/, 'Solr'],
  [/^(?:eclipse-)?mosquitto$/, 'Mosquitto'], [/^(?:mssql-?server|mssql)$/, 'SQL Server'], [/^minio$/, 'MinIO'], [/^(?:qdrant|weaviate|meilisearch)$/, 'a search store'],
  [/^(?:adminer|phpmyadmin|pgadmin4?|mongo-express|redis-commander|redisinsight|flower|portainer(?:-ce|-ee)?|rq-dashboard)$/, 'an admin page'],
];

/** Ports that only such programs use, for an image whose name says nothing. */
const BY_PORT = new Map<number, string>([
  [6379, 'Redis'], [5432, 'PostgreSQL'], [3306, 'MySQL'], [27017, 'MongoDB'], [5672, 'RabbitMQ'], [5671, 'RabbitMQ'], [15672, 'RabbitMQ'], [15671, 'RabbitMQ'], [9200, 'Elasticsearch'], [9300, 'Elasticsearch'],
  [11211, 'memcached'], [5555, 'Flower'], [9191, 'uWSGI stats'], [9001, 'supervisord'], [1433, 'SQL Server'], [5984, 'CouchDB'], [9042, 'Cassandra'], [2379, 'etcd'], [2375, 'Docker'], [2376, 'Docker'], [9092, 'Kafka'], [2181, 'ZooKeeper'], [4369, 'RabbitMQ'], [25672, 'RabbitMQ'],
]);

const WEB_PROGRAM = /^(?:gunicorn|uwsgi|nginx|angie|openresty|apache2|httpd|caddy|node|uvicorn|hypercorn|daphne|traefik|haproxy|envoy|granian|waitress-serve|puma|flask)/;
const webPort = (p: number | undefined): boolean => p !== undefined && (p === 80 || p === 443 || (p >= 8000 && p < 9000) || p === 3000 || p === 5000);

/** `bitnami/redis:7` and `docker.io/library/redis@sha256:…` are redis. */
export const imageName = (reference: string): string => (reference.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? '';

/** Names of what runs or would: live programs, the command's words, the image. */
const namesOf = perService((machine: Machine, service: Service): readonly string[] => {
  const live = liveOf(machine, service).flatMap((l) => l.processes).flatMap((p) => [programOf(p.argv), ...(programOf(p.argv) === 'celery' && p.argv.includes('flower') ? ['flower'] : [])]);
  const words = (started(machine, service)?.words ?? []).map((w) => w.value.split('/').at(-1) ?? '');
  const image = shipped(machine, service);
  const celery = words.includes('celery') && words.includes('flower') ? ['flower'] : [];
  const first = words.filter((w) => !w.startsWith('-')).slice(0, 3);
  return [...live, ...first, ...celery, imageName(image ? baseOf(image) : (service.image ?? ''))];
});

const knownStore = (names: readonly string[]): string | undefined => names.flatMap((n) => BY_NAME.find(([pattern]) => pattern.test(n))?.[1] ?? [])[0];

/** What a service's open port leads to. An app that was told to listen on 5555 itself is an app. */
export function behind(machine: Machine, service: Service, { inside, outside, protocol }: Reach): Behind {
  const names = namesOf(machine, service);
  const own = binds(machine, service).some((b) => b.port === inside);
  const store = own ? undefined : (knownStore(names) ?? BY_PORT.get(inside));
  if (store !== undefined) return { kind: 'store', name: store };
  const web = protocol === 'tcp' && (own || names.some((n) => WEB_PROGRAM.test(n)) || programs(machine, service).some((p) => WEB_PROGRAM.test(programOf(p.words.map((w) => w.value)))) || webPort(inside) || webPort(outside));
  return web ? { kind: 'web' } : { kind: 'other' };
}

const PROXY = /^(?:nginx|angie|openresty|haproxy|caddy|traefik|envoy|httpd|apache2|nginx-proxy)/;
export const isProxy = (machine: Machine, service: Service): boolean => namesOf(machine, service).some((n) => PROXY.test(n));

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Statements of proxies' configurations that name where requests go on to; a whole `location` may stand on one line. */
const targets = perMachine((machine: Machine): readonly string[] =>
  [...machine.files.values()].filter((f) => /\.(?:conf|cfg|template)$|Caddyfile/.test(f.path))
    .flatMap((f) => f.text.split('\n').flatMap((l) => (l.length < 2000 ? l.replace(/(?:^|\s)#.*/, '').split(/[;{}]/) : [])).filter((l) => l.length < 500 && /^\s*(?:(?:proxy|uwsgi|fastcgi|scgi|grpc)_pass|server|ProxyPass\w*|BalancerMember|reverse_proxy|set)\b/.test(l))));

/** The proxies of the same project that already hand requests on to a service. */
export function proxiesOf(machine: Machine, service: Service): readonly Service[] {
  if (isProxy(machine, service)) return [];
  const peers = machine.services.filter((s) => s !== service && s.compose?.project !== undefined && s.compose.project === service.compose?.project && isProxy(machine, s));
  if (peers.length === 0) return [];
  const all = service.compose ? written(machine.files, service.compose).map((w) => w.service) : [];
  const names = [service.compose?.service ?? service.name, ...all.flatMap((s) => [...s.networks.flatMap((n) => n.aliases), ...(s.containerName ? [s.containerName.value] : [])])];
  const named = new RegExp(String.raw`(?<=//|\s)(?:${names.map(escaped).join('|')})(?=[:/;\s]|$)`);
  const labelled = all.some((s) => s.labels.some((l) => /^traefik\.(?:http|enable)/.test(l.name) && l.value !== 'false') || s.environment.some((e) => e.name === 'VIRTUAL_HOST'));
  return targets(machine).some((line) => named.test(line)) || labelled ? peers : [];
}

export const proxyOf = (machine: Machine, service: Service): Service | undefined => proxiesOf(machine, service)[0];

/** They look a name up when they start, and keep the address (nginx 1.22, measured); the others ask again. */
const LOOKS_UP_ONCE = /^(?:nginx|angie|openresty|haproxy|httpd|apache2)/;
export const looksUpOnce = (machine: Machine, service: Service): boolean => namesOf(machine, service).some((n) => LOOKS_UP_ONCE.test(n));
