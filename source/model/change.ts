import type { Build, ComposeOrigin } from './service.ts';

/** Replaces `start`..`end` (UTF-16 offsets in the text as read) by `text`. */
export interface SpanEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Orders inserts at one offset: what installs (10) stands before what steps down (50). Default 30. */
  readonly rank?: number;
}

/** Edits one file that was read with `hash`; refused if the file is another by then. */
export interface EditFile {
  readonly kind: 'edit-file';
  readonly path: string;
  readonly hash: string;
  readonly edits: readonly SpanEdit[];
}

export interface CreateFile {
  readonly kind: 'create-file';
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** Builds a service's image with the builder that made the running one. */
export interface BuildImage {
  readonly kind: 'build-image';
  readonly service: string;
  readonly image: string;
  readonly build: Build;
  readonly compose?: ComposeOrigin;
}

/** Stops services; their containers are brought back by `resume` when the run is taken back. */
export interface StopServices {
  readonly kind: 'stop-services';
  readonly services: readonly RunsAs[];
}

/** Hands what root wrote in a volume or bind mount to the new user. Links themselves, one file system, root's entries only. */
export interface OwnMount {
  readonly kind: 'own-mount';
  readonly service: string;
  /** Image with `find` and `chown` that runs as the service does; the helper container is made from it. */
  readonly image: string;
  readonly mount: { readonly type: 'volume' | 'bind'; readonly source: string };
  readonly uid: number;
  readonly gid: number;
}

/** Owner and mode of the top of a volume or bind mount. */
export interface SetFolder {
  readonly kind: 'set-folder';
  readonly service: string;
  readonly image: string;
  readonly mount: { readonly type: 'volume' | 'bind'; readonly source: string };
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  /** A socket left behind in it, relative; removed while nothing runs. */
  readonly stale?: string;
}

/** Starts services again, from the new image and the new files. */
export interface StartServices {
  readonly kind: 'start-services';
  readonly services: readonly RunsAs[];
}

/** What becomes of a plain container's mapping; compose has it in its file. */
export interface Remap {
  readonly from: number;
  /** The inside port that it points at from now on. */
  readonly to: number;
  /** The address of this machine that it is published on from now on; null: it is not published any more. */
  readonly address?: string | null;
}

/** A running service as the start and stop deeds need it. */
export interface RunsAs {
  readonly service: string;
  /** Grace for a warm stop, longer than the engine's 10 s: a Celery worker ends its tasks first (measured: a 30 s task was lost). */
  readonly seconds?: number;
  readonly compose?: ComposeOrigin;
  /** For a plain `docker run` container. */
  readonly container?: { readonly id: string; readonly name: string; readonly remap?: readonly Remap[] };
}

export type Change = EditFile | CreateFile | BuildImage | StopServices | OwnMount | SetFolder | StartServices;
export type ChangeKind = Change['kind'];
export type ChangeOf<K extends ChangeKind> = Extract<Change, { kind: K }>;
