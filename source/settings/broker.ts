import type { Machine } from '../model/machine.ts';
import { celerySettings } from './celery.ts';
import { place } from './parsed.ts';
import type { Place } from '../model/setting.ts';

export interface Broker {
  /** `redis`, `amqp` …; without the login. */
  readonly scheme: string;
  readonly host: string;
  readonly password: boolean;
  readonly at: Place;
}

/** The broker as the project's code names it; undefined where it comes from elsewhere (environment, a function). */
export function broker(machine: Machine): Broker | undefined {
  for (const { name, file, assignment } of celerySettings(machine)) {
    if (name !== 'broker_url' || assignment.value.kind !== 'string') continue;
    const url = /^([a-z+]+):\/\/(?:([^@/]*)@)?([^/:]*)/.exec(assignment.value.value);
    if (!url) continue;
    // guest:guest is the password that everybody knows.
    const login = url[2] ?? '';
    return { scheme: url[1] ?? '', host: url[3] ?? '', password: /:.+/.test(login) && login !== 'guest:guest', at: place(file, assignment.valueSpan) };
  }
  return undefined;
}
