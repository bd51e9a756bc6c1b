import type { Complaint } from '../engine/doctor.ts';
import type { Sought } from '../engine/least/index.ts';
import type { AppEditors, Elsewhere } from '../model/machine.ts';
import type { Choice, Plan } from '../model/plan.ts';
import type { Page } from './pages.ts';
import type { Screen } from './screens/screen.ts';
import type { Decision, Wizard } from './wizard.ts';

/** What a turn wants done outside: the only doors to the session, the clipboard and the editor. */
export type Ask =
  | { readonly kind: 'inspect' }
  | { readonly kind: 'calls' }
  /** A look at what is not this project's. */
  | { readonly kind: 'beyond'; readonly of: Elsewhere['kind'] }
  | { readonly kind: 'answer'; readonly appEditors: AppEditors }
  | { readonly kind: 'offers'; readonly finding: string }
  /** The project's own .harden-tui.yaml, as a decision wants it; the decision stands when it is written. */
  | { readonly kind: 'config'; readonly finding: string; readonly before: string | undefined; readonly after: string | undefined; readonly decision: Decision | undefined; readonly back: boolean }
  | { readonly kind: 'least'; readonly finding: string; readonly sought: readonly Sought[] }
  | { readonly kind: 'plan'; readonly choices: readonly Choice[]; readonly without?: readonly string[] }
  | { readonly kind: 'apply'; readonly plan: Plan }
  /** `own`: what the person typed, asked in both copies. */
  | { readonly kind: 'rehearse'; readonly plan: Plan; readonly own?: readonly string[] }
  /** It broke with this: which of its fixes is it? */
  | { readonly kind: 'sort-out'; readonly plan: Plan; readonly complaint: Complaint; readonly own?: readonly string[] }
  /** Finish the step that runs, then take all back; of a rehearsal, take the copies away. */
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'summary'; readonly run?: string }
  /** What changed since of what a run would bring back. */
  | { readonly kind: 'since'; readonly run: string }
  /** The commands that taking it back would run. */
  | { readonly kind: 'to-come'; readonly run: string }
  | { readonly kind: 'history' }
  /** Prove a run of before again; writes nothing. */
  | { readonly kind: 'verify'; readonly run: string }
  | { readonly kind: 'undo'; readonly run: string }
  /** Where a page would be written: that is asked before it is. */
  | { readonly kind: 'place'; readonly page: Page }
  /** The report of the run that ended, or of the findings; or the plan. */
  | { readonly kind: 'write'; readonly page: Page }
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

/** A screen as esc left it, or as it begins. */
export const keptOf = <S extends Screen>(wizard: Wizard, screen: S): S => (wizard.kept.get(placeOf(screen)) as S | undefined) ?? screen;

/** Goes on to a screen; one that esc left comes back as it was. */
export const open = (wizard: Wizard, screen: Screen): Wizard => ({ ...wizard, stack: [...wizard.stack, keptOf(wizard, screen)] });

/** Goes on to a screen from its beginning. */
export const openFresh = (wizard: Wizard, screen: Screen): Wizard => ({ ...wizard, stack: [...wizard.stack, screen] });

export function back(wizard: Wizard): Wizard {
  const left = wizard.stack.at(-1)!;
  if (wizard.stack.length === 1) return wizard;
  return { ...wizard, stack: wizard.stack.slice(0, -1), kept: new Map(wizard.kept).set(placeOf(left), left) };
}

/** Begins a new way: what was gone through before can't be gone back to. */
export const restart = (wizard: Wizard, screen: Screen): Wizard => ({ ...wizard, stack: [screen], kept: new Map() });

/** One screen of before is kept all the same: it comes back as it was when it is gone to. */
export const restarted = (wizard: Wizard, kept: Screen | undefined): Wizard => (kept ? { ...wizard, kept: new Map([[placeOf(kept), kept]]) } : wizard);

export const note = (wizard: Wizard, notice: string): Wizard => ({ ...wizard, notice });
