import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';

/** Words and no changes: it is the host's kernel and its boot options. */
export const hostProfile: Fix = {
  id: 'host-profile',
  safety: 'by-hand',
  proven: false,
  propose: () => refuse(text('by hand: it is the host\'s kernel and boot options, and mostly a restart', '手动处理：涉及本机的内核和启动参数，多半还要重启')),
};
