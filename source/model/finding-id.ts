import { createHash } from 'node:crypto';

/** Stable across runs and moved lines: the risk, the deciding file (or live subject) and the symbol in it. 12 hex digits. */
export const findingId = (risk: string, owner: string, symbol: string): string =>
  createHash('sha256').update([risk, owner, symbol].join('\0')).digest('hex').slice(0, 12);
