import type { Binding } from '../../keys.ts';
import { scrollKeys } from '../../scroll.ts';
import { note, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { goBack, quit } from '../common.ts';
import { messageContent, messageText, type MessageScreen } from './state.ts';

export const messageKeys: readonly Binding<MessageScreen>[] = [
  { keys: ['y'], says: (words) => words.keys.copy, place: 'deed', act: (_screen, wizard) => turn(note(wizard, viewOf(wizard).words.common.copied), { kind: 'copy', text: messageText(wizard) }) },
  ...scrollKeys<MessageScreen>((_screen, wizard) => messageContent(wizard).length),
  quit(),
  { ...goBack<MessageScreen>(), keys: ['esc', 'm'] },
];
