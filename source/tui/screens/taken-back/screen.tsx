import type { ReactElement } from 'react';
import { blank, line, marked, span } from '../../lines.ts';
import { Choice } from '../../parts/choice.tsx';
import { Rows } from '../../parts/rows.tsx';
import { logHead, wholeLog } from '../applying/state.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { outcomeRows, wayOptions } from './content.ts';
import { takenBackEntry, takenBackKeys } from './keys.ts';
import type { TakenBackScreen } from './state.ts';

function TakenBack({ screen, wizard, view }: ScreenProps<TakenBackScreen>): ReactElement {
  const { words, room, glyphs } = view;
  if (screen.whole) {
    const { rows, top } = wholeLog({ top: screen.top }, wizard.applied, wizard);
    return <Rows room={room} lines={[logHead(wizard.applied?.log.length ?? 0, rows.length, top, view), ...rows.slice(top, top + room - 1).map((row) => marked(row, screen.search.word))]} />;
  }
  const options = wayOptions(wizard, view);
  return (
    <>
      <Rows lines={[...outcomeRows(wizard, view, options), blank, line(span(` ${words.applying.takenBack.ways}`, 'strong'))]} />
      <Choice options={options} at={screen.way} pointer={glyphs.here} />
    </>
  );
}

export const takenBack: Kind<TakenBackScreen> = {
  keys: takenBackKeys,
  entry: takenBackEntry,
  crumb: (_screen, wizard, { words }) => (wizard.applied?.result?.ending === 'nothing-started' ? words.applying.takenBack.notStarted : words.applying.takenBack.title),
  View: TakenBack,
};
