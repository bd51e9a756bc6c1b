import { text } from '../../model/text.ts';
import { hints } from './hints.ts';
import { Bench, halved, reduced, within, type Ask, type Came } from './search.ts';

/**
 * The least of these capabilities with which a copy holds: none at first, then what a failure's own words name, else by
 * halves; at the end without each one in turn.
 */
export function leastCapabilities(candidates: readonly string[], ask: Ask<string>, most: number): Promise<Came<string>> {
  const bench = new Bench(ask, most, (c: string) => c);
  const inOrder = (some: readonly string[]): readonly string[] => candidates.filter((c) => some.includes(c));
  return within(bench, async () => {
    if (await bench.holds([])) return { needs: [], minimal: true };
    if (bench.unsure) return { refused: bench.unsure };
    let given: readonly string[] = [];
    for (let more = hints(bench.log); ; more = hints(bench.log)) {
      const next = inOrder([...given, ...more]);
      if (next.length === given.length) break;
      given = next;
      if (await bench.holds(given)) return reduced(bench, given);
    }
    if (!(await bench.holds(candidates))) {
      return { refused: bench.unsure ?? text('a copy with all of them given back one by one does not hold either: it is not capabilities that it misses', '把全部 capability 逐项还给副本，仍然出错：缺的不是 capability') };
    }
    const rest = candidates.filter((c) => !given.includes(c));
    return reduced(bench, inOrder([...given, ...(await halved(bench, given, rest))]));
  });
}
