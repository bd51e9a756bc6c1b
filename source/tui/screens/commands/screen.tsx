import type { ReactElement } from 'react';
import type { Binding } from '../../keys.ts';
import { TextPage } from '../../parts/page.tsx';
import { moved, movingKeys } from '../../scroll.ts';
import { note, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { goBack, quit } from '../common.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { allCommands, commandsListing, toCommand, type CommandsScreen } from './state.ts';

function Commands({ screen, wizard, view }: ScreenProps<CommandsScreen>): ReactElement {
  return <TextPage lines={commandsListing(wizard, screen.here).rows} page={screen} room={view.room} />;
}

const keys: readonly Binding<CommandsScreen>[] = [
  {
    keys: ['y'], says: (words) => words.keys.copy, place: 'deed',
    when: (_screen, wizard) => allCommands(wizard).length > 0,
    act: (screen, wizard) => turn(note(wizard, viewOf(wizard).words.common.copied), { kind: 'copy', text: allCommands(wizard)[screen.here] ?? '' }),
  },
  ...movingKeys<CommandsScreen>((screen, wizard, key) => toCommand(screen, wizard, moved(screen.here, key, allCommands(wizard).length, viewOf(wizard).room))),
  quit(),
  { ...goBack<CommandsScreen>(), keys: ['esc', 'c'] },
];

export const commands: Kind<CommandsScreen> = { keys, crumb: (_screen, _wizard, { words }) => words.plan.commandsTitle, View: Commands };
