import type { Change } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Risk } from '../model/risk.ts';
import { withOverride } from '../settings/compose-services.ts';
import { only } from '../settings/live.ts';
import { diagnose } from './diagnose.ts';
import { filesAfter } from './edits.ts';
import { leftToHand, startedAnew } from './taken.ts';

/** What only a person writes is foreseen as written. */
const written = ({ change }: Step): readonly Change[] => (change.kind === 'by-hand' ? (change.files ?? []) : [change]);

/** A supervisord that reads all of its configuration again keeps its pid, and opens its own socket and port anew. */
const readAgain = (machine: Machine, steps: readonly Step[]): readonly string[] => steps.flatMap(({ change }) =>
  change.kind === 'restart-host' && change.how === 'reload' ? machine.services.filter((s) => s.host && s.pids?.[0] === change.master).map((s) => s.name) : []);

const about = (a: Finding, b: Finding): boolean => a.risk === b.risk && a.aspect === b.aspect && a.subjects.some((s) => b.subjects.some((o) => o.kind === s.kind && o.name === s.name));

/** All that is started anew is out of sight: nothing of the old counts. */
function unseen(machine: Machine, replaced: ReadonlySet<string>, made: readonly string[]): Machine {
  const away = new Set(machine.services.filter((s) => replaced.has(s.name)).flatMap((s) => s.containers));
  const ended = new Set(machine.services.filter((s) => replaced.has(s.name)).flatMap((s) => s.pids ?? []));
  return {
    ...machine,
    host: only(machine.host, (pid) => !ended.has(pid)),
    containers: machine.containers.filter((c) => !away.has(c.id)),
    services: machine.services.map((s) => (replaced.has(s.name) ? { ...s, ...(s.compose ? { compose: withOverride(s.compose, made, machine.files) } : {}), containers: [], ...(s.pids ? { pids: [] } : {}) } : s)),
  };
}

/**
 * Diagnosed again on the previewed texts. A finding that was seen in what runs alone is not found in any text, so that
 * it is missing says nothing: one that nobody chose is gone only where the old texts show it and the new ones do not.
 */
export function foresee(machine: Machine, risks: readonly Risk[], findings: readonly Finding[], steps: readonly Step[]): Plan['foreseen'] {
  const replaced = new Set([...startedAnew({ steps }), ...leftToHand({ steps }), ...readAgain(machine, steps)]);
  const changes = steps.flatMap(written);
  const made = changes.flatMap((c) => (c.kind === 'create-file' ? [c.path] : []));
  const told = replaced.size === 0 ? findings : diagnose(unseen(machine, replaced, []), risks).findings;
  const then = diagnose({ ...unseen(machine, replaced, made), files: filesAfter(machine, changes) }, risks).findings;
  const sure = then.filter((f) => f.confidence !== 'guess');
  const chosen = new Set(steps.flatMap((s) => s.because));
  const isIn = (some: readonly Finding[], f: Finding): boolean => some.some((o) => about(o, f));
  const goes = (f: Finding): boolean => (chosen.has(f.id) ? !isIn(sure, f) : isIn(told, f) && !isIn(then, f));
  return {
    gone: findings.filter(goes).map((f) => f.id),
    left: findings.filter((f) => !goes(f)).map((f) => f.id),
    fresh: sure.filter((t) => !isIn(findings, t) && !isIn(told, t)).map(({ severity, title }) => ({ severity, title })),
  };
}
