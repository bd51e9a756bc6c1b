import { isPing, isSilent } from '../engine/worker-answers.ts';
import { answerWords, askedWords, shortAsked, silentWords } from '../engine/said-vital.ts';
import type { Vital } from '../model/proof.ts';
import { text, type Lang } from '../model/text.ts';
import { oneLine } from './plain.ts';

/** What answers on a port says more than that it is healthy, and that more than that it runs. */
const rank = (vital: Vital): number => (isPing(vital) ? 3 : vital.what === 'state' ? 2 : vital.what === 'health' ? 1 : 0);

/** The fact of a service that says most; what got worse is always said. */
function speaking(vitals: readonly Vital[]): readonly Vital[] {
  return [...new Set(vitals.map((v) => v.service))].flatMap((service) => {
    const own = vitals.filter((v) => v.service === service);
    const best = Math.min(...own.map(rank));
    return own.filter((v) => rank(v) === best || v.result === 'WORSE' || v.result === 'cannot-tell');
  });
}

/** How many of them that is: one who reads a number and a list counts. */
export const told = (vitals: readonly Vital[]): number => speaking(vitals).length;

function said(v: Vital, all: readonly Vital[], lang: Lang): string {
  if (isSilent(v)) return oneLine(silentWords(v)[lang]);
  const [what, now] = [rank(v) > 0 && !isPing(v) ? '' : oneLine(askedWords(shortAsked(v, all))[lang]), oneLine(answerWords(v.after ?? v.before)[lang])];
  const worse = v.result === 'WORSE' ? text(' (WORSE)', '（变差）')[lang] : '';
  return `${oneLine(v.service)} ${what}${what === '' ? '' : ' '}${now}${worse}`;
}

/** `proxy GET / 200 html, web GET / 200 json, worker running`; what is named first comes first. */
export function answersText(vitals: readonly Vital[], lang: Lang, first?: string): string {
  const told = [...speaking(vitals)].sort((a, b) => Number(b.service === first) - Number(a.service === first) || Math.sign(rank(a) - rank(b)));
  return told.map((v) => said(v, vitals, lang)).join(lang === 'en' ? ', ' : '，');
}
