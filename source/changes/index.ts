import type { ChangeKind } from '../model/change.ts';
import { buildImage } from './build-image.ts';
import { byHand } from './by-hand.ts';
import { createFile } from './create-file.ts';
import type { Deed } from './deed.ts';
import { editFile } from './edit-file.ts';
import { fillVolume } from './fill-volume.ts';
import { makeAccount } from './make-account.ts';
import { makeKeys } from './make-keys.ts';
import { makeFolder } from './make-folder.ts';
import { ownMount } from './own-mount.ts';
import { restartHost } from './restart-host.ts';
import { setFolder } from './set-folder.ts';
import { setPath } from './set-path.ts';
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
  'make-keys': makeKeys,
  'fill-volume': fillVolume,
  'start-services': startServices,
  'restart-host': restartHost,
  'set-path': setPath,
  'make-folder': makeFolder,
  'make-account': makeAccount,
  'by-hand': byHand,
} satisfies { [K in ChangeKind]: unknown };

/** The union of kinds can't be followed through the table by the compiler; the table above was checked. */
export const deedOf = (kind: ChangeKind): Deed<ChangeKind, unknown> => DEEDS[kind] as unknown as Deed<ChangeKind, unknown>;
