import type { Doors } from './doors.ts';
import type { Preferences } from './preferences.ts';
import type { Suggest } from './suggest.ts';

export interface Out {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** All that a word sees of the world outside; tests put in their own. */
export interface Io {
  /** The result alone. */
  readonly stdout: Out;
  /** Progress, logs and questions. */
  readonly stderr: Out;
  readonly env: NodeJS.ProcessEnv;
  /** A person sits there: keys come in, and a screen is seen. */
  readonly isTTY: boolean;
  readonly cwd: string;
  readonly home: string;
  /** Asks on stderr; absent where nobody could answer. Undefined when the person leaves instead. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Hears SIGINT, SIGTERM and SIGHUP; gives back what ends the hearing. */
  onSignal(heard: (signal: NodeJS.Signals) => void): () => void;
  /** Ends at once, for a second Ctrl-C. */
  exit(code: number): void;
  readonly doors: Doors;
  /** What this person wants of every call; flags and the environment stand above it. */
  readonly own?: Preferences;
  /** How this program was started, as one types it (cli/suggest.ts). */
  readonly program?: string;
  /** The same as argv, for a process of our own beside a run. */
  readonly again?: readonly string[];
  /** Set once the call is understood: commands in a sentence, as they can be pasted here. */
  readonly suggest?: Suggest;
}

export const suggested = (sentence: string, { suggest }: Pick<Io, 'suggest'>): string => suggest?.(sentence) ?? sentence;

/** Columns for text that is wrapped: a very wide line is hard to read. */
export const columnsOf = (out: Out): number => Math.max(40, Math.min(out.columns || 80, 110));

/** The same for a report. */
export const looksHere = ({ suggest }: Pick<Io, 'suggest'>): { readonly suggest?: Suggest } => (suggest ? { suggest } : {});
