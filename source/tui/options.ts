import type { Session } from '../engine/session.ts';
import type { Lang, Text } from '../model/text.ts';
import type { Pages } from './pages.ts';
import type { Suggest } from './spoken.ts';

export interface WizardOptions {
  readonly session: Session;
  readonly lang: Lang;
  readonly dryRun: boolean;
  /** What the screens call the project until the machine has a name for it. */
  readonly path: string;
  readonly ascii?: boolean;
  /** False for `--no-color` and NO_COLOR; nothing is lost. Default: by NO_COLOR. */
  readonly colour?: boolean;
  /** `--allow-remote`: a Docker on another machine may be changed, once its host's name is typed. */
  readonly allowRemote?: boolean;
  /** `--no-docker`: the head says so from the first frame on. */
  readonly noDocker?: boolean;
  /** Two lines of greeting, once in a lifetime. */
  readonly firstTime?: boolean;
  /** Titles of what is looked for: shown where nothing was found. */
  readonly checked?: readonly Text[];
  /** The long explanation of a risk, Markdown. Without it `e` shows what the finding itself says. */
  readonly explain?: (risk: string) => Text | undefined;
  /** Every call and command made so far, as argv. Without it `c` begins with the plan. */
  readonly calls?: () => readonly (readonly string[])[];
  /** Opens a file of the project at a line and waits; the terminal is free meanwhile. Without it there is no `o`. */
  readonly edit?: (file: string, line: number) => Promise<void>;
  /** Without it there is no `w`. */
  readonly pages?: Pages;
  /** A copy to practise on: it is removed when the wizard is left, and the way back with it. */
  readonly demo?: boolean;
  /** Commands in a sentence, as they can be pasted where this was started. */
  readonly suggest?: Suggest;
  /** Where it is spoken to: a screen that is drawn, sentences for a screen reader, or plain lines where the terminal can do nothing else. */
  readonly front?: 'screen' | 'reader' | 'lines';
  /** `--no-mouse` leaves the wheel to the terminal. Default: the wheel scrolls. */
  readonly mouse?: boolean;
  /** The terminal is asked for its background and its widths. Not where it might print the question. */
  readonly ask?: boolean;
  readonly manyColours?: boolean;
  readonly stdin?: NodeJS.ReadStream;
  readonly stdout?: NodeJS.WriteStream;
  readonly now?: () => number;
}
