import { written } from './input.ts';
import { bindingFor } from './keys.ts';
import { kindOf } from './screens/index.ts';
import type { Screen } from './screens/screen.ts';
import type { Store } from './store.ts';
import { shown, type Wizard } from './wizard.ts';

/** The one confirmation is asked for here. */
const asksYes = (screen: Screen): boolean => screen.name === 'confirm' || screen.name === 'undo' || (screen.name === 'rehearsal' && screen.typed !== undefined);

/** Keys that came in one go; false where the rest of them was dropped. */
export function typed(store: Store, keys: readonly string[]): boolean {
  for (const key of keys) {
    const before = asksYes(shown(store.get()));
    store.tell({ kind: 'key', key });
    // The yes is given to what was seen: keys typed ahead of that screen are not for it.
    if (!before && asksYes(shown(store.get()))) return false;
  }
  return true;
}

/** A `y` would begin something here; no name is asked for, and no other question is before it. */
function takesYes(wizard: Wizard): boolean {
  const screen = shown(wizard);
  const kind = kindOf(screen);
  return asksYes(screen) && !wizard.asksToQuit && wizard.asksToWrite === undefined && kind.entry?.(screen, wizard) === undefined && bindingFor(kind.keys, screen, wizard, 'y') !== undefined;
}

/** Longer than from one key of a word to the next, and hardly felt. */
const ALONE_MS = 400;

/**
 * Keys one by one, as hands and terminals send them. A yes is a `y` by itself: one with other letters right before or behind
 * it belongs to a name, or to a text that the terminal sends as keys, and begins nothing. Enter behind it is a yes at once.
 */
export function typing(store: Store, now: () => number = () => performance.now(), alone = ALONE_MS): (keys: readonly string[]) => void {
  let yes: NodeJS.Timeout | undefined;
  let letterAt = -Infinity;
  /** When a letter of what was no yes came: the rest of it means nothing, either. */
  let refusedAt = -Infinity;

  const giveUp = (): void => {
    clearTimeout(yes);
    yes = undefined;
  };
  const take = (): void => {
    giveUp();
    [letterAt, refusedAt] = [-Infinity, -Infinity];
    if (takesYes(store.get())) store.tell({ kind: 'key', key: 'y' });
  };
  const refuse = (): void => {
    giveUp();
    refusedAt = now();
    store.tell({ kind: 'no-yes' });
  };

  /** True where the key had its meaning here, or none. */
  function heard(key: string): boolean {
    const at = now();
    if (yes !== undefined && key === 'enter') {
      take();
      return true;
    }
    if (key !== 'enter' && key !== 'backspace' && written(key) === undefined) {
      if (key === 'esc' || key === 'ctrl-c') giveUp();
      return false;
    }
    const [nearLetter, nearRefused] = [at - letterAt < alone, at - refusedAt < alone];
    letterAt = at;
    if (nearRefused) refusedAt = at;
    else if (key === 'y' && nearLetter && yes === undefined) refuse();
    else if (key === 'y') yes ??= setTimeout(take, alone);
    else if (yes !== undefined) refuse();
    else return false;
    return true;
  }

  return (keys) => {
    for (const key of keys) {
      if (takesYes(store.get()) && heard(key)) continue;
      const goesOn = typed(store, [key]);
      // What was typed at one question is not beside what is typed at the next.
      if (!takesYes(store.get())) [letterAt, refusedAt] = [-Infinity, -Infinity];
      if (!goesOn) return;
    }
  };
}
