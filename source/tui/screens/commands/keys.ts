import type { Binding } from '../../keys.ts';
import { moved, movingKeys } from '../../scroll.ts';
import { note, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { goBack, quit } from '../common.ts';
import { allCommands, toCommand, type CommandsScreen } from './state.ts';

export const commandsKeys: readonly Binding<CommandsScreen>[] = [
  {
    keys: ['y'], says: (words) => words.keys.copy, place: 'deed',
    when: (_screen, wizard) => allCommands(wizard).length > 0,
    act: (screen, wizard) => turn(note(wizard, viewOf(wizard).words.common.copied), { kind: 'copy', text: allCommands(wizard)[screen.here] ?? '' }),
  },
  ...movingKeys<CommandsScreen>((screen, wizard, key) => toCommand(screen, wizard, moved(screen.here, key, allCommands(wizard).length, viewOf(wizard).room))),
  quit(),
  { ...goBack<CommandsScreen>(), keys: ['esc', 'c'] },
];
