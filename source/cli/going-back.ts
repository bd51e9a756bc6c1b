import type { Event, Result } from '../engine/session.ts';
import type { Since } from '../engine/since.ts';
import { tellBack } from '../engine/tell-back.ts';
import type { Step } from '../model/plan.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { answersText } from '../report/answers.ts';
import { oneLine } from '../report/plain.ts';
import { duration } from '../report/terms.ts';
import { awayText, sumOf } from '../report/went-back.ts';
import { labelled, pad, width } from '../report/wrap.ts';
import { columnsOf, type Out } from './io.ts';
import { live, signs, ticker } from './live.ts';

export interface GoingBackOptions {
  readonly steps: readonly Step[];
  readonly tell: (step: Step) => Text;
  readonly lang: Lang;
  /** Every step, command and what it says, in place of the sum. */
  readonly verbose: boolean;
  /** It is a part of the run. */
  readonly part: boolean;
  /** How many files change their owner, where that was asked. */
  readonly since?: Since | undefined;
}

export interface GoingBack {
  readonly onEvent: (event: Event) => void;
  /** What went back, and what answers again. */
  ended(result: Result): void;
}

/** Taking back on stderr: one line for all that went back by itself, and one for each step that did not. */
export function goingBack(err: Out, options: GoingBackOptions): GoingBack {
  const { steps, tell, lang, verbose, part, since } = options;
  const told = live(err, { steps, tell, lang, verbose, part });
  const { line, running } = ticker(err);
  const done = signs(lang).done.trim().padStart(2);
  const states = new Map<number, 'done' | 'left' | 'failed'>();
  let ms = 0;

  function heard(event: Event): void {
    if (event.kind !== 'step' || !event.walk) return event.kind === 'phase' ? undefined : told(event);
    const step = steps.find((one) => one.number === event.step);
    const words = step && tellBack(step, event.walk);
    if (event.state === 'running') {
      if (words) running(` *  ${String(event.step).padStart(2)}  ${oneLine(words[lang])}`);
      return;
    }
    ms += event.ms;
    const before = states.get(event.step);
    if (before === undefined || before === 'done') states.set(event.step, event.state);
    // What is not as it was is named; of the rest the sum is enough.
    if (event.state !== 'done') line(`  ${signs(lang)[event.state].trim().padStart(2)}  ${String(event.step).padStart(2)}  ${words ? oneLine(words[lang]) : ''}  ${event.text ? oneLine(event.text[lang]) : ''}`);
  }

  return {
    onEvent: verbose ? told : heard,
    ended({ vitals, away }) {
      const back = sumOf(steps.filter((one) => states.get(one.number) === 'done'), since)[lang];
      const columns = columnsOf(err);
      const time = duration(ms, lang);
      // What is shown while a step runs has done its part.
      if (!verbose && back !== '') line(`${pad(`  ${done}  ${back}`, columns - width(time) - 3)}  ${time}`);
      const worse = vitals.some((vital) => vital.result === 'WORSE');
      if (vitals.length > 0) for (const row of labelled(worse ? `  ${signs(lang).failed.trim().padStart(2)}` : `  ${done}`, answersText(vitals, lang), 6, columns)) line(row);
      const gaps = awayText(away, lang);
      if (gaps !== '') for (const row of labelled(`  ${done}`, text(`away: ${gaps}`, `中断：${gaps}`)[lang], 6, columns)) line(row);
    },
  };
}
