/** What stands behind the program's name for it to be a watchman; heard only where we opened a channel to it, so a folder may be called that. */
export const WATCHMAN = 'watchman';

/** What a watchman is told. `wish` is what its session is opened with, `of` the name of the process that it stands for. */
export type Told = { readonly say: 'stand'; readonly wish: unknown; readonly of: string } | { readonly say: 'guard'; readonly run: string } | { readonly say: 'home' };

/** What is left to do when the process that posted it has died. */
export interface Orders {
  /** Absent where nothing but disposable things was under way. */
  readonly run?: string;
  readonly of: string;
  /** Comes when the last command that it had started has ended. */
  readonly over: Promise<void>;
}
