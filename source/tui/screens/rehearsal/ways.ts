import type { Step } from '../../../model/plan.ts';
import type { Finding } from '../../../model/finding.ts';
import { same } from '../../../model/text.ts';
import type { Offer } from '../../../engine/session.ts';
import { choicesOf, findingOf, offersOf, type Decision, type Wizard } from '../../wizard.ts';
import { rehearsalOf } from './state.ts';

export type WayOn =
  /** Steps that were left out by themselves. */
  | { readonly kind: 'step-back'; readonly steps: readonly Step[] }
  | { readonly kind: 'put-back'; readonly findings: readonly (readonly [string, Decision])[] }
  | { readonly kind: 'another'; readonly finding: string; readonly fix: string; /** It hands volumes over by itself, whenever it starts. */ readonly mends?: true }
  /** What was found by trials on the app as it runs, without the other choices. */
  | { readonly kind: 'tried'; readonly findings: readonly string[] }
  /** `services`: all that is about them is left out, and what is kept is about these. */
  | { readonly kind: 'without'; readonly findings: readonly string[]; readonly services?: readonly string[]; readonly kept: readonly string[] }
  | { readonly kind: 'doctor' }
  | { readonly kind: 'again' }
  | { readonly kind: 'to-plan' };

/** As many as have a key. */
const MOST = 6;

const servicesOf = (finding: Finding | undefined): readonly string[] => finding?.subjects.flatMap((one) => (one.kind === 'service' ? [one.name] : [])) ?? [];
const isAbout = (finding: Finding | undefined, services: readonly string[]): boolean => servicesOf(finding).some((name) => services.includes(name));

/** Findings of the plan, in its order, and whoever can't do without one of them. */
function withDependents(wizard: Wizard, ids: readonly string[]): readonly string[] {
  const plan = rehearsalOf(wizard)?.plan;
  const out = new Set(ids);
  for (let before = -1; before !== out.size;) {
    before = out.size;
    for (const tie of plan?.ties ?? []) if (tie.needs.some((id) => out.has(id))) out.add(tie.finding);
  }
  return (plan?.choices ?? []).map((choice) => choice.finding).filter((id) => out.has(id));
}

const chosenAbout = (wizard: Wizard, services: readonly string[]): readonly string[] => {
  const plan = rehearsalOf(wizard)?.plan;
  return (plan?.choices ?? []).map((choice) => choice.finding).filter((id) => isAbout(plan?.findings.find((one) => one.id === id), services));
};

/** Findings whose fix is to blame: those that were found guilty or that it is about, else all whose fixes touch the service that broke. */
export function suspects(wizard: Wizard): readonly string[] {
  const rehearsal = rehearsalOf(wizard);
  const found = rehearsal?.doctor?.found;
  if (found) return [...found.guilty.map((one) => one.finding), ...found.along];
  const breakage = rehearsal?.result?.breakage;
  if (!rehearsal || !breakage) return [];
  const known = rehearsal.plan.choices.map((choice) => choice.finding).filter((id) => breakage.findings?.includes(id));
  return known.length > 0 ? known : chosenAbout(wizard, [breakage.service]);
}

/** Steps that were left out, and that the service which broke would have had something of. */
export function missing(wizard: Wizard): readonly Step[] {
  const rehearsal = rehearsalOf(wizard);
  const service = rehearsal?.result?.breakage?.service;
  const of = rehearsal?.plan.ties?.filter((tie) => service === undefined || tie.services.includes(service)).map((tie) => tie.finding);
  return (rehearsal?.plan.dropped ?? []).filter((step) => of === undefined || step.because.some((id) => of.includes(id)));
}

/** It is a write that was refused: only who hands the folder over helps. */
function isRefusedWrite(wizard: Wizard): boolean {
  const result = rehearsalOf(wizard)?.result;
  return result?.rows.some((row) => row.result === 'WORSE' && row.service === result.breakage?.service && row.what.en.startsWith('writes ')) ?? false;
}

/** Other ways of these findings; of a refused write those that mend what may not be written, and no others. */
function others(wizard: Wizard, findings: readonly string[], mending: boolean): readonly WayOn[] {
  const chosen = choicesOf(wizard);
  return findings.flatMap((finding): readonly WayOn[] => {
    const instead = chosen.find((choice) => choice.finding === finding)?.fix;
    const can = (offer: Offer): boolean => offer.fix !== instead && !offer.refused && offer.safety !== 'by-hand' && (!mending || offer.proposal?.mends === true);
    const next = offersOf(wizard, finding)?.find(can);
    return next ? [{ kind: 'another', finding, fix: next.fix, ...(next.proposal?.mends ? { mends: true } : {}) }] : [];
  }).slice(0, 2);
}

/** Found by trials on what runs: beside a choice that gives the service another user, say, it may need more. */
function triedAlone(wizard: Wizard): readonly string[] {
  const rehearsal = rehearsalOf(wizard);
  const service = rehearsal?.result?.breakage?.service;
  if (!rehearsal || service === undefined) return [];
  const tried = rehearsal.plan.owed.filter((one) => one.proofs.some((proof) => (proof.kind === 'capabilities' || proof.kind === 'read-only') && proof.service === service)).map((one) => one.finding);
  return chosenAbout(wizard, [service]).some((id) => !tried.includes(id)) ? tried : [];
}

/** Without the services that broke, and those that share a fix with them; where nothing would be left, without what touches the one. */
function leavingOut(wizard: Wizard, out: readonly string[]): readonly WayOn[] {
  const rehearsal = rehearsalOf(wizard)!;
  const { plan } = rehearsal;
  const kept = (without: readonly string[]): readonly string[] => {
    const names = plan.choices.filter((one) => !without.includes(one.finding)).flatMap((one) => servicesOf(plan.findings.find((finding) => finding.id === one.finding)));
    return (wizard.looking.machine?.services.map((one) => one.name) ?? []).filter((name) => names.includes(name));
  };
  const few = withDependents(wizard, out);
  if (few.length === 0 || few.length === plan.choices.length) return [];
  const narrow: WayOn = { kind: 'without', findings: few, kept: kept(few) };
  // Who is to blame is known: nobody else's fix has to go.
  if (rehearsal.doctor?.found || (rehearsal.result?.breakage?.findings ?? []).length > 0) return [narrow];
  const services = kept([]).filter((name) => plan.findings.some((one) => out.includes(one.id) && servicesOf(one).includes(name)));
  const all = withDependents(wizard, chosenAbout(wizard, services));
  const rest = kept(all).filter((name) => !services.includes(name));
  return services.length > 0 && all.length < plan.choices.length && rest.length > 0 ? [{ kind: 'without', findings: all, services, kept: rest }] : [narrow];
}

/** What can be done about a rehearsal that breaks, in the order in which it is worth trying; what can't help is not offered. */
export function waysOn(wizard: Wizard): readonly WayOn[] {
  const rehearsal = rehearsalOf(wizard);
  if (!rehearsal?.result) return [];
  const out = suspects(wizard);
  const service = rehearsal.result.breakage?.service ?? '';
  const taken = [...(wizard.dropped ?? [])].filter(([id]) => isAbout(findingOf(wizard, id), [service]) && !wizard.decisions.has(id));
  const lacks = missing(wizard);
  // What is missing is known: there is nothing to find out, and whatever has nothing to do with it can't help.
  if (lacks.length > 0) {
    const lacking = rehearsal.plan.choices.map((choice) => choice.finding).filter((id) => lacks.some((step) => step.because.includes(id)));
    return [{ kind: 'step-back', steps: lacks }, ...others(wizard, lacking, true), ...leavingOut(wizard, out), { kind: 'to-plan' }];
  }
  const tried = rehearsal.doctor?.found ? [] : triedAlone(wizard);
  const ways: readonly WayOn[] = [
    ...(taken.length > 0 ? [{ kind: 'put-back' as const, findings: taken }] : []),
    ...(tried.length > 0 ? [{ kind: 'tried' as const, findings: tried }] : []),
    ...others(wizard, out.filter((id) => !tried.includes(id)), isRefusedWrite(wizard)),
    ...leavingOut(wizard, out).filter((way) => way.kind !== 'without' || way.findings.join() !== tried.join()),
    ...(rehearsal.plan.choices.length > 1 && !rehearsal.doctor?.found && (rehearsal.result.breakage?.findings ?? []).length === 0 ? [{ kind: 'doctor' as const }] : []),
    // Its key is there, too, where others need the room.
    ...(tried.length > 0 ? [] : [{ kind: 'again' as const }]),
  ];
  return [...ways.slice(0, MOST - 1), { kind: 'to-plan' }];
}

/** Titles as they stand in the list. */
export const titled = (wizard: Wizard, id: string) => findingOf(wizard, id)?.title ?? same(id);
