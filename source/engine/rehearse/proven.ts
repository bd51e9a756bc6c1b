import { container as containerOf, image as imageOf } from '../../inspect/docker.ts';
import type { Change } from '../../model/change.ts';
import type { Container, Image } from '../../model/container.ts';
import type { Machine } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import type { Proof, Verdict } from '../../model/proof.ts';
import type { Compared, Shown } from '../../model/rehearsal.ts';
import { text, type Text } from '../../model/text.ts';
import { filesAfter } from '../edits.ts';
import { prove } from '../prove.ts';
import type { Ground } from './context.ts';
import type { Facts } from './facts.ts';
import type { World } from './world.ts';

/** What a copy can't show: how it is published, where it leads to, what confines it, what is the machine's or git's. */
const NOT_HERE: ReadonlySet<Proof['kind']> = new Set(['reach', 'confined', 'sandbox', 'no-egress', 'kept-out', 'sudoers', 'kept-up']);

/** The machine with the copies in the place of the originals. */
async function withCopies(ground: Ground, machine: Machine, world: World, facts: ReadonlyMap<string, Facts>, changes: readonly Change[]): Promise<Machine> {
  const { docker } = ground;
  const stands = new Map<string, Container>();
  const images: Image[] = [];
  for (const [name, copy] of world.copies) {
    const [raw, known] = [facts.get(name)?.raw, facts.get(name)];
    const original = machine.containers.find((c) => c.id === copy.part.raw.Id);
    if (!raw || !known || !original) continue;
    const seen = containerOf(raw, known.live);
    stands.set(original.id, { ...seen, name: original.name, image: original.image, owner: original.owner, labels: original.labels, ...(original.service === undefined ? {} : { service: original.service }) });
    const image = await docker.look.image(raw.Image);
    if (image && !machine.images.some((i) => i.id === image.Id)) images.push(imageOf(image, await docker.look.history(image.Id)));
  }
  return {
    ...machine,
    files: changes.length > 0 ? filesAfter(machine, changes) : machine.files,
    images: [...machine.images, ...images],
    containers: machine.containers.flatMap((c) => stands.get(c.id) ?? []),
    services: machine.services.map((s) => ({ ...s, containers: s.containers.flatMap((id) => stands.get(id)?.id ?? []) })),
  };
}

/** A row of a fix's proof; `who` names the services of which it says no more than as whom they run. */
export interface Proven {
  readonly row: Compared;
  readonly who?: readonly string[];
}

export interface Found {
  readonly told: readonly Proven[];
  /** What became of every finding of the plan, in its order. */
  readonly findings: readonly Shown[];
}

/** What a proof that can't tell the two apart (a program has its password still) says of now: where it was found. */
export function asItIs(before: Verdict | undefined, after: Verdict, plan: Plan): Text {
  const place = plan.findings.find((f) => f.id === after.finding)?.places[0];
  if (before?.outcome === 'gone' && before.proof.en === after.proof.en && place) return text(`found in ${place.file}:${place.line}`, `写在 ${place.file}:${place.line}`);
  return (before ?? after).proof;
}

/** The fixes' own proofs, on the copies: what they show of a published port, say, only the real one shows. */
export async function proven(ground: Ground, machine: Machine, plan: Plan, worlds: readonly [World, World], facts: readonly [ReadonlyMap<string, Facts>, ReadonlyMap<string, Facts>]): Promise<Found> {
  const owed = plan.owed.map((o) => ({ ...o, proofs: o.proofs.filter((p) => !NOT_HERE.has(p.kind) && 'service' in p && worlds[1].copies.has(p.service)) })).filter((o) => o.proofs.length > 0);
  const here: Plan = { ...plan, owed, findings: plan.findings.filter((f) => owed.some((o) => o.finding === f.id)) };
  const [old, now] = await Promise.all([
    withCopies(ground, machine, worlds[0], facts[0], []),
    withCopies(ground, machine, worlds[1], facts[1], plan.steps.map((s) => s.change)),
  ]);
  // Only the proofs: found again is for the real one, with all that belongs to it.
  const [then, verdicts] = await Promise.all([prove(here, old, [], ground.system), prove(here, now, [], ground.system)]);
  const findings = plan.owed.flatMap(({ finding }): readonly Shown[] => {
    const [about, v] = [plan.findings.find((f) => f.id === finding), verdicts.find((one) => one.finding === finding)];
    return about ? [{ finding, title: about.short ?? about.title, outcome: !v ? 'not-here' : v.due ? 'later' : v.outcome }] : [];
  });
  const told = verdicts.map((v): Proven => {
    const proofs = owed.find((o) => o.finding === v.finding)?.proofs ?? [];
    const services = proofs.flatMap((p) => ('service' in p ? [p.service] : []));
    const before = then.find((t) => t.finding === v.finding);
    const row = { service: services[0] ?? '', what: v.short ?? v.title, asIs: asItIs(before, v, plan), asPlanned: v.proof, result: resultOf(v, before), findings: [v.finding] };
    return { row, ...(proofs.every((p) => p.kind === 'not-root') ? { who: services } : {}) };
  });
  return { told, findings };
}

/**
 * Who somebody runs as is a fact that stands there already: where nobody in there is root any more, its row tells what the proof would,
 * and names the finding. Where root is still there (supervisord, say) each proof has a row of its own.
 */
export function folded(rows: readonly Compared[], told: readonly Proven[], isRootless: (service: string) => boolean): { readonly rows: readonly Compared[]; readonly fixes: readonly Compared[] } {
  const says = (service: string) => (r: Compared): boolean => r.service === service && r.what.en === 'runs as' && r.result === 'gone' && isRootless(service);
  const inside = told.filter(({ row, who }) => row.result === 'gone' && who?.every((service) => rows.some(says(service))));
  const naming = (r: Compared): readonly string[] => inside.filter(({ who }) => who?.some((service) => says(service)(r))).flatMap(({ row }) => row.findings ?? []);
  return {
    rows: rows.map((r) => (naming(r).length > 0 ? { ...r, findings: naming(r) } : r)),
    fixes: told.filter((t) => !inside.includes(t)).map(({ row }) => row),
  };
}

/** What is known of one service stands together: those that are replaced first, each kind in the order of the project, then the others. */
export function inServices(rows: readonly Compared[], services: readonly string[], replaced: readonly string[]): readonly Compared[] {
  const named = [...services.filter((s) => replaced.includes(s)), ...services.filter((s) => !replaced.includes(s))];
  return [...new Set([...named, ...rows.map((r) => r.service)])].flatMap((service) => rows.filter((r) => r.service === service));
}

/**
 * A proof that fails in the copy as planned and holds in the copy as it is has nothing to say about the fix. The first of two steps
 * was seen to hold, and leaves the risk where it is: that is as foreseen, and nothing that could not be told.
 */
export const resultOf = (now: Pick<Verdict, 'outcome' | 'due'>, then: Pick<Verdict, 'outcome'> | undefined): Compared['result'] => (now.due ? 'same' : now.outcome === 'left' && then?.outcome === 'gone' ? 'WORSE' : now.outcome);
