import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../model/change.ts';
import { SEVERITIES, type Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Choice, Owed, Plan, Step, Tie } from '../model/plan.ts';
import type { Proof } from '../model/proof.ts';
import { isRefusal, type Risk } from '../model/risk.ts';
import { text, type Text } from '../model/text.ts';
import { proposed } from './copies.ts';
import { withoutEmptied } from '../settings/emptied.ts';
import { draft } from './draft.ts';
import { keyOf, withAlone } from './dropped.ts';
import { isFileChange, joinFiles } from './edits.ts';
import { foresee } from './foresee.ts';
import { ways } from './offers.ts';
import { nameOf, onHost, sameThing } from './on-host.ts';
import { nameFor } from './projects.ts';
import { notReplaceable, sharing } from './replaceable.ts';
import { endsAnother, settled } from './settled.ts';
import { isMissed, runsNow, type Taken } from './taken.ts';

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
      const open = otherRisk ? ways(other, otherRisk, machine) : [];
      const way = open.find((w) => need.fix !== undefined && w.fix.id === need.fix && w.proposal) ?? open.find((w) => w.recommended);
      if (way) all.push({ finding: other.id, risk: other.risk, fix: way.fix.id });
    }
  }
  return all;
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

/** Why a choice can't stand beside one that is taken, whichever of the two says so; both names are in it. */
function excluded(next: Taken, taken: readonly Taken[]): Text | undefined {
  const says = (a: Taken, b: Taken): Text | undefined => a.proposal.excludes?.find((e) => e.risk === b.choice.risk && (e.fix ?? b.choice.fix) === b.choice.fix && affects(b.finding, e.service))?.because;
  for (const t of taken) {
    const because = says(next, t) ?? says(t, next);
    if (!because) continue;
    const other = `${t.choice.risk} (${t.choice.fix})`;
    return text(`It can't stand beside ${other}, which is chosen, too: ${because.en}.`, `它不能与同样选中的 ${other} 并存：${because['zh-CN']}。`);
  }
  return undefined;
}

/** Services that it builds or starts anew, and those that live in the network of one of them. */
function startedBy(machine: Machine, { proposal }: Taken): readonly string[] {
  const names = [...new Set([...proposal.rebuild, ...proposal.replace])];
  return [...names, ...sharing(machine, machine.services.filter((s) => names.includes(s.name))).map((s) => s.name)];
}

/** The one port inside that a fix moves, whoever of its services it belongs to. */
function movesOf({ proposal }: Taken): Pick<Tie, 'moves'> {
  const moved = (proposal.remap ?? []).find((r) => r.to !== r.from);
  return moved ? { moves: { from: moved.from, to: moved.to } } : {};
}

/** A proof of a port that another choice moves is to be seen on the port by then. */
function whereItIs(proof: Proof, taken: readonly Taken[]): Proof {
  if (proof.kind !== 'reach' || proof.published !== 'loopback') return proof;
  const moved = taken.flatMap((t) => t.proposal.remap ?? []).find((r) => r.service === proof.service && r.from === proof.port && r.to !== r.from);
  return moved ? { ...proof, port: moved.to } : proof;
}

/** What is proposed beside a new user is proposed for that one: a folder in memory, say, has to be its own. */
function withUsers(machine: Machine, taken: readonly Taken[]): Machine {
  const becomes = new Map(taken.flatMap((t) => t.proposal.proofs).flatMap((p) => (p.kind === 'not-root' && p.program === undefined && p.uid !== undefined ? [[p.service, p.uid] as const] : [])));
  return becomes.size > 0 ? { ...machine, becomes } : machine;
}

/** The worst first: where two want the same lines, it is the one that stays. */
function attempt(machine: Machine, risks: readonly Risk[], findings: readonly Finding[], choices: readonly Choice[]): Attempt {
  const taken: Taken[] = [];
  const refused: Refused[] = [];
  let files: readonly Change[] = [];
  const worst = (c: Choice): number => SEVERITIES.indexOf(findings.find((f) => f.id === c.finding)?.severity ?? 'info');
  const first = new Set(choices.filter((c) => endsAnother(c, machine, risks, findings, choices)));
  for (const choice of [...choices].sort((x, y) => Number(first.has(y)) - Number(first.has(x)) || worst(x) - worst(y))) {
    const finding = findings.find((f) => f.id === choice.finding);
    const fix = risks.find((r) => r.id === choice.risk)?.fixes.find((f) => f.id === choice.fix);
    const own = finding && fix && proposed(fix, finding, fix.heedsUsers ? withUsers(machine, taken) : machine);
    const proposal = own && !isRefusal(own) ? settled(own, finding, taken) : own;
    if (!finding || !proposal) {
      refused.push({ choice, reason: text('It is not there any more.', '这个问题已经不存在了。') });
      continue;
    }
    if (isRefusal(proposal)) {
      refused.push({ choice, reason: proposal.refused });
      continue;
    }
    const touched = machine.services.filter((s) => [...proposal.rebuild, ...proposal.replace].includes(s.name));
    const stuck = [...touched, ...sharing(machine, touched)].map((s) => notReplaceable(machine, s)).find((t) => t !== undefined);
    if (stuck) {
      refused.push({ choice, reason: stuck });
      continue;
    }
    const against = excluded({ choice, finding, proposal }, taken);
    if (against) {
      refused.push({ choice, reason: against });
      continue;
    }
    const joined = joinFiles(files.filter(isFileChange), proposal.changes.filter(isFileChange));
    if (joined.conflict) {
      refused.push({ choice, reason: text(`It changes the same lines of ${joined.conflict} as another choice.`, `它与另一个选择修改 ${joined.conflict} 的同样几行。`) });
      continue;
    }
    const other = proposal.changes.filter(onHost).find((c) => taken.some((t) => t.proposal.changes.filter(onHost).some((o) => sameThing(o, c) && !isDeepStrictEqual(o, c))));
    if (other) {
      refused.push({ choice, reason: text(`It wants another owner or mode for ${nameOf(other)} than another choice.`, `它要给 ${nameOf(other)} 的属主或权限与另一个选择不同。`) });
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

const dueProofs = (proofs: readonly Proof[], owes: (service: string) => boolean): readonly Proof[] => {
  const now = proofs.filter((p) => !('service' in p) || owes(p.service));
  return now.some((p) => 'service' in p) ? now : proofs;
};

/** Orders and joins the chosen fixes into one plan, leaving out steps that can be (`without`, by their keys). Pure: nothing is read or done. */
export function makePlan(machine: Machine, risks: readonly Risk[], findings: readonly Finding[], choices: readonly Choice[], without: ReadonlySet<string> = new Set()): Plan {
  const unmet: Refused[] = [];
  const made = (): Attempt => attempt(machine, risks, findings, withNeeds(machine, risks, findings, choices, new Set(unmet.map((u) => u.choice.finding))));
  let now = made();
  for (let gap = lacking(now.taken, findings); gap; gap = lacking(now.taken, findings)) {
    unmet.push(gap);
    now = made();
  }
  const { taken } = now;
  const files = now.files.map((f) => (f.kind === 'edit-file' ? withoutEmptied(machine, f) : f));
  const refused = [...unmet, ...now.refused];
  const needed = ({ finding, proposal }: Taken): readonly string[] => taken.filter((o) => o.finding !== finding && (proposal.needs ?? []).some((n) => o.finding.risk === n.risk && affects(o.finding, n.service))).map((o) => o.finding.id);
  const ties = taken.map((t): Tie => ({ finding: t.finding.id, services: startedBy(machine, t), needs: needed(t), ...movesOf(t) }));
  const all = withAlone(draft(machine, taken, files).map((d, i): Step => ({ number: i + 1, ...d })), machine, ties);
  const isDropped = (step: Step): boolean => step.alone !== undefined && without.has(keyOf(step.change));
  const steps = all.filter((s) => !isDropped(s));
  const dropped = all.filter(isDropped);
  // What did not run before is not started for a proof. A job that has ended owes none; what somebody stopped owes it once it runs,
  // and so does all of a fix of which nothing runs: until then nobody can tell, and `verify` asks again.
  const owes = (name: string): boolean => machine.services.some((s) => s.name === name && (runsNow(machine, s) || isMissed(machine, s)));
  const owed: Owed[] = taken.map((t) => ({ finding: t.finding.id, proofs: dueProofs(t.proposal.proofs, owes).map((p) => whereItIs(p, taken)), ...(t.proposal.due ? { due: t.proposal.due } : {}), ...(t.proposal.unsure ? { unsure: t.proposal.unsure } : {}), ...(t.proposal.mends ? { mends: true } : {}) }));
  const allJoins = taken.flatMap((t) => (t.proposal.needs ?? []).map((need) => {
    // With the steps of what it needs: they are what holds the others up.
    const all = [t.finding.id, ...needed({ ...t, proposal: { ...t.proposal, needs: [need] } })];
    return { steps: steps.filter((s) => s.because.some((id) => all.includes(id))).map((s) => s.number), because: need.because };
  }));
  // Two findings of one file say it once.
  const joins = allJoins.filter((j, i) => allJoins.findIndex((o) => isDeepStrictEqual(o, j)) === i);
  const moves = taken.flatMap((t) => t.proposal.moves ?? []);
  return {
    version: 1,
    root: machine.root,
    name: nameFor(machine, ties.flatMap((t) => t.services)),
    ...(machine.docker ? { daemon: machine.docker.id } : {}),
    choices: taken.map((t) => t.choice),
    steps,
    ...(dropped.length > 0 ? { dropped } : {}),
    owed,
    findings: taken.map((t) => t.finding),
    ...(moves.length > 0 ? { moves } : {}),
    joins,
    ties,
    refused,
    foreseen: foresee(machine, risks, findings, steps),
  };
}
