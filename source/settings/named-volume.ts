import { setPath } from '../files/compose.ts';
import { eol, isRefused } from '../files/span.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { ranked, several, type InCompose } from './broker-edits.ts';
import { written } from './compose-services.ts';
import { editsOf } from './edit.ts';

const declared = ({ compose }: InCompose) => compose.root?.entries.find((e) => e.key === 'volumes')?.value;

/** Volumes among the others at the top level, or the first of them, apart from what stands above. */
export function declareVolumes({ file, compose }: InCompose, names: readonly string[]): Change | Refusal {
  const there = declared({ file, compose } as InCompose);
  if (there && !(there.kind === 'scalar' && there.isNull)) return ranked(several(file, names.map((name) => setPath(compose, ['volumes', name], ''))), 20);
  const edits = setPath(compose, ['volumes'], names.map((name) => `${name}:`).join('\n'));
  // Behind everything that the last service gets.
  return ranked(editsOf(file, isRefused(edits) || there ? edits : edits.map((e) => ({ ...e, text: eol(file.text) + e.text }))), 60);
}

/** A name that no volume of the service's files has: the service and the folder's own name. */
export function volumeNameFor(machine: Machine, service: Service, path: string): string {
  const files = service.compose ? written(machine.files, service.compose) : [];
  const taken = new Set(files.flatMap((f) => { const there = declared(f); return there?.kind === 'map' ? there.entries.map((e) => e.key) : []; }));
  const base = `${service.compose?.service ?? service.name}-${path.split('/').at(-1) ?? 'data'}`.toLowerCase().replace(/[^a-z0-9_.-]+/g, '-');
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base}-${i}`;
    if (!taken.has(name)) return name;
  }
}
