import { tally } from '../../tally.ts';
import type { Wizard } from '../../wizard.ts';
import type { ConfirmScreen } from './state.ts';

/** The next thing outside the project that nobody has allowed yet: it is asked before the plan itself is. */
export function nextOutside(screen: ConfirmScreen, wizard: Wizard): { readonly what: string; readonly at: number; readonly all: number } | undefined {
  const outside = wizard.draft?.plan ? tally(wizard.draft.plan).outside : [];
  const what = outside.find((one) => !screen.allowed.includes(one));
  return what === undefined ? undefined : { what, at: outside.indexOf(what) + 1, all: outside.length };
}
