import type { ReactElement } from 'react';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { confirmEntry, confirmKeys } from './keys.ts';
import { confirmContent, type ConfirmScreen } from './state.ts';

function Confirm({ screen, wizard, view }: ScreenProps<ConfirmScreen>): ReactElement {
  return <Rows room={view.room} lines={confirmContent(screen, wizard, view)} />;
}

export const confirm: Kind<ConfirmScreen> = {
  keys: confirmKeys,
  entry: confirmEntry,
  crumb: (_screen, _wizard, { words }) => words.confirm.title,
  View: Confirm,
};
