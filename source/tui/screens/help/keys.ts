import type { Binding } from '../../keys.ts';
import { scrollKeys } from '../../scroll.ts';
import { back, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { goBack, quit } from '../common.ts';
import { helpContent, type HelpScreen } from './state.ts';

export const helpKeys: readonly Binding<HelpScreen>[] = [
  ...scrollKeys<HelpScreen>((screen, wizard) => helpContent(screen, viewOf(wizard)).length),
  // The key that opened it closes it, too.
  { ...goBack<HelpScreen>(), keys: ['esc', '?', 'enter'], act: (_screen, wizard) => turn(back(wizard)) },
  quit(),
];
