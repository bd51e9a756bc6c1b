import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import type { BrokerService } from './broker-service.ts';
import { brokerAt, addressOf } from './broker.ts';
import { settingsNamed, told, type CeleryName } from './celery.ts';
import { written } from './compose-services.ts';
import { perMachine } from './once.ts';
import { place } from './parsed.ts';
import { carriersOf } from './serializers.ts';
import { variables, type Variable } from './service-variables.ts';

/** A place that names a broker's address, and what a login would have to be put into. */
export interface Speaker {
  /** `code`: Celery's own variable overrules it (measured). `other`: nothing we could change it with. */
  readonly by: 'code' | 'overruled' | Variable['by'] | 'dotenv' | 'other';
  readonly at: Place;
  readonly file: SourceFile;
  readonly address: string;
  /** The variable that decides it, or will. */
  readonly variable: string;
  readonly services: readonly Service[];
}

const CELERY: readonly CeleryName[] = ['broker_url', 'result_backend'];
const VARIABLE = { broker_url: 'CELERY_BROKER_URL', result_backend: 'CELERY_RESULT_BACKEND' } as Readonly<Record<string, string>>;
const KIND = { redis: /^(?:redis|rediss)$/, rabbitmq: /^(?:py-?amqp|amqps?|librabbitmq)$/ };

/** Names under which the others of its project reach a service. */
export function hostNames(machine: Machine, service: Service): readonly string[] {
  const all = service.compose ? written(machine.files, service.compose).map((w) => w.service) : [];
  const hostname = all.flatMap((s) => { const h = s.keys.get('hostname')?.value; return h?.kind === 'scalar' ? [h.value] : []; });
  return [...new Set([service.compose?.service ?? service.name, ...hostname, ...all.flatMap((s) => [...s.networks.flatMap((n) => n.aliases), ...(s.containerName ? [s.containerName.value] : [])])])];
}

/** Whether an address leads to this broker. */
export function leadsTo(machine: Machine, broker: BrokerService): (address: string) => boolean {
  const names = hostNames(machine, broker.service);
  return (address) => {
    const found = brokerAt(address);
    return found !== undefined && KIND[broker.kind].test(found.scheme) && names.includes(found.host);
  };
}

/** The other services of its project. */
export const peers = (machine: Machine, broker: BrokerService): readonly Service[] =>
  machine.services.filter((s) => s !== broker.service && s.compose?.project === broker.service.compose?.project);

/** What the code of Celery applications names, for the services that carry it. */
function inCode(machine: Machine, speaks: (address: string) => boolean, among: readonly Service[]): readonly Speaker[] {
  return CELERY.flatMap((name) => settingsNamed(machine, name)).flatMap((s): Speaker[] => {
    const services = carriersOf(machine, s.file.path).filter((c) => among.includes(c));
    const value = told(s);
    const env = value.kind === 'unresolved' ? value.environment?.variable : undefined;
    const variable = env ?? VARIABLE[s.name] ?? s.name;
    // Where the environment has it, that is the place which decides.
    const here = services.filter((c) => !variables(machine, c).has(variable) && !variables(machine, c).has(VARIABLE[s.name] ?? ''));
    const address = value.kind === 'string' ? value.value : addressOf(machine, [], value);
    if (address === undefined || !speaks(address)) return [];
    return [{ by: services.length > 0 && here.length === 0 ? 'overruled' : 'code', at: place(s.file, { start: s.assignment.nameSpan.start, end: s.assignment.valueSpan.end }), file: s.file, address, variable, services: here }];
  });
}

/** `NAME: ${OTHER}`: the line of the `.env` beside it that gives OTHER its value. */
function inDotenv(machine: Machine, v: Variable): Variable['file'] | undefined {
  const folder = v.file.path.split('/').slice(0, -1).join('/');
  return machine.files.get(folder ? `${folder}/.env` : '.env');
}

function inVariables(machine: Machine, speaks: (address: string) => boolean, among: readonly Service[]): readonly Speaker[] {
  const found = new Map<string, Speaker>();
  for (const service of among) {
    for (const v of variables(machine, service).values()) {
      if (v.value === undefined || !speaks(v.value)) continue;
      const whole = v.interpolated ? /[:=]\s*["']?\$\{?(\w+)\}?["']?\s*$/.exec(v.file.text.slice(v.span.start, v.span.end))?.[1] : undefined;
      const dotenv = whole ? inDotenv(machine, v) : undefined;
      const by = !v.interpolated ? v.by : dotenv ? 'dotenv' : 'other';
      const file = dotenv ?? v.file;
      const key = `${file.path}:${by === 'dotenv' ? whole : v.span.start}`;
      const known = found.get(key);
      found.set(key, { by, file, at: place(v.file, v.span), address: v.value, variable: whole && dotenv ? whole : v.name, services: [...(known?.services ?? []), service] });
    }
  }
  return [...found.values()];
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Behind any of these stands what holds only where the environment has no such variable. */
const FALLBACK = /(?:\b(?:environ\.(?:get|setdefault)|getenv|env(?:\.\w+)?|config)\(\s*["'](\w+)["']\s*(?:,\s*(?:default\s*=\s*)?|\)\s*or\s+)["']|\$\{(\w+):?-)$/;

/** Whether what stands there is overruled in all services that carry the file: the variable decides, and is told by itself. */
function isFallback(machine: Machine, file: SourceFile, index: number, among: readonly Service[]): boolean {
  const [, python, shell] = FALLBACK.exec(file.text.slice(Math.max(0, index - 120), index)) ?? [];
  const name = python ?? shell;
  const carriers = name === undefined ? [] : carriersOf(machine, file.path).filter((c) => among.includes(c));
  return name !== undefined && carriers.length > 0 && carriers.every((c) => variables(machine, c).get(name)?.value !== undefined);
}

/** Lines that speak to it in a way we can't give a login to: an address in other code, a bare host name. */
function elsewhere(machine: Machine, broker: BrokerService, known: readonly Speaker[]): readonly Speaker[] {
  const names = hostNames(machine, broker.service).map(escaped).join('|');
  const schemes = broker.kind === 'redis' ? 'rediss?' : 'py-?amqp|amqps?|librabbitmq';
  const address = new RegExp(String.raw`\b(?:${schemes})://(?:[^\s"'@/]*@)?(?:${names})(?![\w.-])[^\s"']*|\b\w*host\w*["']?\s*[:=]\s*["']?(?:${names})["']?(?=[\s,;)}]|$)`, 'gi');
  const mine = new Set([...(broker.service.compose?.files ?? [])]);
  const folder = broker.service.compose?.directory ?? '';
  return [...machine.files.values()].filter((f) => /\.(?:py|ini|conf|cfg|ya?ml|sh)$|\.env/.test(f.path) && (folder === '' || f.path.startsWith(`${folder}/`))).flatMap((file) =>
    [...file.text.matchAll(address)].flatMap((m): Speaker[] => {
      const at = place(file, { start: m.index, end: m.index + m[0].length });
      const line = file.text.slice(file.text.lastIndexOf('\n', m.index) + 1, m.index);
      const covered = known.some((s) => (s.at.file === file.path && s.at.line <= at.line && at.line <= s.at.endLine) || (s.file.path === file.path && s.by === 'dotenv' && line.includes(`${s.variable}=`)));
      const itself = mine.has(file.path) && /^\s*(?:hostname|container_name)\s*:/.test(line + m[0]);
      return covered || itself || /^\s*[#;]/.test(line) || isFallback(machine, file, m.index, peers(machine, broker)) ? [] : [{ by: 'other', at, file, address: m[0], variable: '', services: [] }];
    }));
}

/** Whether tasks wait there: by what Celery's code names, or by the variable that it reads there. */
export function carriesTasks(machine: Machine, broker: BrokerService): boolean {
  const speaks = leadsTo(machine, broker);
  const among = peers(machine, broker);
  return CELERY.flatMap((name) => settingsNamed(machine, name)).some((s) => {
    const address = addressOf(machine, carriersOf(machine, s.file.path).filter((c) => among.includes(c)), told(s));
    return address !== undefined && speaks(address);
  });
}

/** Everybody of the project who speaks to a broker, by their files. */
export function speakersTo(machine: Machine, broker: BrokerService): readonly Speaker[] {
  const known = answers(machine).get(broker);
  if (known) return known;
  const speaks = leadsTo(machine, broker);
  const among = peers(machine, broker);
  const sure = [...inCode(machine, speaks, among), ...inVariables(machine, speaks, among)];
  const all = [...sure.filter((s) => s.by !== 'overruled'), ...elsewhere(machine, broker, sure)];
  answers(machine).set(broker, all);
  return all;
}
const answers = perMachine(() => new WeakMap<BrokerService, readonly Speaker[]>());

