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

/** Diagnosed again on the previewed texts, with all that is started anew out of sight: nothing of the old counts. */
export function foresee(machine: Machine, risks: readonly Risk[], findings: readonly Finding[], steps: readonly Step[]): Plan['foreseen'] {
  const replaced = new Set([...startedAnew({ steps }), ...leftToHand({ steps })]);
  const away = new Set(machine.services.filter((s) => replaced.has(s.name)).flatMap((s) => s.containers));
  const ended = new Set(machine.services.filter((s) => replaced.has(s.name)).flatMap((s) => s.pids ?? []));
  const changes = steps.flatMap(written);
  const made = changes.flatMap((c) => (c.kind === 'create-file' ? [c.path] : []));
  const after: Machine = {
    ...machine,
    files: filesAfter(machine, changes),
    host: only(machine.host, (pid) => !ended.has(pid)),
    containers: machine.containers.filter((c) => !away.has(c.id)),
    services: machine.services.map((s) => (replaced.has(s.name) ? { ...s, ...(s.compose ? { compose: withOverride(s.compose, made, machine.files) } : {}), containers: [], ...(s.pids ? { pids: [] } : {}) } : s)),
  };
  const then = diagnose(after, risks).findings.filter((f) => f.confidence !== 'guess');
  const stays = (f: Finding): boolean => then.some((t) => t.risk === f.risk && t.aspect === f.aspect && t.subjects.some((s) => f.subjects.some((o) => o.kind === s.kind && o.name === s.name)));
  const known = (t: Finding): boolean => findings.some((f) => f.risk === t.risk && f.aspect === t.aspect && f.subjects.some((s) => t.subjects.some((o) => o.kind === s.kind && o.name === s.name)));
  return { gone: findings.filter((f) => !stays(f)).map((f) => f.id), left: findings.filter(stays).map((f) => f.id), fresh: then.filter((t) => !known(t)).map((t) => t.title.en) };
}
