import type { Page } from '../../scroll.ts';

/** One run of before: its steps, how it was proven, what undo would take back, and how it stands when it is asked again. */
export interface RunScreen extends Page {
  readonly name: 'run';
  readonly run: string;
}

export const runScreen = (run: string): RunScreen => ({ name: 'run', run, top: 0 });
