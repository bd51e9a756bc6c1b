import type { Machine } from '../model/machine.ts';
import type { Vital } from '../model/proof.ts';
import type { Text } from '../model/text.ts';
import { containersNow } from './running.ts';
import { silentWords, worseWords } from './said-vital.ts';
import { isSilent } from './worker-answers.ts';

/** A service that does not answer as before, once all is back: what it says now, and what may help. */
export interface Unwell {
  readonly service: string;
  readonly said: Text;
  /** Starts it again; absent where that is more than one command. */
  readonly command?: readonly string[];
}

function restart(machine: Machine, name: string): readonly string[] | undefined {
  const host = machine.services.find((s) => s.name === name)?.host;
  if (host) return host.by === 'systemd' && host.manager === undefined ? ['systemctl', 'restart', host.name] : undefined;
  const names = containersNow(machine, name).map((c) => c.name);
  return names.length > 0 ? ['docker', 'restart', ...names] : undefined;
}

/** One line for each: the first of its answers that is another. */
export function unwellOf(vitals: readonly Vital[], machine: Machine): readonly Unwell[] {
  const bad = vitals.filter((v) => v.result === 'WORSE' || isSilent(v));
  return bad.filter((v, i) => bad.findIndex((o) => o.service === v.service) === i).map((v): Unwell => {
    const command = restart(machine, v.service);
    return { service: v.service, said: isSilent(v) ? silentWords(v) : worseWords(v, vitals), ...(command ? { command } : {}) };
  });
}
