import type { Doors } from './doors.ts';

export interface Out {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
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
  /** Hears SIGINT and SIGTERM; gives back what ends the hearing. */
  onSignal(heard: (signal: NodeJS.Signals) => void): () => void;
  /** Ends at once, for a second Ctrl-C. */
  exit(code: number): void;
  readonly doors: Doors;
}

/** Columns for text that is wrapped: a very wide line is hard to read. */
export const columnsOf = (out: Out): number => Math.max(40, Math.min(out.columns || 80, 110));
