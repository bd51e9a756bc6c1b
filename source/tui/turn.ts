import type { Complaint } from '../engine/doctor.ts';
import type { Sought } from '../engine/least/index.ts';
import type { AppEditors } from '../model/machine.ts';
import type { Choice, Plan } from '../model/plan.ts';
import type { Screen } from './screens/screen.ts';
import type { Wizard } from './wizard.ts';

/** What a turn wants done outside: the only doors to the session, the clipboard and the editor. */
export type Ask =
  | { readonly kind: 'inspect' }
  | { readonly kind: 'calls' }
  | { readonly kind: 'answer'; readonly appEditors: AppEditors }
  | { readonly kind: 'offers'; readonly finding: string }
  | { readonly kind: 'least'; readonly finding: string; readonly sought: Sought }
  | { readonly kind: 'plan'; readonly choices: readonly Choice[] }
  | { readonly kind: 'apply'; readonly plan: Plan }
  | { readonly kind: 'rehearse'; readonly plan: Plan }
  /** It broke with this: which of its fixes is it? */
  | { readonly kind: 'sort-out'; readonly plan: Plan; readonly complaint: Complaint }
  /** Finish the step that runs, then take all back; of a rehearsal, take the copies away. */
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'summary'; readonly run?: string }
  | { readonly kind: 'undo'; readonly run: string }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'edit'; readonly file: string; readonly line: number };

/** What came of one message: the next wizard, and what is asked of the world. */
export interface Turn {
  readonly wizard: Wizard;
  readonly asks: readonly Ask[];
}

export const turn = (wizard: Wizard, ...asks: readonly Ask[]): Turn => ({ wizard, asks });

/** A screen's place among those kept: its name, and what it is about. */
const placeOf = (screen: Screen): string => `${screen.name} ${'finding' in screen ? screen.finding : ''}`;

/** Puts the shown screen in its next state. */
export const put = (wizard: Wizard, screen: Screen): Wizard => ({ ...wizard, stack: [...wizard.stack.slice(0, -1), screen] });

/** Goes on to a screen; one that esc left comes back as it was. */
export function open(wizard: Wizard, screen: Screen): Wizard {
  return { ...wizard, stack: [...wizard.stack, wizard.kept.get(placeOf(screen)) ?? screen] };
}

/** Goes on to a screen from its beginning. */
export const openFresh = (wizard: Wizard, screen: Screen): Wizard => ({ ...wizard, stack: [...wizard.stack, screen] });

export function back(wizard: Wizard): Wizard {
  const left = wizard.stack.at(-1)!;
  if (wizard.stack.length === 1) return wizard;
  return { ...wizard, stack: wizard.stack.slice(0, -1), kept: new Map(wizard.kept).set(placeOf(left), left) };
}

/** Begins a new way: what was gone through before can't be gone back to. */
export const restart = (wizard: Wizard, screen: Screen): Wizard => ({ ...wizard, stack: [screen], kept: new Map() });

export const note = (wizard: Wizard, notice: string): Wizard => ({ ...wizard, notice });
