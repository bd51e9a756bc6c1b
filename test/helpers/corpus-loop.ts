// The recommended fix of one service, and how it ended: judged by what the test itself sees, not by what the tool says of itself.
import assert from 'node:assert/strict';
import type { Outcome, Started } from './corpus.ts';
import { docker } from './engine.ts';
import { configuration, inspect } from './inspected.ts';
import { processesOf } from './processes.ts';
import type { Told } from './program.ts';
import { until } from './requests.ts';
import { said } from './scan.ts';
import { vitalsOf, type Vitals } from './vitals.ts';

export interface Ended {
  readonly outcome: Outcome;
  /** The tool's own words: why it was refused, or taken back; of what broke, the test's. */
  readonly why: string;
  readonly seconds: number;
}

interface Before {
  readonly ids: readonly string[];
  /** Containers with the moment that they were started. */
  readonly standing: unknown;
  readonly configs: Readonly<Record<string, unknown>>;
}

const nameOf = (id: string): string => inspect(id)['Name'] as string;

const standing = (service: Started): unknown => service.ids().map((id) => { const c = inspect(id); return [c['Id'], c['State'].StartedAt, c['RestartCount']]; });

function note(service: Started): Before {
  return { ids: service.ids(), standing: standing(service), configs: configs(service) };
}

/** Configuration by container, with the image that it runs. */
const configs = (service: Started): Record<string, unknown> => Object.fromEntries(service.ids().map((id) => [nameOf(id), { ...configuration(inspect(id)), Image: inspect(id)['Image'] }]));

/** Processes of uid 0 that are no master by design. */
function roots(service: Started): readonly string[] {
  const masters = service.shown.masters ?? [];
  const isMaster = (args: readonly string[]): boolean => masters.some((m) => args.slice(0, 3).some((word) => word.split(/[/ :]/).includes(m)));
  return service.ids().flatMap((id) => processesOf(id).filter((p) => p.uid === 0 && !isMaster(p.args)).map((p) => `${nameOf(id)}: ${p.args.join(' ')}`));
}

/** The sentences that say why, out of all that was said. */
function reason({ stderr }: Told): string {
  const all = stderr.split('\n').map((l) => l.trim()).filter(Boolean);
  const at = all.findIndex((l) => /^(?:Breaks|Failed|Left out|Nothing else applies|Building .* gives another)/.test(l));
  const rest = at < 0 ? all.slice(-6) : all.slice(at);
  const end = rest.findIndex((l) => /^(?:Not tried|Nothing was|Everything was|Not part|What that means)|\(userns-remap\)$/.test(l));
  const told = (end < 0 ? rest : rest.slice(0, end)).slice(0, 8);
  return told.filter((l, i) => told.indexOf(l) === i).join(' ');
}

async function judge(service: Started, vitals: Vitals, before: Before, told: Told): Promise<Omit<Ended, 'seconds'>> {
  const same = JSON.stringify(standing(service)) === JSON.stringify(before.standing);
  await vitals.all();
  if (told.code === 0 && same) return roots(service).length === 0 ? { outcome: 'nothing to do', why: '' } : { outcome: 'refused', why: reason(told) };
  if (told.code === 0) {
    assert.deepEqual(roots(service), [], 'it is said to hold, and these are still root');
    for (const id of service.ids()) assert.equal(inspect(id)['RestartCount'], 0);
    return { outcome: 'held', why: '' };
  }
  if (same) return { outcome: 'refused', why: reason(told) };
  assert.equal(told.code, 3, said(told));
  assert.deepEqual(configs(service), before.configs, 'taken back, and not as it was');
  return { outcome: 'rolled back', why: reason(told) };
}

/** Starts, fixes, judges; what is not as it was before counts as broken, whoever noticed it. */
export async function fixOf(service: Started, { undo, rehearse }: { readonly undo: boolean; readonly rehearse: boolean }, log: (text: string) => void): Promise<Ended> {
  const { shown } = service;
  const vitals = vitalsOf(service);
  await until('it answers', () => vitals.answers().then(() => true, () => false), shown.slow ?? 30);
  await vitals.all();
  const before = note(service);
  const start = Date.now();
  const told = await service.harden('fix', '--yes', '--risk', shown.risk ?? 'root-container', ...(shown.words ?? []), ...(rehearse ? ['--rehearse'] : []));
  const seconds = Math.round((Date.now() - start) / 1000);
  log(said(told));
  try {
    const ended = await judge(service, vitals, before, told);
    if (!undo || ended.outcome !== 'held') return { ...ended, seconds };
    const undone = await service.harden('undo', '--yes');
    assert.equal(undone.code, 0, said(undone));
    await until('it answers', () => vitals.answers().then(() => true, () => false), shown.slow ?? 30);
    await vitals.all();
    assert.deepEqual(configs(service), before.configs, 'undone, and not as it was');
    return { ...ended, seconds };
  } catch (error) {
    const logs = service.ids().map((id) => docker('logs', '--tail', '20', id)).join('\n');
    return { outcome: 'broke', why: `${error instanceof Error ? error.message : String(error)}\n${said(told)}\n${logs}`, seconds };
  }
}
