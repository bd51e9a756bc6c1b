import type { Step } from '../../../model/plan.ts';
import type { Finding } from '../../../model/finding.ts';
import { same } from '../../../model/text.ts';
import { line, span } from '../../lines.ts';
import type { Option } from '../../parts/choice.tsx';
import type { View } from '../../view.ts';
import { choicesOf, findingOf, offersOf, type Decision, type Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { wrap } from '../../wrap.ts';
import { titlesOf } from '../plan/state.ts';
import { rehearsalOf } from './state.ts';

export type WayOn =
  /** Steps that were left out by themselves. */
  | { readonly kind: 'step-back'; readonly steps: readonly Step[] }
  | { readonly kind: 'put-back'; readonly findings: readonly (readonly [string, Decision])[] }
  | { readonly kind: 'another'; readonly finding: string; readonly fix: string }
  | { readonly kind: 'without'; readonly findings: readonly string[] }
  | { readonly kind: 'doctor' }
  | { readonly kind: 'again' }
  | { readonly kind: 'to-plan' };

const isAbout = (finding: Finding | undefined, service: string): boolean => finding?.subjects.some((one) => one.kind === 'service' && one.name === service) ?? false;

/** Findings whose fixes touch the service that broke: one of them is guilty. Those that were found guilty, where that was found out. */
export function suspects(wizard: Wizard): readonly string[] {
  const rehearsal = rehearsalOf(wizard);
  const found = rehearsal?.doctor?.found;
  if (found) return [...found.guilty.map((one) => one.finding), ...found.along];
  const service = rehearsal?.result?.breakage?.service;
  if (!rehearsal || service === undefined) return [];
  return rehearsal.plan.choices.map((choice) => choice.finding).filter((id) => isAbout(rehearsal.plan.findings.find((one) => one.id === id), service));
}

/** Steps that were left out, and that the service which broke would have had something of. */
export function missing(wizard: Wizard): readonly Step[] {
  const rehearsal = rehearsalOf(wizard);
  const service = rehearsal?.result?.breakage?.service;
  const of = rehearsal?.plan.ties?.filter((tie) => service === undefined || tie.services.includes(service)).map((tie) => tie.finding);
  return (rehearsal?.plan.dropped ?? []).filter((step) => of === undefined || step.because.some((id) => of.includes(id)));
}

/** What can be done about a rehearsal that breaks, in the order in which it is worth trying. */
export function waysOn(wizard: Wizard): readonly WayOn[] {
  const rehearsal = rehearsalOf(wizard);
  if (!rehearsal?.result) return [];
  const out = suspects(wizard);
  const service = rehearsal.result.breakage?.service ?? '';
  const chosen = choicesOf(wizard);
  const taken = [...(wizard.dropped ?? [])].filter(([id]) => isAbout(findingOf(wizard, id), service) && !wizard.decisions.has(id));
  const others = out.flatMap((finding): readonly WayOn[] => {
    const instead = chosen.find((choice) => choice.finding === finding)?.fix;
    const next = offersOf(wizard, finding)?.find((offer) => offer.fix !== instead && !offer.refused && offer.safety !== 'by-hand');
    return next ? [{ kind: 'another', finding, fix: next.fix }] : [];
  });
  const lacks = missing(wizard);
  return [
    ...(lacks.length > 0 ? [{ kind: 'step-back' as const, steps: lacks }] : []),
    ...(taken.length > 0 ? [{ kind: 'put-back' as const, findings: taken }] : []),
    ...others.slice(0, 2),
    ...(out.length > 0 && chosen.length > out.length ? [{ kind: 'without' as const, findings: out }] : []),
    ...(rehearsal.plan.choices.length > 1 && !rehearsal.doctor?.found && lacks.length === 0 ? [{ kind: 'doctor' as const }] : []),
    // What is missing is known: there is nothing to find out.
    ...(lacks.length === 0 ? [{ kind: 'again' as const }] : []),
    { kind: 'to-plan' },
  ];
}

function said(way: WayOn, wizard: Wizard, { words, say }: View): readonly [string, string] {
  const { rehearsal } = words;
  const plan = rehearsalOf(wizard)?.plan;
  switch (way.kind) {
    case 'step-back': return [rehearsal.stepBack(way.steps.map((step) => step.number)), rehearsal.stepBackPrice];
    case 'put-back': return [rehearsal.putBack(words.common.and(way.findings.map(([id]) => say(findingOf(wizard, id)?.title ?? same(id))))), rehearsal.thenAgain];
    case 'another': {
      const offer = offersOf(wizard, way.finding)?.find((one) => one.fix === way.fix);
      return [rehearsal.another(offer ? say(offer.title) : way.fix), rehearsal.thenAgain];
    }
    case 'without': {
      const all = plan?.choices.length ?? 0;
      const found = rehearsalOf(wizard)?.doctor?.found;
      const name = found && plan ? rehearsal.withoutThese(words.common.and(titlesOf(plan, way.findings, wizard.given.lang))) : rehearsal.without(rehearsalOf(wizard)?.result?.breakage?.service ?? '');
      return [name, rehearsal.withoutPrice(all - way.findings.length, all)];
    }
    case 'doctor': return [rehearsal.doctor, rehearsal.doctorPrice(plan?.choices.length ?? 0)];
    case 'again': return [rehearsal.again, rehearsal.againPrice];
    case 'to-plan': return [rehearsal.toPlan, rehearsal.toPlanPrice];
  }
}

export function wayOptions(wizard: Wizard, view: View): readonly Option[] {
  const pairs = waysOn(wizard).map((way) => said(way, wizard, view));
  const wide = Math.min(42, Math.max(...pairs.map(([name]) => width(name))));
  return pairs.map(([name, price], i) => {
    const [first = '', ...rest] = wrap(name, wide);
    return { id: String(i), rows: [line(`${i + 1} ${cell(first, wide)}  `, span(cell(price, view.columns - wide - 9, view.glyphs.more), 'faint')), ...rest.slice(0, 2).map((part) => line(`  ${part}`))] };
  });
}
