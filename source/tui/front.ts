import type { Store } from './store.ts';

/** What stands between a person and the wizard: it hands keys in, and shows what came of them. */
export interface Front {
  /** Until the wizard is left; what it broke on is thrown. */
  readonly over: Promise<unknown>;
  /** Gives the terminal back, at once. */
  close(): void;
  /** Lends the terminal to another program. */
  lend(callback: () => Promise<void>): Promise<void>;
  copy(text: string): void;
}

export interface Seat {
  readonly store: Store;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly now: () => number;
  readonly mouse: boolean;
  readonly ask: boolean;
  readonly manyColours: boolean;
}
