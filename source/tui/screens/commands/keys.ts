import type { Binding } from '../../keys.ts';
import { movingKeys } from '../../scroll.ts';
import { note, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { goBack, quit } from '../common.ts';
import { allCommands, commandAfter, toCommand, type CommandsScreen } from './state.ts';

export const commandsKeys: readonly Binding<CommandsScreen>[] = [
  {
    keys: ['y'], says: (words) => words.keys.copy, place: 'deed',
    when: (_screen, wizard) => allCommands(wizard).length > 0,
    act: (screen, wizard) => turn(note(wizard, viewOf(wizard).words.common.copied), { kind: 'copy', text: allCommands(wizard)[screen.here] ?? '' }),
  },
  ...movingKeys<CommandsScreen>((screen, wizard, key) => toCommand(screen, wizard, commandAfter(screen, wizard, key))),
  quit(),
  { ...goBack<CommandsScreen>(), keys: ['esc', 'c'] },
];
