import type { ChangeKind } from '../model/change.ts';
import { buildImage } from './build-image.ts';
import { createFile } from './create-file.ts';
import type { Deed } from './deed.ts';
import { editFile } from './edit-file.ts';
import { ownMount } from './own-mount.ts';
import { setFolder } from './set-folder.ts';
import { startServices } from './start-services.ts';
import { stopServices } from './stop-services.ts';

/** Every kind of change has its deed; a new kind does not compile until it is here. */
const DEEDS = {
  'edit-file': editFile,
  'create-file': createFile,
  'build-image': buildImage,
  'stop-services': stopServices,
  'own-mount': ownMount,
  'set-folder': setFolder,
  'start-services': startServices,
} satisfies { [K in ChangeKind]: unknown };

/** The union of kinds can't be followed through the table by the compiler; the table above was checked. */
export const deedOf = (kind: ChangeKind): Deed<ChangeKind, unknown> => DEEDS[kind] as unknown as Deed<ChangeKind, unknown>;
