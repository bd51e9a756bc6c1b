import type { Machine } from '../model/machine.ts';
import { Secret } from '../model/secret.ts';
import type { Service } from '../model/service.ts';
import { hostNames } from './broker-clients.ts';
import { brokerServices, type BrokerKind } from './broker-service.ts';
import { brokerUrl } from './broker.ts';
import { workerArgv } from './celery-argv.ts';
import { runningOf } from './service-files.ts';

/** Where the messages of a worker wait: a broker that this project runs, and how to ask it. */
export interface Waiting {
  readonly broker: Service;
  readonly kind: BrokerKind;
  /** What the worker was told to take from; empty: whatever the broker knows. */
  readonly queues: readonly string[];
  readonly user: string;
  readonly password?: Secret;
  /** redis: the number of its database; RabbitMQ: the virtual host. */
  readonly place: string;
}

/** `-Q a,b` in each of its spellings. */
function queuesOf(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex((w) => w === '-Q' || w === '--queues');
  const said = at >= 0 ? argv[at + 1] : argv.flatMap((w) => /^(?:--queues=|-Q)(.+)$/.exec(w)?.[1] ?? [])[0];
  return said?.split(',').map((q) => q.trim()).filter(Boolean) ?? [];
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** As the running worker has it, which knows what compose filled in; else as the files say. */
function address(machine: Machine, worker: Service, path: string): string | undefined {
  const seen = runningOf(machine, worker).map((c) => c.env.get('CELERY_BROKER_URL')).find((v) => v !== undefined && v !== '');
  return seen instanceof Secret ? seen.reveal() : (seen ?? brokerUrl(machine, [worker], path));
}

/** The broker behind a worker, where this project runs it and its address is known. */
export function waitingFor(machine: Machine, worker: Service, path: string): Waiting | undefined {
  const url = /^(rediss?|py-?amqp|amqps?|librabbitmq):\/\/(?:([^:@/]*)(?::([^@]*))?@)?([^/:;?]+)(?::\d+)?(?:\/([^?;]*))?/.exec(address(machine, worker, path) ?? '');
  if (!url) return undefined;
  const [, , user = '', password, host = '', rest = ''] = url;
  const found = brokerServices(machine).find((b) => hostNames(machine, b.service).includes(host));
  if (!found) return undefined;
  const place = found.kind === 'redis' ? (/^\d+$/.test(rest) ? rest : '0') : decoded(rest) || '/';
  return { broker: found.service, kind: found.kind, queues: queuesOf(workerArgv(machine, worker)), user: decoded(user), ...(password ? { password: new Secret(decoded(password)) } : {}), place };
}
