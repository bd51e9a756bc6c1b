import type { Message } from './message.ts';
import { turn, type Ask, type Turn } from './turn.ts';
import { update } from './update.ts';
import type { Wizard } from './wizard.ts';

export interface Store {
  get(): Wizard;
  subscribe(listener: () => void): () => void;
  tell(message: Message): void;
  /** Starts looking; after the first frame, so that it is there at once. */
  begin(): void;
}

/**
 * Holds the wizard outside React: two keys of one chunk must each see what the other did, and React shows a change only
 * when it draws.
 */
export function createStore(first: Wizard, connect: (current: () => Wizard, tell: Store['tell']) => (ask: Ask) => void, broken?: (error: unknown) => void): Store {
  let wizard = first;
  const listeners = new Set<() => void>();
  // A bug in a key's own code must close the screen like any other: thrown here it would end the process as it stands.
  const tried = (message: Message): Turn => {
    try {
      return update(wizard, message);
    } catch (error) {
      if (!broken) throw error;
      broken(error);
      return turn(wizard);
    }
  };
  const tell = (message: Message): void => {
    const { wizard: next, asks } = tried(message);
    const changed = next !== wizard;
    wizard = next;
    for (const ask of asks) perform(ask);
    if (changed) for (const listener of listeners) listener();
  };
  const get = (): Wizard => wizard;
  const perform = connect(get, tell);
  return {
    get,
    tell,
    begin: () => perform({ kind: 'inspect' }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
