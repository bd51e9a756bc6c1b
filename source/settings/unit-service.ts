import type { Machine } from '../model/machine.ts';
import { heldBy } from './code-folder.ts';
import { appAccount, type HostAccount } from './host-account.ts';
import type { Program } from './program.ts';
import { unitEntries, unitEntry, type Unit } from './unit.ts';

/** A yes of systemd's (systemd.syntax(7)). */
export const yes = (value: string | undefined): boolean => value !== undefined && /^(?:1|yes|y|true|t|on)$/i.test(value);

export const serviceValue = (unit: Unit, key: string): string | undefined => unitEntry(unit, 'Service', key)?.value;

/** `+` and `!` in front of a command: it runs with every privilege, whatever `User=` says (systemd.service(5)). */
export const privileged = (unit: Unit): boolean => /^[-@:|]*[+!]/.test(serviceValue(unit, 'ExecStart') ?? '');

/** All that a unit's commands and environment name: where it writes is mostly among them. */
const words = (unit: Unit): string => ['ExecStart', 'ExecStartPre', 'ExecStartPost', 'Environment', 'PIDFile', 'StandardOutput', 'StandardError'].flatMap((key) => unitEntries(unit, 'Service', key)).map((e) => e.value).join('\n');

/** What a machine needs root for: the service is the tool, not an app. */
const TOOLS = /^(?:docker|docker-compose|dockerd|containerd|podman|systemctl|certbot|ufw|iptables|nft|mount|modprobe|sysctl|chown|chmod|mkdir|rm|install|apt-get|apt|dnf|yum|rsync|tar|logrotate|find|true)$/;
export const isTool = (program: Program): boolean => TOOLS.test(program.kind);

export interface Directories {
  readonly key: 'RuntimeDirectory' | 'LogsDirectory' | 'StateDirectory' | 'CacheDirectory';
  readonly name: string;
}

const BELOW: Record<Directories['key'], string> = { RuntimeDirectory: '/run', LogsDirectory: '/var/log', StateDirectory: '/var/lib', CacheDirectory: '/var/cache' };

/** Where systemd makes it. */
export const folderOf = ({ key, name }: Directories): string => `${BELOW[key]}/${name}`;

const PLACES: readonly [Directories['key'], RegExp][] = [
  ['RuntimeDirectory', /(?:\/var)?\/run\/([\w.-]+)\//g],
  ['LogsDirectory', /\/var\/log\/([\w.-]+)\//g],
  ['StateDirectory', /\/var\/lib\/([\w.-]+)\//g],
  ['CacheDirectory', /\/var\/cache\/([\w.-]+)\//g],
];

/** Folders below /run and /var that its command names: systemd makes them and gives them to the service's user. */
export function directories(machine: Machine, program: Program): readonly Directories[] {
  const { unit } = program;
  if (!unit) return [];
  const text = `${words(unit)}\n`;
  // What it runs lies there: code, which is never the service's own.
  const command = (serviceValue(unit, 'ExecStart') ?? '').replace(/^[-@:|+!]*/, '');
  return PLACES.flatMap(([key, pattern]) => {
    if (serviceValue(unit, key) !== undefined) return [];
    const names = new Set([...text.matchAll(pattern)].map((m) => m[1] ?? '').filter((n) => n !== '' && n !== 'systemd' && !command.startsWith(`${folderOf({ key, name: n })}/`)));
    // systemd gives all that lies in them to the user: code and configuration beside the data would go along.
    return [...names].map((name) => ({ key, name })).filter((d) => heldBy(machine, program, folderOf(d)) === undefined).slice(0, 1);
  });
}

/** TCP ports below 1024 that the unit's processes hold, or that its command names. */
export function lowPorts(program: Program): readonly number[] {
  const live = program.live.listeners.filter((l) => l.port < 1024).map((l) => l.port);
  if (live.length > 0) return [...new Set(live)];
  const said = [...program.words.map((w) => w.value).join(' ').matchAll(/(?:^|[\s=:\]])(?:0\.0\.0\.0|127\.0\.0\.1|\[::\]|\*)?:(\d{1,4})(?=\s|$|,)|--port[= ](\d{1,4})(?=\s|$)/g)].map((m) => Number(m[1] ?? m[2]));
  return [...new Set(said.filter((p) => p > 0 && p < 1024))];
}

/** The account that a unit's program is to run as, and what makes it where it is missing. */
export const unitAccount = (machine: Machine, program: Program): HostAccount => appAccount(machine, program, (program.unit?.name ?? program.name).replace(/@?\.service$/, ''));
