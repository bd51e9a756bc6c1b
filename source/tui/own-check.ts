import type { RehearsalWish } from '../engine/session.ts';
import type { Check } from '../engine/watch.ts';

/** What the person typed: a URL is visited, anything else is a command and its arguments. */
export const checkOf = (typed: string): Check => (/^https?:\/\//i.test(typed) ? { kind: 'url', url: typed } : { kind: 'command', words: typed });

export const ownOf = (typed: readonly string[] | undefined): RehearsalWish => (typed ? { own: typed.map(checkOf) } : {});
