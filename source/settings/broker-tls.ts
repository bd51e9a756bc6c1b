import { X509Certificate } from 'node:crypto';
import { assignments, parsePython, stringLike, type PyValue } from '../files/python.ts';
import type { Change, EditFile, SpanEdit } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { spaced, text } from '../model/text.ts';
import { addItems, all, mainFile, setInEnv } from './broker-edits.ts';
import { brokerAt } from './broker.ts';
import { asksWhoIsThere } from './broker-tls-amqp.ts';
import { settingsNamed, told } from './celery.ts';
import { runsCelery } from './celery-argv.ts';
import { editOf } from './edit.ts';
import { carriersOf } from './serializers.ts';
import { variables } from './service-variables.ts';
import { written } from './compose-services.ts';

/** Where the authority's certificate is in every container that speaks to the broker. */
const CA = '/run/broker-ca.pem';

/** A certificate that may vouch for others, as far as its text tells. */
function isAuthority(file: SourceFile): boolean {
  if (!/-----BEGIN CERTIFICATE-----/.test(file.text) || /PRIVATE KEY/.test(file.text)) return false;
  try {
    return new X509Certificate(file.text).ca;
  } catch {
    return false;
  }
}

/** The one certificate of an authority that lies in the project; several, and nobody can tell which is the broker's. */
export function authority(machine: Machine): SourceFile | Refusal {
  const found = [...machine.files.values()].filter(isAuthority);
  const named = found.filter((f) => /(?:^|[/_.-])(?:redis|rabbit|broker|amqp)/i.test(f.path));
  const [only, ...more] = named.length > 0 ? named : found;
  if (!only) return refuse(text('no certificate of an authority lies in this project, and without one nobody can tell whom the address leads to', '项目里没有证书机构的证书；没有它，就无法确认地址那头是谁'));
  if (more.length > 0) return refuse(text(`${found.length} certificates of authorities lie here: which one vouches for the broker can't be told`, `这里有 ${found.length} 张证书机构的证书：看不出哪一张是给消息队列作保的`));
  return only;
}

/** Settings that hand TLS options over beside the address. */
export const sslOptions = (machine: Machine): readonly { readonly file: SourceFile; readonly source: string }[] =>
  [...machine.files.values()].filter((f) => f.path.endsWith('.py') && /use_ssl|USE_SSL/.test(f.text)).flatMap((file) =>
    assignments(file.text).filter((a) => /^(?:CELERY_|celery_)?(?:broker_use_ssl|redis_backend_use_ssl|BROKER_USE_SSL|REDIS_BACKEND_USE_SSL)$/.test(a.name)).map((a) => ({ file, source: file.text.slice(a.valueSpan.start, a.valueSpan.end) })));

/** Those that make a plain address TLS: of a bare `True` kombu makes nothing for redis, and goes on in the clear (its source, 5.2.4). */
export const makesTls = (address: string, options: readonly { readonly source: string }[]): boolean =>
  options.some(({ source }) => !/^(?:None|False|0|\{\s*\})$/.test(source) && !(/^True$/.test(source) && /^rediss?:/.test(address)));

/** TLS that asks nobody who he is: by the address itself or by the options. */
export const unverified = (address: string, options: readonly { readonly source: string }[]): boolean =>
  /ssl_cert_reqs=(?:CERT_NONE|none|optional|CERT_OPTIONAL)/i.test(address) || options.some((o) => /CERT_(?:NONE|OPTIONAL)|cert_reqs["']?\s*[:=]\s*(?:None|0|["']none["'])/.test(o.source));

const PORTS: Readonly<Record<string, readonly [from: string, to: string]>> = { redis: ['6379', '6380'], amqp: ['5672', '5671'] };

interface OverAddress {
  readonly address: string;
  readonly port: number;
}

/** The same place, spoken to by TLS on the port that is usual for it, and only if its certificate is vouched for. */
function secured(address: string): OverAddress {
  const [, scheme = '', login = '', host = '', port, rest = ''] = /^(\w+):\/\/((?:[^@/]*@)?)([^/:;?]*)(?::(\d+))?(.*)$/.exec(address) ?? [];
  const plain = scheme.replace(/^(?:py-?amqp|amqps)$/, 'amqp').replace(/^rediss$/, 'redis');
  const [from, to = ''] = PORTS[plain] ?? [];
  const [path = '', query = ''] = rest.split('?');
  const kept = query.split('&').filter((q) => q !== '' && !/^ssl_/.test(q));
  // RabbitMQ's client takes no such words from an address: it ends with a TypeError (measured).
  const asks = plain === 'redis' ? [...kept, 'ssl_cert_reqs=required', `ssl_ca_certs=${CA}`] : kept;
  const there = port !== undefined && (port !== from || scheme === 'rediss' || scheme === 'amqps') ? port : to;
  const through = scheme === 'rediss' && port === undefined ? '' : `:${there}`;
  return { address: `${plain}s://${login}${host}${through}${path}${asks.length > 0 ? `?${asks.join('&')}` : ''}`, port: Number(through === '' ? from : there) };
}
export const tlsAddress = (address: string): string => secured(address).address;

interface Found {
  readonly edit: EditFile | Refusal;
  readonly services: readonly Service[];
}

const swapped = (file: SourceFile, at: PyValue, address: string): SpanEdit => ({ start: at.start, end: at.end, text: stringLike(parsePython(file.text), address, at) });

/** Every address of one host: in the code, as what stands in for a variable, in the environment. */
function places(machine: Machine, host: string): readonly Found[] {
  const mine = (address: string | undefined): address is string => address !== undefined && brokerAt(address)?.host === host;
  const code = [...settingsNamed(machine, 'broker_url'), ...settingsNamed(machine, 'result_backend')].flatMap((s): Found[] => {
    const value = told(s);
    const at = value.kind === 'string' ? value : value.kind === 'unresolved' ? value.environment?.fallback : undefined;
    if (at?.kind !== 'string' || !mine(at.value)) return [];
    return [{ edit: editOf(s.file, [swapped(s.file, at, tlsAddress(at.value))]), services: carriersOf(machine, s.file.path) }];
  });
  const env = machine.services.flatMap((service) => [...variables(machine, service).values()].flatMap((v): Found[] => {
    if (!mine(v.value)) return [];
    const now = tlsAddress(v.value);
    if (v.by === 'env-file' && !v.interpolated) return [{ edit: setInEnv(v.file, v.name, now), services: [service] }];
    const entry = (service.compose ? written(machine.files, service.compose) : []).flatMap((w) => w.service.environment.filter((e) => e.name === v.name && w.file === v.file)).at(0);
    const raw = entry?.valueSpan && v.file.text.slice(entry.valueSpan.start, entry.valueSpan.end);
    if (v.by !== 'compose' || v.interpolated || !entry?.valueSpan || entry.shared || raw === undefined) return [{ edit: refuse(text(`${v.name} of ${service.name} can't be edited safely`, `${service.name} 的 ${v.name} 无法安全编辑`)), services: [service] }];
    return [{ edit: editOf(v.file, [{ ...entry.valueSpan, text: /^["']/.test(raw) ? JSON.stringify(now) : now }]), services: [service] }];
  }));
  return [...code, ...env];
}

export interface OverTls {
  readonly changes: readonly Change[];
  readonly services: readonly string[];
  readonly workers: readonly string[];
  readonly ca: string;
  readonly port: number;
}

/** The addresses of a broker elsewhere, changed to TLS that asks who is there; the authority's certificate mounted for it. */
export function overTls(machine: Machine, host: string, address: string): OverTls | Refusal {
  const rabbit = /^(?:py-?amqp|amqps?):/.test(address);
  if (!rabbit && !/^rediss?:/.test(address)) return refuse(text('how this client takes a certificate was not measured here: the lines are below', '没有实测过这种客户端怎样接受证书：写法见下'));
  if (sslOptions(machine).length > 0) return refuse(text('broker_use_ssl or redis_backend_use_ssl is set: those options decide, and are changed there', '设置了 broker_use_ssl 或 redis_backend_use_ssl：由它们决定，请在那里修改'));
  const ca = authority(machine);
  if (isRefusal(ca)) return ca;
  const found = places(machine, host);
  const services = [...new Set(found.flatMap((f) => f.services))];
  const stray = services.find((s) => !s.compose || !mainFile(machine, s));
  if (services.length === 0 || stray) return refuse(text(`${stray?.name ?? 'who speaks to it'} is not started by compose: the certificate is put where it is started`, `${spaced(stray?.name ?? '连接它的程序').trimStart()}不是由 compose 启动的：证书要放到启动它的地方`));
  const directory = services[0]?.compose?.directory ?? '';
  const source = directory && ca.path.startsWith(`${directory}/`) ? ca.path.slice(directory.length + 1) : directory ? undefined : ca.path;
  if (source === undefined) return refuse(text(`${ca.path} lies outside the folder of the compose file`, `${ca.path} 不在 compose 文件所在的目录里`));
  const mounts = services.flatMap((s) => {
    const main = mainFile(machine, s);
    return main ? [addItems(main, 'volumes', [`./${source}:${CA}:ro`])] : [];
  });
  const changes = all([...found.map((f) => f.edit), ...(rabbit ? asksWhoIsThere(machine, services, CA) : []), ...mounts]);
  if (isRefusal(changes)) return changes;
  const { port } = secured(address);
  return { changes, services: services.map((s) => s.name), workers: services.filter((s) => runsCelery(machine, s)).map((s) => s.name), ca: ca.path, port };
}

