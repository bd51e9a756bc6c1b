import type { ReactElement } from 'react';
import type { Binding } from '../keys.ts';
import type { Turn } from '../turn.ts';
import type { View } from '../view.ts';
import type { Wizard } from '../wizard.ts';
import type { ApplyingScreen } from './applying/state.ts';
import type { CommandsScreen } from './commands/state.ts';
import type { ConfirmScreen } from './confirm/state.ts';
import type { DiffScreen } from './diff/state.ts';
import type { DoneScreen } from './done/state.ts';
import type { ExplainScreen } from './explain/state.ts';
import type { FindingScreen } from './finding/state.ts';
import type { FindingsScreen } from './findings/state.ts';
import type { HelpScreen } from './help/state.ts';
import type { HistoryScreen } from './history/state.ts';
import type { IgnoreScreen } from './ignore/state.ts';
import type { LeastScreen } from './least/state.ts';
import type { LookingScreen } from './looking/state.ts';
import type { MessageScreen } from './message/state.ts';
import type { PlanScreen } from './plan/state.ts';
import type { ProjectsScreen } from './projects/state.ts';
import type { QuestionScreen } from './question/state.ts';
import type { RehearsalScreen } from './rehearsal/state.ts';
import type { RunScreen } from './run/state.ts';
import type { TakenBackScreen } from './taken-back/state.ts';
import type { TroubleScreen } from './trouble/state.ts';
import type { UndoScreen } from './undo/state.ts';

export type Screen =
  | LookingScreen | ProjectsScreen | QuestionScreen | FindingsScreen | FindingScreen | LeastScreen | DiffScreen | ExplainScreen | IgnoreScreen | CommandsScreen | PlanScreen
  | RehearsalScreen | ConfirmScreen | ApplyingScreen | TakenBackScreen | DoneScreen | MessageScreen | UndoScreen | HistoryScreen | RunScreen | HelpScreen | TroubleScreen;

export interface ScreenProps<S extends Screen> {
  readonly screen: S;
  readonly wizard: Wizard;
  readonly view: View;
}

/** While a word is typed letters are text: the few keys that are left, and what becomes of what is written. */
export interface Entry<S extends Screen> {
  readonly keys: readonly Binding<S>[];
  readonly erase: () => Turn;
  readonly write: (text: string) => Turn;
}

/** What a screen is made of: its keys, its looks, its name in row 1. Its state is its own union member. */
export interface Kind<S extends Screen> {
  readonly keys: readonly Binding<S>[];
  readonly entry?: (screen: S, wizard: Wizard) => Entry<S> | undefined;
  readonly crumb?: (screen: S, wizard: Wizard, view: View) => string;
  readonly View: (props: ScreenProps<S>) => ReactElement;
}
