import type { Binding } from '../../keys.ts';
import { movingKeys } from '../../scroll.ts';
import { back, note, put, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { quit } from '../common.ts';
import { withHighlighted } from '../findings/decide.ts';
import { ANSWERS, configLine, type QuestionScreen } from './state.ts';

const around = (at: number): number => (ANSWERS.length + at) % ANSWERS.length;

export const questionKeys: readonly Binding<QuestionScreen>[] = [
  {
    keys: ['enter'], says: (words) => words.keys.choose, place: 'deed',
    act: (screen, wizard) => {
      const answer = ANSWERS[screen.at];
      return answer === undefined || answer === 'later' ? withHighlighted(back(wizard)) : turn(back(wizard), { kind: 'answer', appEditors: answer });
    },
  },
  {
    keys: ['1', '2', '3'], says: (words) => words.keys.way, place: 'page', shows: () => `1-${ANSWERS.length}`,
    act: (screen, wizard, key) => turn(put(wizard, { ...screen, at: Number(key) - 1 })),
  },
  {
    keys: ['y'], says: (words) => words.keys.copy, place: 'deed',
    act: (screen, wizard) => turn(note(wizard, viewOf(wizard).words.common.copied), { kind: 'copy', text: configLine(ANSWERS[screen.at] === 'root' ? 'root' : 'app') }),
  },
  ...movingKeys<QuestionScreen>((screen, _wizard, key) => ({ ...screen, at: key === 'up' || key === 'k' ? around(screen.at - 1) : key === 'down' || key === 'j' ? around(screen.at + 1) : screen.at })),
  quit(),
  { keys: ['esc'], says: (words) => words.question.later, place: 'way', act: (_screen, wizard) => withHighlighted(back(wizard)) },
];
