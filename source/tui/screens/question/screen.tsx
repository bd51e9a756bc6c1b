import type { ReactElement } from 'react';
import { Choice } from '../../parts/choice.tsx';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { questionKeys } from './keys.ts';
import { answerOptions, questionContent, underAnswers, type QuestionScreen } from './state.ts';

function Question({ screen, wizard, view }: ScreenProps<QuestionScreen>): ReactElement {
  return (
    <>
      <Rows lines={questionContent(wizard, view)} />
      <Choice options={answerOptions(view)} at={screen.at} pointer={view.glyphs.here} />
      <Rows lines={underAnswers(screen, view)} />
    </>
  );
}

export const question: Kind<QuestionScreen> = { keys: questionKeys, crumb: (_screen, _wizard, { words }) => words.question.title, View: Question };
