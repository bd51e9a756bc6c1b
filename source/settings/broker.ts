import type { PyValue } from '../files/python.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { settingsNamed, told } from './celery.ts';
import { variables } from './service-variables.ts';

export interface Broker {
  /** `redis`, `amqp` …; without the login. */
  readonly scheme: string;
  readonly host: string;
  /** Named without a login, or with the one that everybody knows: whoever reaches it may write into the queue. */
  readonly open: boolean;
}

/** Brokers behind an address of their own; the others (`sqs`, `memory`, `filesystem` …) ask for something else. */
const BY_ADDRESS = /^(?:rediss?|sentinel|py-?amqp|amqps?|librabbitmq|mongodb)$/;

export function brokerAt(address: string): Broker | undefined {
  const url = /^([\w+-]+):\/\/(?:([^@/]*)@)?([^/:;?]*)/.exec(address);
  if (!url) return undefined;
  const [, scheme = '', login = '', host = ''] = url;
  return { scheme, host, open: BY_ADDRESS.test(scheme) && host !== '' && (!/:.+/.test(login) || login === 'guest:guest') };
}

/** A variable as the service has it; one that is there without a value that can be told is not looked for elsewhere. */
const variable = (machine: Machine, service: Service, name: string): string | undefined => variables(machine, service).get(name)?.value;

/** An address as the code names it: a text, or a variable of the services with what stands in for it. */
export function addressOf(machine: Machine, services: readonly Service[], value: PyValue): string | undefined {
  if (value.kind === 'string') return value.value;
  if (value.kind !== 'unresolved' || !value.environment) return undefined;
  const { variable: name, fallback } = value.environment;
  const given = services.map((s) => variable(machine, s, name)).find((v) => v !== undefined && v !== '');
  return given ?? (fallback?.kind === 'string' ? fallback.value : undefined);
}

/**
 * The address of an application's broker: `CELERY_BROKER_URL` of its workers' environment, which wins over the code (measured), else
 * as the code names it; undefined where neither tells.
 */
export function brokerUrl(machine: Machine, services: readonly Service[], path: string): string | undefined {
  const given = services.map((s) => variable(machine, s, 'CELERY_BROKER_URL')).find((v) => v !== undefined && v !== '');
  if (given !== undefined) return given;
  const all = settingsNamed(machine, 'broker_url');
  // Another application's broker only where its own file names none.
  for (const s of [...all.filter((o) => o.file.path === path), ...all]) {
    const address = addressOf(machine, services, told(s));
    if (address !== undefined && brokerAt(address)) return address;
  }
  return undefined;
}

/** Who that is, and whether it asks for a login. */
export function broker(machine: Machine, services: readonly Service[], path: string): Broker | undefined {
  const address = brokerUrl(machine, services, path);
  return address === undefined ? undefined : brokerAt(address);
}
