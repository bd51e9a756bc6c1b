import type { HelpScreen } from '../screens/help/state.ts';
import type { Words } from '../../words/index.ts';

/** The keys of a screen as sentences: the keys, then what they do. */
export const helpSaid = ({ rows }: HelpScreen, { keys, spoken }: Words): readonly string[] =>
  [keys.title, ...rows.map(([names, says]) => spoken.key(names.split(/\s{2,}/), says)), keys.everywhere];
