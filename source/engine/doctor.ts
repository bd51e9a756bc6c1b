import type { Text } from '../model/text.ts';

/** Why an attempt did not hold: the sentence, and the lines of log that explain it. */
export interface Complaint {
  readonly what: Text;
  readonly log: readonly string[];
}

/** One of the things that were tried together, and those of them that it can't do without. */
export interface Part {
  readonly id: string;
  readonly needs: readonly string[];
}

export interface Guilty {
  readonly id: string;
  readonly complaint: Complaint;
  /** It holds by itself, and fails only beside these. */
  readonly beside: readonly string[];
}

/** What was found: together the three lists are all the parts. */
export interface Sorted {
  readonly holds: readonly string[];
  readonly guilty: readonly Guilty[];
  /** Left out because they can't do without a guilty one. */
  readonly along: readonly string[];
}

export interface Doctor {
  /**
   * Tries `more` on top of what holds already: a complaint, or undefined where it holds. What it throws ends the search.
   */
  readonly attempt: (more: readonly string[], holding: readonly string[]) => Promise<Complaint | undefined>;
  /** An attempt leaves nothing behind (a rehearsal), so that one may also be tried alone. */
  readonly fleeting: boolean;
}

/** Attempts that it takes at most to find one that is to blame among so many, and to ask it alone; several take more. */
export const attemptsFor = (parts: number): number => 2 * Math.ceil(Math.log2(Math.max(2, parts))) + (parts > 2 ? 1 : 0);

/** The halves keep what needs each other together as long as they can: a part never stands without what it needs. */
function halves(parts: readonly Part[]): readonly [readonly Part[], readonly Part[]] {
  const first = new Set<string>();
  const take = (part: Part): void => {
    if (first.has(part.id)) return;
    first.add(part.id);
    for (const need of parts.filter((p) => part.needs.includes(p.id))) take(need);
  };
  for (const part of parts) {
    if (first.size * 2 >= parts.length) break;
    take(part);
  }
  // A chain of needs can make the first half the whole: then its last member alone is the other half.
  if (first.size === parts.length) {
    const last = parts.findLast((p) => !parts.some((o) => o.needs.includes(p.id)));
    if (last) first.delete(last.id);
  }
  return [parts.filter((p) => first.has(p.id)), parts.filter((p) => !first.has(p.id))];
}

/**
 * All of it was tried together and failed with `complaint`. Finds who is to blame by halving, in about 2 log n attempts for
 * each, and keeps the largest rest that holds. The first parts are kept where two can't stand beside each other, so the
 * most wanted come first.
 */
export async function sortOut(parts: readonly Part[], complaint: Complaint, { attempt, fleeting }: Doctor): Promise<Sorted> {
  const holds: string[] = [];
  const guilty: Guilty[] = [];
  const along: string[] = [];

  const standing = (some: readonly Part[]): readonly Part[] => {
    const out: Part[] = [];
    for (let rest = some, before = -1; before !== rest.length;) {
      before = rest.length;
      const lost = rest.filter((p) => p.needs.some((n) => parts.some((o) => o.id === n) && !holds.includes(n) && !rest.some((r) => r.id === n)));
      out.push(...lost);
      rest = rest.filter((p) => !lost.includes(p));
    }
    along.push(...out.map((p) => p.id));
    return some.filter((p) => !out.includes(p));
  };

  /** Who of those that hold it can't stand beside: each one that may go without its going mending anything, goes. */
  async function besideWhom(part: Part): Promise<{ beside: readonly string[]; alone?: Complaint }> {
    const own = closed([part.id]);
    const alone = await attempt(own, []);
    if (alone) return { beside: [], alone };
    let suspects = holds.filter((id) => !own.includes(id));
    for (let size = Math.ceil(suspects.length / 2); suspects.length > 1; size = Math.ceil(size / 2)) {
      for (let from = 0; from < suspects.length && suspects.length > 1;) {
        const without = suspects.filter((_, i) => i < from || i >= from + size);
        if (without.length > 0 && await attempt([...new Set([...closed(without), ...own])], [])) suspects = without;
        else from += size;
      }
      if (size === 1) break;
    }
    return { beside: suspects };
  }

  function closed(ids: readonly string[]): readonly string[] {
    const all = new Set(ids);
    for (const id of all) for (const need of parts.find((p) => p.id === id)?.needs ?? []) if (parts.some((p) => p.id === need)) all.add(need);
    return parts.filter((p) => all.has(p.id)).map((p) => p.id);
  }

  /** `failing` is known to fail on top of what holds. */
  async function split(failing: readonly Part[], why: Complaint): Promise<void> {
    const [only] = failing;
    if (only && failing.length === 1) {
      const { beside, alone } = fleeting && holds.length > 0 ? await besideWhom(only) : { beside: [] };
      guilty.push({ id: only.id, complaint: alone ?? why, beside });
      return;
    }
    const [a, b] = halves(failing);
    if (b.length === 0) {
      // Each of them needs the others: they can't be told apart.
      for (const { id } of a) guilty.push({ id, complaint: why, beside: [] });
      return;
    }
    const whole = await tried(a);
    // The half that holds leaves the blame to the other one; else nothing is known of that yet.
    const rest = standing(b);
    if (rest.length === 0) return;
    if (whole && rest.length === b.length) return split(rest, why);
    await tried(rest);
  }

  /** True where all of it holds. */
  async function tried(some: readonly Part[]): Promise<boolean> {
    const ids = some.map((p) => p.id);
    const failed = await attempt(ids, holds);
    if (!failed) holds.push(...ids);
    else await split(some, failed);
    return !failed;
  }

  await split(parts, complaint);
  return { holds: parts.filter((p) => holds.includes(p.id)).map((p) => p.id), guilty, along };
}
