import type { ReactElement } from 'react';
import { TextPage } from '../../parts/page.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { messageKeys } from './keys.ts';
import { messageContent, type MessageScreen } from './state.ts';

function Message({ screen, wizard, view }: ScreenProps<MessageScreen>): ReactElement {
  return <TextPage lines={messageContent(wizard)} page={screen} room={view.room} more={view.words.common.moreLines} />;
}

export const message: Kind<MessageScreen> = { keys: messageKeys, crumb: (_screen, _wizard, { words }) => words.done.messageTitle, View: Message };
