import type { AppEditors } from '../../../model/machine.ts';
import type { Finding } from '../../../model/finding.ts';
import { blank, line, paragraph, span, type Line } from '../../lines.ts';
import type { Option } from '../../parts/choice.tsx';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';

/** Asked once, before the list whose order it decides. */
export interface QuestionScreen {
  readonly name: 'question';
  readonly at: number;
}

export const questionScreen: QuestionScreen = { name: 'question', at: 0 };

/** `later`: nothing is kept, and the finding stays as severe as it is. */
export const ANSWERS: readonly (AppEditors | 'later')[] = ['app', 'root', 'later'];

/** Findings whose severity nobody can know without an answer. */
export const hanging = (findings: readonly Finding[]): readonly Finding[] => findings.filter((one) => one.hangsOn === 'app-editors' && one.suppressed === undefined);

export const configLine = (answer: AppEditors): string => `trust: {app-editors: ${answer}}`;

export function questionContent(wizard: Wizard, { words, columns, say }: View): readonly Line[] {
  const { question, common } = words;
  return [
    blank,
    ...paragraph(question.ask, columns - 1, 'strong'),
    blank,
    ...paragraph(question.why, columns - 1),
    ...hanging(wizard.looking.findings).slice(0, 3).flatMap((one) => paragraph(question.hangs(say(one.title), common.severity[one.severity]), columns - 1, undefined, 3)),
    blank,
  ];
}

export function answerOptions({ words, columns }: View): readonly Option[] {
  const { question } = words;
  const pairs = [[question.no, question.noPrice], [question.yes, question.yesPrice], [question.later, question.laterPrice]] as const;
  const wide = Math.max(...pairs.map(([name]) => width(name))) + 2;
  return pairs.map(([name, price], i) => ({ id: String(i), rows: [line(`${i + 1} ${cell(name, wide)}`, span(cell(price, columns - wide - 7), 'faint'))] }));
}

/** Where the answer goes, and how everybody who works on the project can have it. */
export function underAnswers(screen: QuestionScreen, { words, columns }: View): readonly Line[] {
  const answer = ANSWERS[screen.at];
  return [
    blank,
    ...paragraph(words.question.kept, columns - 1, 'faint'),
    ...paragraph(words.question.line, columns - 1, 'faint'),
    line(span(`     ${configLine(answer === 'root' ? 'root' : 'app')}`, 'path')),
  ];
}
