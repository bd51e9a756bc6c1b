import type { Machine } from '../model/machine.ts';
import { dockerfileOf } from '../settings/parsed.ts';
import { isDockerfile } from './names.ts';

/** The images that the project's Dockerfiles build on, by name; whether one already has a user is asked of the engine. */
export function baseNames(files: Machine['files']): readonly string[] {
  const stages = [...files.values()].filter((f) => isDockerfile(f.path)).flatMap((f) => dockerfileOf(f, {}).stages);
  const names = stages.filter((s) => s.parent === undefined).map((s) => s.baseResolved ?? '');
  return [...new Set(names)].filter((n) => n !== '' && n !== 'scratch' && !n.includes('$'));
}
