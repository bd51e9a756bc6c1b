import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';

/** Words and no changes: the README has the commands. It needs no case. */
export const byHandWay: Fix = {
  id: 'by-hand-way',
  safety: 'by-hand',
  proven: false,
  propose: () => refuse(text('by hand: why it is', '手动处理：原因')),
};
