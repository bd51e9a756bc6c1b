import type { Shown } from '../../model/rehearsal.ts';
import { text, type Text } from '../../model/text.ts';

const of = (shown: readonly Shown[], ...outcomes: readonly Shown['outcome'][]): readonly Shown[] => shown.filter((one) => outcomes.includes(one.outcome));

/** Titles have commas of their own. */
const titles = (some: readonly Shown[]): Text => text(some.map((one) => one.title.en).join('; '), some.map((one) => one.title['zh-CN']).join('；'));

/** What became of the plan's findings on the copies, in one sentence: rows are facts, and several of them may be about one finding. */
export function whatBecame(shown: readonly Shown[] | undefined): Text | undefined {
  if (!shown || shown.length === 0) return undefined;
  const [all, gone] = [shown.length, of(shown, 'gone').length];
  if (gone === all) {
    return text(
      all === 1 ? 'The finding of the plan is gone on the copies.' : all === 2 ? 'Both findings of the plan are gone on the copies.' : `All ${all} findings of the plan are gone on the copies.`,
      all === 1 ? '方案里的这个问题在副本上已消除。' : `方案里的 ${all} 个问题在副本上全部消除。`,
    );
  }
  const parts = [
    [of(shown, 'left'), 'left', '仍存在'],
    [of(shown, 'later'), 'left for its second step, as planned', '按方案留到第二步'],
    [of(shown, 'cannot-tell'), 'cannot tell of', '无法判断'],
    [of(shown, 'not-here'), 'seen only where it really runs', '要到真正运行时才看得到'],
  ] as const;
  const more = parts.filter(([some]) => some.length > 0).map(([some, en, zh]) => text(`${en}: ${titles(some).en}`, `${zh}：${titles(some)['zh-CN']}`));
  return text(
    `${gone} of ${all} ${all === 1 ? 'finding' : 'findings'} of the plan ${gone === 1 ? 'is' : 'are'} gone on the copies; ${more.map((one) => one.en).join('; ')}.`,
    `方案里的 ${all} 个问题，在副本上消除了 ${gone} 个；${more.map((one) => one['zh-CN']).join('；')}。`,
  );
}
