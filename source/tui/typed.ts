import type { Screen } from './screens/screen.ts';
import type { Store } from './store.ts';
import { shown } from './wizard.ts';

/** The one confirmation is asked for here. */
const asksYes = (screen: Screen): boolean => screen.name === 'confirm' || (screen.name === 'rehearsal' && screen.typed !== undefined);

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
