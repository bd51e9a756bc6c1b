import { answerWords, askedWords } from '../engine/said-vital.ts';
import type { Vital } from '../model/proof.ts';
import { text, type Lang } from '../model/text.ts';
import { oneLine } from './plain.ts';

const said = (v: Vital, lang: Lang): string => {
  const [what, now] = [oneLine(askedWords(v.what)[lang]), oneLine(answerWords(v.after ?? v.before)[lang])];
  return `${oneLine(v.service)} ${text(`${what} ${now}${v.result === 'WORSE' ? ' (WORSE)' : ''}`, `${what}：${now}${v.result === 'WORSE' ? '（变差）' : ''}`)[lang]}`;
};

/** `web GET / on 8080 200 html, worker state running` */
export const answersText = (vitals: readonly Vital[], lang: Lang): string => vitals.map((v) => said(v, lang)).join(lang === 'en' ? ', ' : '，');
