import { line, span } from '../../lines.ts';
import type { Option } from '../../parts/choice.tsx';
import type { View } from '../../view.ts';
import { offersOf, type Wizard } from '../../wizard.ts';
import { cell, fit, width } from '../../width.ts';
import { inline } from '../../parts/explain.ts';
import { wrap } from '../../wrap.ts';
import { titlesOf } from '../plan/state.ts';
import { rehearsalOf } from './state.ts';
import { titled, waysOn, type WayOn } from './ways.ts';

/** A way on by its name, and what it costs. */
function said(way: WayOn, wizard: Wizard, { words, say }: View): readonly [name: string, price: string] {
  const { rehearsal } = words;
  const now = rehearsalOf(wizard);
  const all = now?.plan.choices.length ?? 0;
  const titles = (ids: readonly string[]): string => words.common.and(now ? titlesOf(now.plan, ids, wizard.given.lang) : []);
  switch (way.kind) {
    case 'step-back': return [rehearsal.stepBack(way.steps.map((step) => step.number)), rehearsal.stepBackPrice];
    case 'put-back': return [rehearsal.putBack(words.common.and(way.findings.map(([id]) => say(titled(wizard, id))))), rehearsal.thenAgain];
    case 'another': {
      const offer = offersOf(wizard, way.finding)?.find((one) => one.fix === way.fix);
      const name = offer ? say(offer.title) : way.fix;
      return way.mends ? [name, rehearsal.mends] : [rehearsal.another(name), offer ? inline(say(offer.price)) : rehearsal.thenAgain];
    }
    case 'tried': return [rehearsal.withoutThese(titles(way.findings)), rehearsal.triedPrice(all - way.findings.length, all)];
    case 'without': {
      const keeps = rehearsal.keeps(way.kept, all - way.findings.length, all);
      if (way.services) return [rehearsal.leaveOut(way.services), keeps];
      const known = now?.doctor?.found !== undefined || (now?.result?.breakage?.findings ?? []).length > 0;
      return [known ? rehearsal.withoutThese(titles(way.findings)) : rehearsal.without(now?.result?.breakage?.service ?? ''), rehearsal.keeps([], all - way.findings.length, all)];
    }
    case 'doctor': return [rehearsal.doctor, rehearsal.doctorPrice(all)];
    case 'again': return [rehearsal.again, rehearsal.againPrice];
    case 'to-plan': return [rehearsal.toPlan, rehearsal.toPlanPrice];
  }
}

/** `height`: rows that a price may take; a name always has those that it needs. */
export function wayOptions(wizard: Wizard, view: View, height: number): readonly Option[] {
  const pairs = waysOn(wizard).map((way) => said(way, wizard, view));
  const wide = Math.min(42, Math.max(...pairs.map(([name]) => width(name))));
  return pairs.map(([name, price], i) => {
    const room = Math.max(12, view.columns - wide - 7);
    const names = wrap(name, wide).slice(0, 3);
    const prices = height > 1 ? wrap(price, room).slice(0, height) : [fit(price, room, view.glyphs.more)];
    const rows = Array.from({ length: Math.max(names.length, prices.length) }, (_, n) => line(`${n === 0 ? i + 1 : ' '} ${cell(names[n] ?? '', wide)}  `, span(prices[n] ?? '', 'faint')));
    return { id: String(i), rows };
  });
}
