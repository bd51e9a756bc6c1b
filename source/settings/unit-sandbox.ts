import type { Machine } from '../model/machine.ts';
import type { Program } from './program.ts';
import { startsAs } from './starts-as.ts';
import { unitEntries, type Unit } from './unit.ts';
import { lowPorts, serviceValue, yes } from './unit-service.ts';

/** Any of these is a sandbox that somebody thought about (systemd.exec(5), "Sandboxing"). */
const MARKS = ['NoNewPrivileges', 'ProtectSystem', 'SystemCallFilter', 'CapabilityBoundingSet', 'RestrictAddressFamilies', 'RootDirectory', 'RootImage'] as const;

export const sandboxed = (unit: Unit): boolean => yes(serviceValue(unit, 'DynamicUser')) || MARKS.filter((key) => serviceValue(unit, key) !== undefined && serviceValue(unit, key) !== 'no').length >= 2;

const words = (unit: Unit): string => ['ExecStart', 'ExecStartPre', 'Environment', 'WorkingDirectory', 'EnvironmentFile', 'PIDFile'].flatMap((key) => unitEntries(unit, 'Service', key)).map((e) => e.value).join('\n');

/** One line of the sandbox, and why it is left out where it is. */
export interface SandboxLine {
  readonly key: string;
  readonly value: string;
}

/**
 * What holds for a web app without being told more: each line was on in our trial with a Python server, which went on
 * answering (exposure 9.2 before, 1.7 after, systemd 252). Left out is what the unit itself speaks against.
 */
export function sandboxLines(machine: Machine, program: Program, unit: Unit): readonly SandboxLine[] {
  const text = words(unit);
  const home = /(?:^|[\s="])\/(?:home|root)\//m.test(text);
  const start = startsAs(machine, program);
  const [port] = lowPorts(program);
  const ambient = serviceValue(unit, 'AmbientCapabilities');
  const lines: (SandboxLine | undefined)[] = [
    /\bsudo\b/.test(text) ? undefined : { key: 'NoNewPrivileges', value: 'yes' },
    { key: 'ProtectSystem', value: 'full' },
    home ? undefined : { key: 'ProtectHome', value: 'yes' },
    text.includes('/tmp/') ? undefined : { key: 'PrivateTmp', value: 'yes' },
    /\/dev\/(?!null|zero|shm|u?random|std|log)/.test(text) ? undefined : { key: 'PrivateDevices', value: 'yes' },
    ...['ProtectKernelTunables', 'ProtectKernelModules', 'ProtectKernelLogs', 'ProtectControlGroups', 'ProtectClock', 'ProtectHostname', 'RestrictRealtime', 'RestrictSUIDSGID', 'RestrictNamespaces', 'LockPersonality'].map((key) => ({ key, value: 'yes' })),
    { key: 'RestrictAddressFamilies', value: 'AF_UNIX AF_INET AF_INET6' },
    { key: 'SystemCallArchitectures', value: 'native' },
    { key: 'SystemCallFilter', value: '@system-service' },
    // A root master needs some to step down and to signal its workers; which ones is its own affair.
    !start || start.root ? undefined : { key: 'CapabilityBoundingSet', value: ambient ?? (port === undefined ? '' : 'CAP_NET_BIND_SERVICE') },
  ];
  return lines.flatMap((l) => (l && serviceValue(unit, l.key) === undefined ? [l] : []));
}
