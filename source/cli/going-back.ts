import type { Event, Result } from '../engine/session.ts';
import type { Since } from '../engine/since.ts';
import { tellBack } from '../engine/tell-back.ts';
import type { Change } from '../model/change.ts';
import type { Step } from '../model/plan.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { answersText } from '../report/answers.ts';
import { oneLine } from '../report/plain.ts';
import { counted, duration } from '../report/terms.ts';
import { labelled, pad, width } from '../report/wrap.ts';
import { columnsOf, type Out } from './io.ts';
import { live, SIGNS, ticker } from './live.ts';

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

/** Words for a sum: `4 files, 3 images, 25 files, 3 containers`; the second files are those whose owner went back. */
function summed(steps: readonly Step[], since: Since | undefined): Text {
  const of = <K extends Change['kind']>(...kinds: readonly K[]): readonly Extract<Change, { kind: K }>[] => steps.flatMap(({ change }) => (kinds.includes(change.kind as K) ? [change as Extract<Change, { kind: K }>] : []));
  const [files, images] = [of('edit-file', 'create-file').length, of('build-image').length];
  const owned = of('own-mount');
  const known = owned.map(({ mount }) => since?.owners.find((one) => one.source === mount.source)).map((one) => (one?.came === undefined ? undefined : one.were + one.came));
  const entries = known.every((n) => n !== undefined) ? known.reduce((a, n) => a + n, 0) : undefined;
  const owners = (entries === undefined ? owned.length : 0) + of('set-folder', 'set-path').length;
  const containers = of('start-services').flatMap((c) => c.services).length;
  const programs = of('restart-host').flatMap((c) => c.services).length;
  const accounts = of('make-account').length;
  const parts: readonly (readonly [n: number, en: string, zh: string])[] = [
    [files, counted(files, 'file'), `${files} 个文件`], [images, counted(images, 'image'), `${images} 个镜像`],
    [owned.length > 0 ? (entries ?? 0) : 0, counted(entries ?? 0, 'file'), `${entries} 个文件的属主`], [owners, counted(owners, 'owner'), `${owners} 处属主`],
    [accounts, counted(accounts, 'account'), `${accounts} 个账号`],
    [containers, counted(containers, 'container'), `${containers} 个容器`], [programs, counted(programs, 'program'), `${programs} 个程序`],
  ];
  const told = parts.filter(([n]) => n > 0);
  return text(told.map(([, en]) => en).join(', '), told.map(([, , zh]) => zh).join('、'));
}

/** Taking back on stderr: one line for all that went back by itself, and one for each step that did not. */
export function goingBack(err: Out, options: GoingBackOptions): GoingBack {
  const { steps, tell, lang, verbose, part, since } = options;
  const told = live(err, { steps, tell, lang, verbose, part });
  const { line, running } = ticker(err);
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
    if (event.state !== 'done') line(`  ${SIGNS[event.state].trim().padStart(2)}  ${String(event.step).padStart(2)}  ${words ? oneLine(words[lang]) : ''}  ${event.text ? oneLine(event.text[lang]) : ''}`);
  }

  return {
    onEvent: verbose ? told : heard,
    ended({ vitals }) {
      const back = summed(steps.filter((one) => states.get(one.number) === 'done'), since)[lang];
      const columns = columnsOf(err);
      const time = duration(ms, lang);
      // What is shown while a step runs has done its part.
      if (!verbose && back !== '') line(`${pad(`  ok  ${back}`, columns - width(time) - 3)}  ${time}`);
      const worse = vitals.some((vital) => vital.result === 'WORSE');
      if (vitals.length > 0) for (const row of labelled(worse ? '   x' : '  ok', answersText(vitals, lang), 6, columns)) line(row);
    },
  };
}
