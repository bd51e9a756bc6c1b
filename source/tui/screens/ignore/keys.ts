import { decide, settle } from '../../decisions.ts';
import type { Binding } from '../../keys.ts';
import { back, note, openFresh, put, turn, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { shown, type Wizard } from '../../wizard.ts';
import type { Row } from '../findings/rows.ts';
import { nextOpen } from '../findings/state.ts';
import { withHighlighted } from '../findings/decide.ts';
import type { Entry, Screen } from '../screen.ts';
import { faultOf, ignoreScreen, wishOf, type IgnoreScreen } from './state.ts';

/** Back on the list, at the next open one; a finding that was open closes with it. */
function onList({ wizard, asks }: Turn): Turn {
  const below = back(wizard);
  const list = shown(below).name === 'finding' ? back(below) : below;
  const screen = shown(list);
  return screen.name === 'findings' ? withHighlighted(put(list, nextOpen(screen, list)), ...asks) : turn(list, ...asks);
}

function ignore(screen: IgnoreScreen, wizard: Wizard): Turn {
  const view = viewOf(wizard);
  const fault = faultOf(screen, view);
  if (fault !== undefined) return turn(note(put(wizard, screen.reason.trim() === '' ? { ...screen, field: 'reason' } : { ...screen, field: 'until' }), fault));
  const wish = wishOf(screen, wizard);
  if (!wish) return turn(back(wizard));
  if (wish.refused) return turn(note(wizard, view.say(wish.refused.what)));
  const others = screen.members?.filter((id) => id !== screen.finding) ?? [];
  const decision = { kind: 'ignore', entries: wish.entries, ...(others.length > 0 ? { also: others } : {}) } as const;
  if (wizard.given.dryRun) return onList(turn(decide(wizard, screen.finding, decision)));
  return onList(settle(wizard, screen.finding, decision));
}

const other = (screen: IgnoreScreen): IgnoreScreen => ({ ...screen, field: screen.field === 'reason' ? 'until' : 'reason' });
const change = (screen: IgnoreScreen, wizard: Wizard, text: string): Turn => turn(put(wizard, { ...screen, [screen.field]: text }));

const keys: readonly Binding<IgnoreScreen>[] = [
  {
    keys: ['enter'], place: 'deed',
    says: (words, screen, wizard) => (screen.field === 'reason' ? words.keys.goOn : wizard.given.dryRun ? words.keys.ignore : words.keys.writeLines),
    act: (screen, wizard) => {
      if (screen.field === 'until') return ignore(screen, wizard);
      return screen.reason.trim() === '' ? turn(note(wizard, viewOf(wizard).words.ignore.noReason)) : turn(put(wizard, other(screen)));
    },
  },
  { keys: ['tab', 'up', 'down'], says: (words) => words.keys.otherField, place: 'deed', act: (screen, wizard) => turn(put(wizard, other(screen))) },
  { keys: ['esc'], says: (words) => words.keys.notYet, place: 'way', act: (_screen, wizard) => turn(back(wizard)) },
];

/** Letters are text all the time here. */
export const ignoreEntry = (screen: IgnoreScreen, wizard: Wizard): Entry<IgnoreScreen> => ({
  keys,
  write: (text) => change(screen, wizard, screen[screen.field] + text),
  erase: () => change(screen, wizard, Array.from(screen[screen.field]).slice(0, -1).join('')),
});

/** `i` on a finding: asks for the reason, or takes what was ignored back in. */
export const ignoring = <S extends Screen>(of: (screen: S, wizard: Wizard) => Row | undefined): Binding<S> => ({
  keys: ['i'], says: (words) => words.keys.ignore, place: 'deed',
  when: (screen, wizard) => wizard.given.can.ignore === true && of(screen, wizard) !== undefined && of(screen, wizard)?.foreign === undefined,
  act: (screen, wizard) => {
    const row = of(screen, wizard)!;
    return wizard.decisions.get(row.id)?.kind === 'ignore' ? settle(wizard, row.id, undefined) : turn(openFresh(wizard, ignoreScreen(row.id, row.members)));
  },
});
