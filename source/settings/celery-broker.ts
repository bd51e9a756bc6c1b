import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import { Secret } from '../model/secret.ts';
import type { Service } from '../model/service.ts';
import { hostNames } from './broker-clients.ts';
import { brokerServices } from './broker-service.ts';
import { addressOf } from './broker.ts';
import { isLoopbackHost } from './brokers-named.ts';
import { appModule, runsCelery } from './celery-argv.ts';
import { applicationFile, settingsNamed, told, type CelerySetting } from './celery.ts';
import { liveOf } from './live.ts';
import { programsOf, type Program } from './program.ts';
import { workersOf } from './serializers.ts';
import { runningOf } from './service-files.ts';
import { variables } from './service-variables.ts';

const clear = (value: string | Secret | undefined): string | undefined => (value instanceof Secret ? value.reveal() : value);

/** The worker of a program of the machine. */
const programOf = (machine: Machine, service: Service): Program | undefined => programsOf(machine).find((p) => p.service === service && p.kind === 'celery' && p.words.some((w) => w.value === 'worker'));

/** A worker that runs now: in a container, or as a program of the machine. */
const isWorker = (machine: Machine, service: Service): boolean => (service.host
  ? service.host.running && programOf(machine, service) !== undefined
  : runningOf(machine, service).length > 0 && runsCelery(machine, service));

/** A place that decides for a worker: in its image, or below the folder that it works in; of several applications, its own. */
function decidesFor(machine: Machine, worker: Service, setting: CelerySetting): boolean {
  if (!worker.host) return workersOf(machine, setting).includes(worker);
  const program = programOf(machine, worker);
  const started = applicationFile(machine, appModule(program?.words.map((w) => w.value) ?? []));
  const { path } = setting.file;
  if (started && started.path !== path && applicationFile(machine, path)) return false;
  return program?.cwd !== undefined && posix.resolve(machine.root, path).startsWith(`${program.cwd.replace(/\/$/, '')}/`);
}

/** What its processes were given. */
const seen = (machine: Machine, service: Service, name: string): string | undefined => (service.host
  ? machine.host.processes.filter((p) => service.pids?.includes(p.pid)).map((p) => clear(p.env?.get(name))).find((v) => v !== undefined)
  : runningOf(machine, service).map((c) => clear(c.env.get(name))).find((v) => v !== undefined));

/** `CELERY_BROKER_URL`, which wins over the code (measured), else as its own code names it; undefined where that can't be told. */
function addressesOf(machine: Machine, worker: Service): readonly string[] | undefined {
  const given = (name: string): string | undefined => seen(machine, worker, name) || variables(machine, worker).get(name)?.value || undefined;
  const url = given('CELERY_BROKER_URL');
  if (url !== undefined) return [url];
  const all = settingsNamed(machine, 'broker_url').filter((s) => decidesFor(machine, worker, s));
  const addresses = all.map((s) => {
    const value = told(s);
    const variable = value.kind === 'unresolved' ? value.environment?.variable : undefined;
    return (variable === undefined ? undefined : given(variable)) ?? addressOf(machine, [worker], value);
  });
  const known = addresses.filter((a) => a !== undefined);
  return all.length > 0 && known.length === all.length ? known : undefined;
}

const PORTS: Readonly<Record<string, number>> = { redis: 6379, rediss: 6379, amqp: 5672, pyamqp: 5672, 'py-amqp': 5672, librabbitmq: 5672, amqps: 5671, mongodb: 27017 };

/** Every broker of an address: `;` stands between those that step in for one another. */
const ends = (address: string): readonly { readonly host: string; readonly port: number }[] => address.split(';').flatMap((one) => {
  const [, scheme = '', host = '', port] = /^([\w+-]+):\/\/(?:[^@/]*@)?([^/:;?]+)(?::(\d+))?/.exec(one) ?? [];
  return host === '' ? [] : [{ host, port: port === undefined ? (PORTS[scheme] ?? 0) : Number(port) }];
});

/** Names under which a container reaches the machine that it runs on. */
const MACHINE = /^(?:host\.docker\.internal|gateway\.docker\.internal|172\.1[7-9]\.0\.1|172\.[23]\d\.0\.1)$/;

/** Who answers there: by a name of its project's network, or on a port of the machine. */
function answering(machine: Machine, worker: Service, { host, port }: { readonly host: string; readonly port: number }): readonly Service[] {
  const onMachine = worker.host !== undefined || runningOf(machine, worker).some((c) => c.networkMode === 'host') ? isLoopbackHost(host) : MACHINE.test(host);
  if (onMachine) {
    return machine.services.filter((s) => (s.host
      ? liveOf(machine, s).some((l) => l.listeners.some((x) => x.port === port))
      : runningOf(machine, s).some((c) => c.ports.some((p) => p.hostPort === port))));
  }
  const own = machine.services.filter((s) => !s.host && s !== worker && hostNames(machine, s).includes(host));
  const mates = own.filter((s) => s.compose?.project === worker.compose?.project);
  return mates.length > 0 ? mates : own;
}

/**
 * Where a worker takes its jobs. Its word counts first: a redis that it is connected to may only keep its results. Where the word
 * can't be told, those that it is connected to; where nobody may look, every redis and RabbitMQ of its project: it may be one of them.
 */
function brokersOf(machine: Machine, worker: Service): readonly Service[] {
  const addresses = addressesOf(machine, worker);
  if (addresses) return addresses.flatMap(ends).flatMap((end) => answering(machine, worker, end));
  const known = brokerServices(machine).map((b) => b.service);
  if (machine.processSource === 'proc') return known.filter((s) => runningOf(machine, s).some((c) => c.connected?.some((one) => one.by && worker.containers.includes(one.by.id))));
  return known.filter((s) => s.compose !== undefined && s.compose.project === worker.compose?.project);
}

export interface Leaning {
  readonly worker: Service;
  /** Its brokers, among those that are started anew. */
  readonly of: readonly Service[];
}

/** Celery workers that run on while their broker is started anew. */
export const leaningOn = (machine: Machine, anew: readonly Service[]): readonly Leaning[] => machine.services.filter((s) => !anew.includes(s) && isWorker(machine, s)).flatMap((worker): readonly Leaning[] => {
  const of = brokersOf(machine, worker).filter((b) => anew.includes(b));
  return of.length > 0 ? [{ worker, of: [...new Set(of)] }] : [];
});
