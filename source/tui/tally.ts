import type { Plan, Step } from '../model/plan.ts';
import { outsideOfPlan } from '../engine/on-host.ts';
import { awayWith } from '../engine/taken.ts';
import type { ByHand } from '../model/change.ts';
import type { Words } from '../words/index.ts';

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** What a plan touches, by name. */
export interface Tally {
  readonly files: readonly string[];
  readonly images: readonly string[];
  readonly services: readonly string[];
  readonly owners: readonly Handed[];
  /** Programs of the machine itself that are started again. */
  readonly programs: readonly string[];
  /** Files, owners and accounts outside the project: each is confirmed by itself. */
  readonly outside: readonly string[];
  /** Steps that only a person can do. */
  readonly hand: readonly ByHand[];
}

/** A place whose owner changes: all that root has there, or the folder alone. */
export interface Handed {
  readonly source: string;
  readonly type: 'volume' | 'bind';
  readonly uid: number;
  readonly folder?: { readonly gid: number; readonly mode: number };
}

export function tally(plan: Plan): Tally {
  const of = <T>(pick: (step: Step) => readonly T[]): readonly T[] => plan.steps.flatMap(pick);
  return {
    files: unique(of(({ change }) => (change.kind === 'edit-file' || change.kind === 'create-file' ? [change.path] : []))),
    images: unique(of(({ change }) => (change.kind === 'build-image' ? [change.image] : []))),
    services: unique(of(({ change }) => (change.kind === 'start-services' ? awayWith(change) : []))),
    programs: unique(of(({ change }) => (change.kind === 'restart-host' ? change.services : []))),
    outside: outsideOfPlan(plan.steps, plan.root),
    hand: of(({ change }) => (change.kind === 'by-hand' ? [change] : [])),
    owners: of(({ change }): readonly Handed[] => {
      if (change.kind === 'own-mount') return [{ ...change.mount, uid: change.uid }];
      return change.kind === 'set-folder' ? [{ ...change.mount, uid: change.uid, folder: { gid: change.gid, mode: change.mode } }] : [];
    }),
  };
}

/** "4 files, 3 images, 3 containers, 1 volume" */
export function counted(plan: Plan, words: Words): string {
  const { files, images, services, owners, programs } = tally(plan);
  const { common } = words;
  const mounts = (type: Handed['type']): number => unique(owners.filter((one) => one.type === type).map((one) => one.source)).length;
  return [
    ...(files.length > 0 ? [common.files(files.length)] : []),
    ...(images.length > 0 ? [common.images(images.length)] : []),
    ...(services.length > 0 ? [common.containers(services.length)] : []),
    ...(programs.length > 0 ? [common.programs(programs.length)] : []),
    ...(mounts('volume') > 0 ? [common.volumes(mounts('volume'))] : []),
    ...(mounts('bind') > 0 ? [common.folders(mounts('bind'))] : []),
  ].join(common.comma);
}
