import type { ByHand } from '../model/change.ts';
import type { Plan } from '../model/plan.ts';
import { text, type Lang } from '../model/text.ts';
import { commandLine } from './commands-text.ts';
import { oneLine } from './plain.ts';
import { wrap } from './wrap.ts';

const hands = (plan: Plan): readonly ByHand[] => plan.steps.flatMap(({ change }) => (change.kind === 'by-hand' ? [change] : []));

const HEAD = text('Left to you', '留给你做的');

/** The steps that only a person can do, each with its commands as they can be pasted; `then`: what to do after them. */
export function leftToYou(plan: Plan, lang: Lang, columns: number, then?: string): readonly string[] {
  const steps = hands(plan);
  if (steps.length === 0) return [];
  return [...byYou(steps, lang, columns), ...(then === undefined ? [] : [`  ${then}`])];
}

/** The same of steps alone. */
export function byYou(steps: readonly ByHand[], lang: Lang, columns: number): readonly string[] {
  const said = steps.flatMap(({ words, commands }) => [
    ...wrap(oneLine(words[lang]), columns - 2).map((l) => `  ${l}`),
    ...commands.map((argv) => `    ${commandLine(argv)}`),
  ]);
  return [HEAD[lang], ...said];
}
