import { lineage, type Instruction } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { written } from './compose-services.ts';
import { tidy, type Shipped } from './service-files.ts';

/** VOLUME paths of the image that ships, with the line that declares them. */
export function imageVolumes(s: Shipped): readonly { readonly path: string; readonly instruction: Instruction }[] {
  return lineage(s.stage, s.df).flatMap((stage) => stage.instructions).filter((i) => i.keyword === 'VOLUME').flatMap((instruction) =>
    (instruction.json ?? instruction.words.map((w) => w.value)).filter((p) => p.startsWith('/') && !p.includes('$')).map((p) => ({ path: tidy(p), instruction })));
}

export interface DeclaredMount {
  readonly type: 'volume' | 'bind' | 'other';
  /** Name of a named volume; `` for an anonymous one. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** What compose mounts into a service, the strongest file's word for each place. */
export function composeMounts(machine: Machine, service: Service): readonly DeclaredMount[] {
  const all = service.compose ? written(machine.files, service.compose).flatMap(({ service: s }) => s.volumes) : [];
  const mounts = new Map<string, DeclaredMount>();
  for (const v of all) {
    const target = tidy(v.target);
    const type = v.type === 'volume' || v.type === 'anonymous' ? 'volume' : v.type === 'bind' ? 'bind' : 'other';
    if (!v.unresolved && !mounts.has(target)) mounts.set(target, { type, source: v.source ?? '', target, readOnly: v.readOnly });
  }
  return [...mounts.values()];
}

/** Folders that a new volume covers when the service starts: compose's, and the image's own unless compose mounts something there. */
export function declaredVolumes(machine: Machine, service: Service, image: Shipped | undefined): readonly string[] {
  const mounts = composeMounts(machine, service);
  const own = image ? imageVolumes(image).map((v) => v.path).filter((p) => !mounts.some((m) => m.target === p)) : [];
  return [...mounts.filter((m) => m.type === 'volume' && !m.readOnly).map((m) => m.target), ...own];
}
