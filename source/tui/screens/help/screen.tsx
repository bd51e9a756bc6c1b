import type { ReactElement } from 'react';
import type { Binding } from '../../keys.ts';
import { TextPage } from '../../parts/page.tsx';
import { scrollKeys } from '../../scroll.ts';
import { back, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { goBack, quit } from '../common.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { helpContent, type HelpScreen } from './state.ts';

function Help({ screen, view }: ScreenProps<HelpScreen>): ReactElement {
  return <TextPage lines={helpContent(screen, view)} page={screen} room={view.room} />;
}

const helpKeys: readonly Binding<HelpScreen>[] = [
  ...scrollKeys<HelpScreen>((screen, wizard) => helpContent(screen, viewOf(wizard)).length),
  // The key that opened it closes it, too.
  { ...goBack<HelpScreen>(), keys: ['esc', '?', 'enter'], act: (_screen, wizard) => turn(back(wizard)) },
  quit(),
];

export const help: Kind<HelpScreen> = { keys: helpKeys, crumb: (_screen, _wizard, { words }) => words.keys.title, View: Help };
