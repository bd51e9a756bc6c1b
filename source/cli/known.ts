import { Stop } from '../model/errors.ts';
import type { Risk } from '../model/risk.ts';
import { same, text } from '../model/text.ts';
import { nearest } from './nearest.ts';

/** The risk of that id, or one clear sentence. */
export function riskNamed(risks: readonly Risk[], id: string): Risk {
  const found = risks.find((r) => r.id === id);
  if (found) return found;
  const guess = nearest(id, risks.map((r) => r.id));
  throw new Stop(text(`There is no risk "${id}".`, `没有名为 "${id}" 的风险。`), [
    ...(guess === undefined ? [] : [text(`Did you mean ${guess}?`, `是不是想用 ${guess}？`)]),
    text('See the ids: harden-tui risks', '查看 id：harden-tui risks'),
  ]);
}

/** `RISK=FIX` as a pair that exists. */
export function fixNamed(risks: readonly Risk[], pair: string): { readonly risk: string; readonly fix: string } {
  const at = pair.indexOf('=');
  const risk = riskNamed(risks, pair.slice(0, at));
  const fix = pair.slice(at + 1);
  if (risk.fixes.some((f) => f.id === fix)) return { risk: risk.id, fix };
  const guess = nearest(fix, risk.fixes.map((f) => f.id));
  throw new Stop(text(`${risk.id} has no fix "${fix}".`, `${risk.id} 没有名为 "${fix}" 的办法。`), [
    ...(guess === undefined ? [] : [text(`Did you mean ${risk.id}=${guess}?`, `是不是想用 ${risk.id}=${guess}？`)]),
    text('Its fixes:', '它的办法：'),
    ...risk.fixes.map((f) => same(`  ${risk.id}=${f.id}`)),
  ]);
}
