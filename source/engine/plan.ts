import type { Change, OwnMount, RunsAs, SetFolder } from '../model/change.ts';
import { SEVERITIES, type Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Choice, Owed, Plan, Step } from '../model/plan.ts';
import { isRefusal, type Proposal, type Risk } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text, type Text } from '../model/text.ts';
import { programOf } from '../settings/roles.ts';
import { diagnose } from './diagnose.ts';
import { filesAfter, isFileChange, joinFiles } from './edits.ts';
import { ways } from './offers.ts';
import { notReplaceable } from './replaceable.ts';

interface Taken {
  readonly choice: Choice;
  readonly finding: Finding;
  readonly proposal: Proposal;
}

const affects = (finding: Finding, service: string): boolean => finding.subjects.some((s) => s.kind === 'service' && s.name === service);

/** A choice that needs another finding fixed brings that along, with the way recommended for it. */
function withNeeds(machine: Machine, risks: readonly Risk[], findings: readonly Finding[], choices: readonly Choice[], without: ReadonlySet<string>): readonly Choice[] {
  const all = choices.filter((c) => !without.has(c.finding));
  for (let i = 0; i < all.length; i++) {
    const choice = all[i];
    const risk = risks.find((r) => r.id === choice?.risk);
    const finding = findings.find((f) => f.id === choice?.finding);
    const proposal = finding && risk?.fixes.find((f) => f.id === choice?.fix)?.propose(finding, machine);
    if (!proposal || isRefusal(proposal)) continue;
    for (const need of proposal.needs ?? []) {
      const other = findings.find((f) => f.risk === need.risk && affects(f, need.service));
      if (!other || without.has(other.id) || all.some((c) => c.finding === other.id)) continue;
      const otherRisk = risks.find((r) => r.id === other.risk);
      const way = otherRisk && ways(other, otherRisk, machine).find((w) => w.recommended);
      if (way) all.push({ finding: other.id, risk: other.risk, fix: way.fix.id });
    }
  }
  return all;
}

const WARM_SECONDS = 60;

/** A one-off that has ended (a migration) shares images with what runs, and is not started again by us. */
const runsNow = (machine: Machine, service: Service): boolean => machine.containers.some((c) => service.containers.includes(c.id) && (c.running || c.restarting));

const runsAs = (service: Service, machine: Machine, taken: readonly Taken[]): RunsAs => {
  const celery = machine.containers.some((c) => service.containers.includes(c.id) && c.processes.some((p) => programOf(p.argv) === 'celery'));
  const grace = celery ? { seconds: WARM_SECONDS } : {};
  if (service.compose) return { service: service.name, compose: service.compose, ...grace };
  const plain = machine.containers.find((c) => c.id === service.containers[0]);
  const remap = taken.flatMap((t) => t.proposal.remap ?? []).filter((r) => r.service === service.name).map(({ from, to }) => ({ from, to }));
  return { service: service.name, ...grace, ...(plain ? { container: { id: plain.id, name: plain.name, ...(remap.length > 0 ? { remap } : {}) } } : {}) };
};

interface Draft {
  readonly change: Change;
  readonly because: readonly string[];
}

/** Files first, then images, then stop, own, start: no step leaves a state in which neither the old nor the new runs. */
function draft(machine: Machine, taken: readonly Taken[], files: readonly Change[]): readonly Draft[] {
  const serving = (want: (p: Proposal) => boolean): string[] => taken.filter((t) => want(t.proposal)).map((t) => t.finding.id);
  const drafts: Draft[] = files.map((change) => ({
    change,
    because: serving((p) => p.changes.some((c) => isFileChange(c) && isFileChange(change) && c.path === change.path)),
  }));
  const rebuilt = new Set(taken.flatMap((t) => t.proposal.rebuild));
  const replaced = new Set(taken.flatMap((t) => [...t.proposal.rebuild, ...t.proposal.replace]));
  const live = machine.services.filter((s) => replaced.has(s.name) && runsNow(machine, s));
  for (const service of machine.services) {
    if (!rebuilt.has(service.name) || !service.build || !service.image || service.containers.length === 0) continue;
    drafts.push({
      change: { kind: 'build-image', service: service.name, image: service.image, build: service.build, ...(service.compose ? { compose: service.compose } : {}) },
      because: serving((p) => p.rebuild.includes(service.name)),
    });
  }
  if (live.length === 0) return drafts;
  const because = serving((p) => [...p.rebuild, ...p.replace].some((name) => live.some((s) => s.name === name)));
  const services = live.map((s) => runsAs(s, machine, taken));
  drafts.push({ change: { kind: 'stop-services', services }, because });
  const owned: (OwnMount | SetFolder)[] = [];
  const alike = (a: Change, b: OwnMount | SetFolder): boolean => a.kind === b.kind && a.mount.source === b.mount.source;
  for (const { proposal } of taken) {
    for (const change of proposal.changes) {
      if ((change.kind === 'own-mount' || change.kind === 'set-folder') && !owned.some((o) => alike(change, o))) owned.push(change);
    }
  }
  for (const change of owned) drafts.push({ change, because: serving((p) => p.changes.some((c) => alike(c, change))) });
  drafts.push({ change: { kind: 'start-services', services }, because });
  return drafts;
}

/** Diagnosed again on the previewed texts, with the replaced containers out of sight: nothing of the old counts. */
export function foresee(machine: Machine, risks: readonly Risk[], findings: readonly Finding[], steps: readonly Step[]): Plan['foreseen'] {
  const replaced = new Set(steps.flatMap(({ change }) => (change.kind === 'start-services' ? change.services.map((s) => s.service) : [])));
  const away = new Set(machine.services.filter((s) => replaced.has(s.name)).flatMap((s) => s.containers));
  const after: Machine = {
    ...machine,
    files: filesAfter(machine, steps.map((s) => s.change)),
    containers: machine.containers.filter((c) => !away.has(c.id)),
    services: machine.services.map((s) => (replaced.has(s.name) ? { ...s, containers: [] } : s)),
  };
  const then = diagnose(after, risks).findings.filter((f) => f.confidence !== 'guess');
  const stays = (f: Finding): boolean => then.some((t) => t.risk === f.risk && t.subjects.some((s) => f.subjects.some((o) => o.kind === s.kind && o.name === s.name)));
  const known = (t: Finding): boolean => findings.some((f) => f.risk === t.risk && f.subjects.some((s) => t.subjects.some((o) => o.kind === s.kind && o.name === s.name)));
  return { gone: findings.filter((f) => !stays(f)).map((f) => f.id), left: findings.filter(stays).map((f) => f.id), fresh: then.filter((t) => !known(t)).map((t) => t.title.en) };
}

interface Refused {
  readonly choice: Choice;
  readonly reason: Text;
}

interface Attempt {
  readonly taken: readonly Taken[];
  readonly refused: readonly Refused[];
  readonly files: readonly Change[];
}

/** The worst first: where two want the same lines, it is the one that stays. */
function attempt(machine: Machine, risks: readonly Risk[], findings: readonly Finding[], choices: readonly Choice[]): Attempt {
  const taken: Taken[] = [];
  const refused: Refused[] = [];
  let files: readonly Change[] = [];
  const worst = (c: Choice): number => SEVERITIES.indexOf(findings.find((f) => f.id === c.finding)?.severity ?? 'info');
  for (const choice of [...choices].sort((x, y) => worst(x) - worst(y))) {
    const finding = findings.find((f) => f.id === choice.finding);
    const fix = risks.find((r) => r.id === choice.risk)?.fixes.find((f) => f.id === choice.fix);
    const proposal = finding && fix?.propose(finding, machine);
    if (!finding || !proposal) {
      refused.push({ choice, reason: text('It is not there any more.', '这个问题已经不存在了。') });
      continue;
    }
    if (isRefusal(proposal)) {
      refused.push({ choice, reason: proposal.refused });
      continue;
    }
    const touched = machine.services.filter((s) => [...proposal.rebuild, ...proposal.replace].includes(s.name));
    const stuck = touched.map((s) => notReplaceable(machine, s)).find((t) => t !== undefined);
    if (stuck) {
      refused.push({ choice, reason: stuck });
      continue;
    }
    const joined = joinFiles(files.filter(isFileChange), proposal.changes.filter(isFileChange));
    if (joined.conflict) {
      refused.push({ choice, reason: text(`It changes the same lines of ${joined.conflict} as another choice.`, `它与另一个选择修改 ${joined.conflict} 的同样几行。`) });
      continue;
    }
    files = joined.changes;
    taken.push({ choice, finding, proposal });
  }
  return { taken, refused, files };
}

/** A choice that another one of it depends on, and that one is not taken. */
function lacking(taken: readonly Taken[], findings: readonly Finding[]): Refused | undefined {
  for (const { choice, proposal } of taken) {
    const need = (proposal.needs ?? []).find((n) => findings.some((f) => f.risk === n.risk && affects(f, n.service) && !taken.some((t) => t.finding.id === f.id)));
    if (need) return { choice, reason: text(`It needs ${need.risk} of ${need.service} fixed with it, and that can't be done here: ${need.because.en}.`, `它需要同时修复 ${need.service} 的 ${need.risk}，而这里做不到：${need.because['zh-CN']}。`) };
  }
  return undefined;
}

/** Orders and joins the chosen fixes into one plan. Pure: nothing is read or done. */
export function makePlan(machine: Machine, risks: readonly Risk[], findings: readonly Finding[], choices: readonly Choice[]): Plan {
  const unmet: Refused[] = [];
  const made = (): Attempt => attempt(machine, risks, findings, withNeeds(machine, risks, findings, choices, new Set(unmet.map((u) => u.choice.finding))));
  let now = made();
  for (let gap = lacking(now.taken, findings); gap; gap = lacking(now.taken, findings)) {
    unmet.push(gap);
    now = made();
  }
  const { taken, files } = now;
  const refused = [...unmet, ...now.refused];
  const steps: Step[] = draft(machine, taken, files).map((d, i) => ({ number: i + 1, ...d }));
  // What did not run before is not started for a proof: only services that are replaced owe one.
  const runs = (name: string): boolean => machine.services.some((s) => s.name === name && runsNow(machine, s));
  const owed: Owed[] = taken.map((t) => ({ finding: t.finding.id, proofs: t.proposal.proofs.filter((p) => runs(p.service)), ...(t.proposal.due ? { due: t.proposal.due } : {}) }));
  const joins = taken.flatMap((t) => (t.proposal.needs ?? []).map((need) => ({ steps: steps.filter((s) => s.because.includes(t.finding.id)).map((s) => s.number), because: need.because })));
  return {
    version: 1,
    root: machine.root,
    name: machine.name,
    ...(machine.docker ? { daemon: machine.docker.id } : {}),
    choices: taken.map((t) => t.choice),
    steps,
    owed,
    findings: taken.map((t) => t.finding),
    joins,
    refused,
    foreseen: foresee(machine, risks, findings, steps),
  };
}
