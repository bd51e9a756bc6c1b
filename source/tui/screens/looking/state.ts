import type { Page } from '../../scroll.ts';

/** Where to go when everything is seen: enter was pressed before, or we came back to look again. */
export type Onward = 'findings' | 'plan';

export interface LookingScreen extends Page {
  readonly name: 'looking';
  readonly onward?: Onward;
  /** What is not this project's is listed by name. */
  readonly named?: { readonly container?: boolean; readonly process?: boolean };
}

export const lookingScreen = (onward?: Onward): LookingScreen => ({ name: 'looking', top: 0, onward });
