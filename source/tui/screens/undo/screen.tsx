import type { ReactElement } from 'react';
import { useTicking } from '../../parts/clock.ts';
import { TextPage } from '../../parts/page.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { undoContent } from './content.ts';
import { undoKeys } from './keys.ts';
import type { UndoScreen } from './state.ts';

function Undo({ screen, wizard, view }: ScreenProps<UndoScreen>): ReactElement {
  const ticking = useTicking(wizard.undoing !== undefined && !wizard.undoing.result);
  return <TextPage lines={undoContent(wizard, view, ticking)} page={screen} room={view.room} />;
}

export const undo: Kind<UndoScreen> = { keys: undoKeys, crumb: (_screen, _wizard, { words }) => words.undo.title, View: Undo };
