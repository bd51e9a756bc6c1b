import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';

/** Words and no changes: who may come in from where is known outside this project. */
export const firewall: Fix = {
  id: 'firewall', safety: 'by-hand', proven: false,
  propose: () => refuse(text('by hand: only you know which machines may come in', '手动处理：哪些机器可以进来，只有你知道')),
};
