import type { Event, RehearsalPhase } from '../engine/session.ts';
import { answerWords, askedWords } from '../engine/said-vital.ts';
import { isSilent } from '../engine/worker-answers.ts';
import { tellBack } from '../engine/tell-back.ts';
import type { Step } from '../model/plan.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { discreet } from '../report/discreet.ts';
import { oneLine } from '../report/plain.ts';
import { commandLine } from '../report/commands-text.ts';
import { duration, VITAL } from '../report/terms.ts';
import { width } from '../report/wrap.ts';
import type { Out } from './io.ts';

type Phase = Extract<Event, { kind: 'phase' }>['phase'];

/** In front of what is done: a word in English, no English word in Chinese. */
export const signs = (lang: Lang): Readonly<Record<'done' | 'left' | 'failed', string>> => (lang === 'en' ? { done: 'ok ', left: ' - ', failed: ' x ' } : { done: ' ✓ ', left: ' - ', failed: ' ✗ ' });

const PHASES: Readonly<Partial<Record<Phase, Text>>> = {
  'vitals-before': text('Asking every service how it answers now', '先问每个服务现在怎么响应'),
  watching: text('Watching the new processes', '观察新进程'),
  proving: text('Asking for the proofs', '逐项验证'),
  'taking-back': text('Taking everything back', '正在全部还原'),
};

const PART: Text = text('Taking back a part', '正在还原一部分');

const REHEARSING: Readonly<Record<RehearsalPhase, Text>> = {
  building: text('Rehearsing on disposable copies: building both from a copy of the files', '在一次性副本上预演：用文件的副本构建两份镜像'),
  raising: text('Starting the copies', '启动副本'),
  comparing: text('Asking both the same things', '向两边问同样的问题'),
  removing: text('Taking the copies away', '清掉副本'),
};

export interface LiveOptions {
  readonly steps: readonly Step[];
  readonly tell: (step: Step) => Text;
  readonly lang: Lang;
  /** Also every command and what it says. */
  readonly verbose: boolean;
  /** Of what goes back it is a part. */
  readonly part?: boolean;
}

/** Lines on stderr; on a terminal what runs is shown below them and replaced by what comes next. */
export function ticker(err: Out): { readonly line: (words: string) => void; readonly running: (words: string) => void } {
  let open = false;
  return {
    line(words) {
      err.write(`${open ? '\r\u001b[K' : ''}${words}\n`);
      open = false;
    },
    running(words) {
      if (!err.isTTY) return;
      // A line that wraps could not be replaced any more.
      let shown = words;
      while (width(shown) >= Math.max(20, err.columns || 80)) shown = shown.slice(0, -1);
      err.write(`${open ? '\r\u001b[K' : ''}${shown}`);
      open = true;
    },
  };
}

/** Every step on stderr as it happens; on a terminal the running one is shown and then replaced by its end. */
export function live(err: Out, { steps, tell, lang, verbose, part = false }: LiveOptions): (event: Event) => void {
  const { line, running } = ticker(err);
  return (event) => {
    switch (event.kind) {
      case 'phase': {
        const words = (event.phase === 'taking-back' && part ? PART : PHASES[event.phase])?.[lang];
        if (words) line(words + (event.text && event.phase === 'taking-back' ? `${lang === 'en' ? ': ' : '：'}${oneLine(event.text[lang])}` : ''));
        return;
      }
      case 'step': {
        const step = steps.find((s) => s.number === event.step);
        const told = step && (event.walk ? tellBack(step, event.walk) : tell(step));
        // A walk that does nothing at a step is only worth a line when even that failed.
        if (!told && event.state !== 'failed') return;
        const words = `${String(event.step).padStart(2)}  ${told ? oneLine(told[lang]) : ''}`;
        if (event.state === 'running') running(` *  ${words}`);
        else line(`${signs(lang)[event.state]} ${words}  ${event.text ? oneLine(event.text[lang]) : duration(event.ms, lang)}`);
        return;
      }
      case 'command': {
        if (verbose) line(`    $ ${commandLine(event.argv)}`);
        return;
      }
      case 'line': {
        if (verbose) line(`      ${oneLine(discreet(event.line))}`);
        return;
      }
      case 'vital': {
        const { service, what, before, after, result } = event.vital;
        // Nobody can tell whether that one takes jobs: never left unsaid.
        if (!verbose && result !== 'WORSE' && !isSilent(event.vital)) return;
        const [asked, was, is] = [askedWords(what), answerWords(before), answerWords(after ?? '')].map((one) => oneLine(one[lang]));
        line(`    ${oneLine(service)} ${asked}${lang === 'en' ? ': ' : '：'}${was} > ${is}  ${result === undefined ? '' : lang === 'en' ? result : VITAL[result][lang]}`);
        return;
      }
      case 'rehearsal': {
        line(`${REHEARSING[event.phase][lang]}${event.text ? `${lang === 'en' ? ': ' : '：'}${oneLine(event.text[lang])}` : ''}`);
        return;
      }
      case 'verdict':
      case 'compared':
    }
  };
}
