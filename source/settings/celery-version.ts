import type { Machine } from '../model/machine.ts';
import { perMachine } from './once.ts';

export type Version = readonly [major: number, minor: number, patch: number];

/** `celery==4.4.7`, `celery[redis]~=5.2`, `celery>=5.3,<6`: the lowest that the project's lists allow; poetry's `celery = "^5.3"` too. */
const PINNED = /^\s*["']?celery(?:\[[\w,\s-]*\])?\s*(?:(?:===?|~=|>=)\s*|=\s*(?:\{\s*version\s*=\s*)?["'][\^~>=]*\s*)v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/im;

/** The Celery that the project asks for, by its own lists; undefined where they leave it open. */
export const celeryVersion = perMachine((machine: Machine): Version | undefined => {
  for (const file of machine.files.values()) {
    if (!/(?:^|\/)requirements(?:[^/]*|\/[^/]+)\.txt$|(?:^|\/)pyproject\.toml$|(?:^|\/)Dockerfile/i.test(file.path)) continue;
    const text = /Dockerfile/i.test(file.path) ? file.text.replace(/\s+["']?(?=celery(?:\[|==))/g, '\n') : file.text;
    const found = PINNED.exec(text);
    if (found) return [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0)];
  }
  return undefined;
});

/** Surely older; an unknown version is not. */
export function celeryBefore(machine: Machine, major: number, minor: number, patch = 0): boolean {
  const found = celeryVersion(machine);
  if (!found) return false;
  const wanted = [major, minor, patch];
  const at = found.findIndex((n, i) => n !== wanted[i]);
  return at >= 0 && (found[at] ?? 0) < (wanted[at] ?? 0);
}

/** The list names one version (`==`, `~=`), so that no newer one of another line can be there. */
export const celeryExact = perMachine((machine: Machine): boolean =>
  [...machine.files.values()].some((f) => /(?:^|\/)(?:requirements(?:[^/]*|\/[^/]+)\.txt|pyproject\.toml|[^/]*Dockerfile[^/]*)$/i.test(f.path) && /\bcelery(?:\[[\w,\s-]*\])?\s*(?:===?|~=)\s*\d/i.test(f.text)));
