import type { Place } from '../../model/least.ts';
import { text, type Text } from '../../model/text.ts';
import { Bench, reduced, within, type Ask, type Came } from './search.ts';

const QUOTED = /['"`‘](\/?[^'"`’]+)['"`’]/;
const BARE = /(?:^|\s)(\/[\w./@+-]+)/;

/** The paths that a log says could not be written because the file system is read-only; a relative one starts from the working directory. */
export function refusedPaths(log: readonly string[], workdir: string): readonly string[] {
  const found = log.filter((l) => /read-only file system|EROFS/i.test(l)).flatMap((l) => {
    const path = (QUOTED.exec(l)?.[1] ?? BARE.exec(l)?.[1])?.replace(/[:.]+$/, '');
    if (path === undefined) return [];
    return [path.startsWith('/') ? path : `${workdir === '/' ? '' : workdir}/${path}`];
  });
  return [...new Set(found)];
}

const under = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** One more place; what lies below it is in it. */
export const withPlace = (places: readonly Place[], one: Place): readonly Place[] =>
  places.some((p) => under(one.path, p.path)) ? places : [...places.filter((p) => !under(p.path, one.path)), one];

/**
 * The least places that a read-only copy needs writable: those where it was seen writing, then what its log asks for; at
 * the end without each one in turn. `kept` are not asked about. `placeOf` says which folder a path needs, or why memory can't be put there.
 */
export function leastPlaces(first: readonly Place[], kept: (p: Place) => boolean, placeOf: (path: string) => Promise<Place | Text>, workdir: string, ask: Ask<Place>, most: number): Promise<Came<Place>> {
  const bench = new Bench(ask, most, (p: Place) => p.path);
  return within(bench, async () => {
    let places = first;
    while (!(await bench.holds(places))) {
      if (bench.unsure) return { refused: bench.unsure };
      let more = places;
      for (const path of refusedPaths(bench.log, workdir)) {
        const place = await placeOf(path);
        if (!('path' in place)) return { refused: place };
        more = withPlace(more, place);
      }
      if (more === places || more.length === places.length && more.every((p, i) => p.path === places[i]?.path)) {
        const said = bench.log.at(-1)?.trim();
        return { refused: said === undefined || said === ''
          ? text('read-only, a copy does not hold, and its log does not say where it wants to write', '只读之后副本出错，而日志没有说要写哪里')
          : text(`read-only, a copy does not hold: ${said}`, `只读之后副本出错：${said}`) };
      }
      places = more;
    }
    return reduced(bench, places, kept);
  });
}
