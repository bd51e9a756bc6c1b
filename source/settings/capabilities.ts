/** Linux capabilities by their bit, without `CAP_`; capabilities(7). */
export const CAPABILITIES = [
  'CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'LINUX_IMMUTABLE', 'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_ADMIN', 'NET_RAW',
  'IPC_LOCK', 'IPC_OWNER', 'SYS_MODULE', 'SYS_RAWIO', 'SYS_CHROOT', 'SYS_PTRACE', 'SYS_PACCT', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_NICE', 'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'MKNOD',
  'LEASE', 'AUDIT_WRITE', 'AUDIT_CONTROL', 'SETFCAP', 'MAC_OVERRIDE', 'MAC_ADMIN', 'SYSLOG', 'WAKE_ALARM', 'BLOCK_SUSPEND', 'AUDIT_READ', 'PERFMON', 'BPF', 'CHECKPOINT_RESTORE',
] as const;

/** What Docker gives a container that says nothing: 00000000a80425fb. */
export const BY_DEFAULT: readonly string[] = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'NET_RAW', 'SYS_CHROOT', 'MKNOD', 'AUDIT_WRITE', 'SETFCAP'];

/** `cap_chown`, `CAP_CHOWN` and `CHOWN` are the same; the engine takes any case. */
export const capability = (written: string): string => written.toUpperCase().replace(/^CAP_/, '');

export const capabilitiesIn = (mask: bigint): readonly string[] => CAPABILITIES.filter((_, bit) => ((mask >> BigInt(bit)) & 1n) === 1n);

export const maskOf = (names: readonly string[]): bigint => names.reduce((mask, name) => { const bit = (CAPABILITIES as readonly string[]).indexOf(name); return bit < 0 ? mask : mask | (1n << BigInt(bit)); }, 0n);

/** What is left when a container is told to drop and add these: as the engine works it out. */
export function kept(drop: readonly string[], add: readonly string[]): readonly string[] {
  const [drops, adds] = [new Set(drop.map(capability)), new Set(add.map(capability))];
  if (adds.has('ALL')) return CAPABILITIES.filter((c) => !drops.has(c));
  const own = drops.has('ALL') ? [] : BY_DEFAULT.filter((c) => !drops.has(c));
  return CAPABILITIES.filter((c) => own.includes(c) || adds.has(c));
}
