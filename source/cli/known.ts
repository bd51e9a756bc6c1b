import type { RunSummary } from '../engine/session.ts';
import { Stop } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Risk } from '../model/risk.ts';
import { same, text } from '../model/text.ts';
import { verdictsOf } from '../report/came-to.ts';
import type { Flags } from './flags.ts';
import { nearest } from './nearest.ts';

/** The risk of that id, or one clear sentence. */
export function riskNamed(risks: readonly Risk[], id: string): Risk {
  const found = risks.find((r) => r.id === id);
  if (found) return found;
  const guess = nearest(id, risks.map((r) => r.id));
  throw new Stop(text(`There is no risk "${id}".`, `没有名为“${id}”的风险。`), [
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
  throw new Stop(text(`${risk.id} has no fix "${fix}".`, `${risk.id} 没有名为“${fix}”的办法。`), [
    ...(guess === undefined ? [] : [text(`Did you mean ${risk.id}=${guess}?`, `是不是想用 ${risk.id}=${guess}？`)]),
    text('Its fixes:', '它的办法：'),
    ...risk.fixes.map((f) => same(`  ${risk.id}=${f.id}`)),
  ]);
}

/** `--fix` names a way out of something that is there: where it is not, an empty plan would pass for success. */
export function mustBeFound(risk: string, findings: readonly Finding[], { fix = [] }: Pick<Flags, 'fix'>, runs: readonly RunSummary[] = []): void {
  const mine = findings.filter((f) => f.risk === risk);
  if (mine.some((f) => !f.suppressed)) return;
  const said = fix.find((pair) => pair.startsWith(`${risk}=`)) ?? risk;
  const reason = mine[0]?.suppressed?.reason;
  const found = [...new Set(findings.filter((f) => !f.suppressed).map((f) => f.risk))];
  const guess = nearest(risk, found);
  // Asked for once more after it was done: that is no mistake of anybody's, and whether it holds is another question.
  const by = runs.findLast((r) => r.ending === 'applied' && verdictsOf(r).some((v) => v.outcome === 'gone' && v.risk === risk))?.run;
  if (by !== undefined && mine.length === 0) {
    throw new Stop(text(`${risk} is not found here any more: run ${by} mended it, and there is nothing left for --fix ${said} to change.`, `这里已经没有 ${risk}：第 ${by} 次运行修好了它，--fix ${said} 没有可改的内容了。`), [
      text(`Whether it still holds: harden-tui verify ${by}`, `看它是否仍然有效：harden-tui verify ${by}`),
      text('What else there is: harden-tui scan', '看还有什么：harden-tui scan'),
    ]);
  }
  throw new Stop(
    reason === undefined ? text(`${risk} was not found here, so there is nothing for --fix ${said} to change.`, `这里没有发现 ${risk}，因此 --fix ${said} 没有可改的内容。`)
      : text(`${risk} is ignored here (${reason}), so there is nothing for --fix ${said} to change.`, `${risk} 在这里已被忽略（${reason}），因此 --fix ${said} 没有可改的内容。`),
    [
      ...(guess === undefined ? [] : [text(`Did you mean ${guess}?`, `是不是想用 ${guess}？`)]),
      ...(found.length === 0 ? [] : [text(`What was found: ${found.join(', ')}`, `发现的有：${found.join('、')}`)]),
      text('See all of it: harden-tui scan', '查看全部：harden-tui scan'),
    ],
  );
}
