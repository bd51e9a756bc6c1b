import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { firstOfApp } from './host-state.ts';
import type { Program } from './program.ts';

/** A user of this machine that a service is to run as. */
export interface HostAccount {
  readonly name: string;
}

/** What useradd takes on every distribution: 32 characters, no capitals (useradd(8)). */
const accountName = (wish: string): string => {
  const name = wish.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^[^a-z_]+/, '').slice(0, 31).replace(/-+$/, '');
  return name === '' || RESERVED.has(name) ? `${name === '' ? 'app' : name}-app` : name;
};

/** Accounts that every system has, and that other services share. */
const RESERVED = new Set(['root', 'daemon', 'bin', 'sys', 'nobody', 'www-data', 'nginx', 'redis', 'mail', 'games', 'man', 'lp', 'news', 'proxy', 'backup', 'list']);

/** An account of the app's own, named after it: after its first program where several keep the same data. */
export function appAccount(machine: Machine, program: Program, wish: string): HostAccount {
  const first = firstOfApp(machine, program);
  return { name: accountName(first === program || first.name === program.name ? wish : (first.unit?.name ?? first.name).replace(/@?\.service$/, '')) };
}

/** The change that makes an account on this machine; none for a unit that is only kept here and runs elsewhere. */
export const makeAccount = (service: Service, account: HostAccount): readonly Change[] =>
  service.host?.running ? [{ kind: 'make-account', name: account.name }] : [];
