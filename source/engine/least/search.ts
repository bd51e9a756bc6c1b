import type { Text } from '../../model/text.ts';
import { text } from '../../model/text.ts';

/** What one trial answered; engine/rehearse gives more than these. */
export interface Answer {
  readonly holds: boolean;
  readonly cannotTell?: Text;
  readonly log: readonly string[];
}

/** Starts a copy with these and nothing else of their kind. */
export type Ask<T> = (given: readonly T[]) => Promise<Answer>;

export type Came<T> = { readonly needs: readonly T[]; readonly minimal: boolean } | { readonly refused: Text };

class Spent extends Error {}

/** Counts trials, remembers what they showed, and never makes one whose end is known. */
export class Bench<T> {
  /** The smallest that was seen to hold. */
  best: readonly T[] | undefined;
  log: readonly string[] = [];
  /** One of them could not be told: then what is left may not be the least. */
  unsure: Text | undefined;
  #left: number;
  readonly #ask: Ask<T>;
  readonly #key: (one: T) => string;
  readonly #broken: ReadonlySet<string>[] = [];

  constructor(ask: Ask<T>, most: number, key: (one: T) => string) {
    this.#ask = ask;
    this.#left = most;
    this.#key = key;
  }

  /** What breaks with more of it breaks with less of it, too. That it holds is never concluded, only seen. */
  #known(keys: readonly string[]): boolean {
    return this.#broken.some((b) => keys.every((k) => b.has(k)));
  }

  async holds(given: readonly T[]): Promise<boolean> {
    const keys = given.map(this.#key);
    if (this.best && this.best.length === given.length && this.best.every((b) => keys.includes(this.#key(b)))) return true;
    if (this.#known(keys)) return false;
    if (this.#left <= 0) throw new Spent();
    this.#left--;
    const answer = await this.#ask(given);
    this.log = answer.log;
    if (answer.cannotTell) {
      this.unsure = answer.cannotTell;
      return false;
    }
    if (!answer.holds) {
      this.#broken.push(new Set(keys));
      return false;
    }
    if (!this.best || given.length < this.best.length) this.best = given;
    return true;
  }
}

/** Runs a search to its end, or to the end of its trials: then the smallest that was seen to hold is the answer. */
export async function within<T>(bench: Bench<T>, search: () => Promise<Came<T>>): Promise<Came<T>> {
  try {
    return await search();
  } catch (error) {
    if (!(error instanceof Spent)) throw error;
    return bench.best ? { needs: bench.best, minimal: false } : { refused: text('the number of trials was reached, and none of them held', '试验次数已用完，没有一次保持正常') };
  }
}

/** Without each single one in turn, as long as it holds without; `fixed` are not asked about. */
export async function reduced<T>(bench: Bench<T>, set: readonly T[], fixed: (one: T) => boolean = () => false): Promise<Came<T>> {
  let needs = set;
  for (const one of set) {
    if (fixed(one)) continue;
    const without = needs.filter((x) => x !== one);
    if (await bench.holds(without)) needs = without;
  }
  return { needs, minimal: bench.unsure === undefined };
}

/**
 * The part of `rest` that is needed beside `given`, which does not hold alone while all of it does: halved again and
 * again, so that few trials are enough for many candidates.
 */
export async function halved<T>(bench: Bench<T>, given: readonly T[], rest: readonly T[], changed = false): Promise<readonly T[]> {
  if (changed && (await bench.holds(given))) return [];
  if (rest.length <= 1) return rest;
  const half = Math.floor(rest.length / 2);
  const [left, right] = [rest.slice(0, half), rest.slice(half)];
  const ofRight = await halved(bench, [...given, ...left], right, left.length > 0);
  const ofLeft = await halved(bench, [...given, ...ofRight], left, ofRight.length > 0);
  return [...ofLeft, ...ofRight];
}
