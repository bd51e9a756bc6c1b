import { text } from '../model/text.ts';
import type { Deed } from './deed.ts';

/** Tells, and does nothing: the words are shown with the plan and again at the end. */
export const byHand: Deed<'by-hand', Record<string, never>> = {
  tell: (change) => change.words,
  prepare: async () => ({}),
  run: async () => undefined,
  // In the run itself nobody had the time to do it.
  revert: async ({ words }, _undo, { fill }) => (fill ? [] : [text(`By hand, and so not taken back: ${words.en}`, `手动完成的，不会自动还原：${words['zh-CN']}`)]),
};
