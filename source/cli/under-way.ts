import type { Session } from '../engine/session.ts';

/** A session of which it is known what it is at: the wizard may be left in the middle of a step. */
export interface Tracked {
  readonly session: Session;
  readonly busy: () => boolean;
  /** Comes when all that was begun has ended, well or not. */
  readonly ended: () => Promise<void>;
}

export function tracked(session: Session): Tracked {
  const going = new Set<Promise<unknown>>();
  const follow = <A extends readonly unknown[], R>(work: (...words: A) => Promise<R>) => (...words: A): Promise<R> => {
    const begun = work(...words);
    going.add(begun);
    begun.catch(() => undefined).finally(() => going.delete(begun));
    return begun;
  };
  const { rehearse, leastPrivilege } = session;
  return {
    session: {
      ...session, apply: follow(session.apply), undo: follow(session.undo),
      ...(rehearse ? { rehearse: follow(rehearse) } : {}), ...(leastPrivilege ? { leastPrivilege: follow(leastPrivilege) } : {}),
    },
    busy: () => going.size > 0,
    ended: async () => {
      while (going.size > 0) await Promise.allSettled([...going]);
    },
  };
}
