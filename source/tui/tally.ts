import type { Plan, Step } from '../model/plan.ts';
import type { RunsAs } from '../model/change.ts';
import type { Words } from '../words/index.ts';

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** What a plan touches, by name. */
export interface Tally {
  readonly files: readonly string[];
  readonly images: readonly string[];
  readonly services: readonly string[];
  readonly owners: readonly Handed[];
}

/** A place whose owner changes: all that root has there, or the folder alone. */
export interface Handed {
  readonly source: string;
  readonly uid: number;
  readonly folder?: { readonly gid: number; readonly mode: number };
}

const servicesOf = (all: readonly RunsAs[]): readonly string[] => all.map((one) => one.service);

export function tally(plan: Plan): Tally {
  const of = <T>(pick: (step: Step) => readonly T[]): readonly T[] => plan.steps.flatMap(pick);
  return {
    files: unique(of(({ change }) => (change.kind === 'edit-file' || change.kind === 'create-file' ? [change.path] : []))),
    images: unique(of(({ change }) => (change.kind === 'build-image' ? [change.image] : []))),
    services: unique(of(({ change }) => (change.kind === 'start-services' ? servicesOf(change.services) : []))),
    owners: of(({ change }): readonly Handed[] => {
      if (change.kind === 'own-mount') return [{ source: change.mount.source, uid: change.uid }];
      return change.kind === 'set-folder' ? [{ source: change.mount.source, uid: change.uid, folder: { gid: change.gid, mode: change.mode } }] : [];
    }),
  };
}

/** "4 files, 3 images, 3 containers, 1 volume" */
export function counted(plan: Plan, words: Words): string {
  const { files, images, services, owners } = tally(plan);
  const { common } = words;
  return [
    ...(files.length > 0 ? [common.files(files.length)] : []),
    ...(images.length > 0 ? [common.images(images.length)] : []),
    ...(services.length > 0 ? [common.containers(services.length)] : []),
    ...(owners.length > 0 ? [common.mounts(unique(owners.map((one) => one.source)).length)] : []),
  ].join(common.comma);
}
