import type { ReactElement } from 'react';
import { TextPage } from '../../parts/page.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { commandsKeys } from './keys.ts';
import { commandsListing, type CommandsScreen } from './state.ts';

function Commands({ screen, wizard, view }: ScreenProps<CommandsScreen>): ReactElement {
  return <TextPage lines={commandsListing(wizard, screen.here).rows} page={screen} room={view.room} />;
}

export const commands: Kind<CommandsScreen> = { keys: commandsKeys, crumb: (_screen, _wizard, { words }) => words.plan.commandsTitle, View: Commands };
