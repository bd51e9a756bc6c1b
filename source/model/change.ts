import type { Build, ComposeOrigin } from './service.ts';
import type { Text } from './text.ts';

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
  /** New permission bits, where the file was readable by too many; else they stay. */
  readonly mode?: number;
}

export interface CreateFile {
  readonly kind: 'create-file';
  readonly path: string;
  readonly text: string;
  readonly mode: number;
  /** Several fixes may each need a part of the same new file: how each of their texts begins, and the joined one. */
  readonly head?: string;
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
  /** As StartServices has them: workers are stopped before these, and all of them are for the way back. */
  readonly again?: readonly StartedAgain[];
}

/** Hands what root wrote in a volume or bind mount to the new user. Links themselves, one file system, root's entries (and those of `also`) only. */
export interface OwnMount {
  readonly kind: 'own-mount';
  readonly service: string;
  /** Image with `find` and `chown` that runs as the service does; the helper container is made from it. */
  readonly image: string;
  readonly mount: { readonly type: 'volume' | 'bind'; readonly source: string };
  readonly uid: number;
  readonly gid: number;
  /** Somebody else whose entries go along: the place is theirs, and would stay closed to the new user. */
  readonly also?: number;
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

/**
 * A key and a certificate for signing messages, made in a new named volume by the cryptography that the service's image
 * has: no file of the project, no image and no git ever holds them.
 */
export interface MakeKeys {
  readonly kind: 'make-keys';
  readonly service: string;
  readonly image: string;
  /** Name of the volume as the engine knows it, and compose's labels, by which compose takes it for its own. */
  readonly volume: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Who signs: the certificate's subject. */
  readonly name: string;
  readonly days: number;
  /** The key is theirs and their group's, 0640. */
  readonly uid: number;
  readonly gid: number;
}

/**
 * A new named volume that begins with what a container holds in a folder of its own layer: with the container that layer
 * would go. Made while the container is stopped.
 */
export interface FillVolume {
  readonly kind: 'fill-volume';
  readonly service: string;
  readonly container: string;
  readonly path: string;
  /** As MakeKeys has them. */
  readonly volume: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Whose the folder is. */
  readonly uid: number;
  readonly gid: number;
}

/** A service that runs on while others are started anew, and has to be started again, in its very containers, to go on with them. */
export interface StartedAgain {
  readonly service: string;
  /** Its containers, as they were when this was planned; later those that compose or their name calls so. */
  readonly containers: readonly { readonly id: string; readonly name: string }[];
  readonly compose?: ComposeOrigin;
  /** Those that are started anew, and that it leans on. */
  readonly of: readonly string[];
  /** A proxy: only where one of those got another address. A Celery worker whose broker it is: always, and it is stopped before it. */
  readonly when: 'moved' | 'always';
  /** As RunsAs has it. */
  readonly seconds?: number;
}

/** Starts services again, from the new image and the new files. */
export interface StartServices {
  readonly kind: 'start-services';
  readonly services: readonly RunsAs[];
  /** Started again with them. */
  readonly again?: readonly StartedAgain[];
}

/** What becomes of a plain container's mapping; compose has it in its file. */
export interface Remap {
  readonly from: number;
  /** The inside port that it points at from now on. */
  readonly to: number;
  /** The address of this machine that it is published on from now on; null: it is not published any more. */
  readonly address?: string | null;
}

/** What a plain container is held to from now on; compose has it in its file. What is not named stays. */
export interface Confine {
  readonly capDrop?: readonly string[];
  readonly capAdd?: readonly string[];
  readonly securityOpt?: readonly string[];
  readonly readOnly?: boolean;
  /** Beside those it has: `PATH`, or `PATH:uid=…`. */
  readonly tmpfs?: readonly string[];
}

/** What somebody's own `docker run` line has to say from now on: no file holds it, and the next start by hand would forget it. */
export interface OwnRun {
  readonly flags: readonly string[];
  /** Flags that go: `-p 8080`, a port that is not published any more. */
  readonly without: readonly string[];
}

/** A running service as the start and stop deeds need it. */
export interface RunsAs {
  readonly service: string;
  /** Grace for a warm stop, longer than the engine's 10 s: a Celery worker ends its tasks first (measured: a 30 s task was lost). */
  readonly seconds?: number;
  readonly compose?: ComposeOrigin;
  /** For a plain `docker run` container. */
  readonly container?: { readonly id: string; readonly name: string; readonly remap?: readonly Remap[]; readonly confine?: Confine; readonly run?: OwnRun };
}

/** How a supervisord is spoken to; without it only a signal reaches it. */
export interface Supervisor {
  /** Absolute path of the configuration it was started with. */
  readonly config: string;
  /** What `supervisorctl` needs to reach it: `-c FILE`, or `-s URL` where the file has no `[supervisorctl]`. */
  readonly control?: readonly string[];
}

/**
 * Starts a program of the machine itself again through its owner, so that it reads its new files: a unit (`restart`), or a
 * program of supervisord (`update` where its own section changed, `restart` where a file behind it did, `reload` of the
 * whole supervisord where its own settings changed).
 */
export interface RestartHost {
  readonly kind: 'restart-host';
  readonly service: string;
  readonly by: 'systemd' | 'supervisord';
  /** The unit, or the program as supervisord names it (`group:name`). */
  readonly name: string;
  readonly how: 'restart' | 'update' | 'reload';
  readonly supervisor?: Supervisor;
  /** The supervisord itself, as it ran when this was planned: for who has to send it a signal by hand. */
  readonly master?: number;
  /** Sockets of systemd's that this plan makes for it: they would go on listening when they are taken back. */
  readonly sockets?: readonly string[];
  /** It is started again because it takes its jobs from these; nothing of it is changed. */
  readonly of?: readonly string[];
  /** Every service that is started anew by it, itself included. */
  readonly services: readonly string[];
  /** Where the last words of each end up: its name for `supervisorctl`, and files of its own. */
  readonly logs?: readonly HostLog[];
}

export interface HostLog {
  readonly service: string;
  readonly program?: string;
  /** What supervisord keeps of it, read where nobody can ask supervisord; the last part of a path may end in `*`: the newest is meant. */
  readonly kept: readonly string[];
  /** What it writes itself. */
  readonly own: readonly string[];
}

/** Owner and mode of something that lies on this machine, by absolute path. A link is never followed. */
export interface SetPath {
  readonly kind: 'set-path';
  readonly path: string;
  /** A number, or the name of an account that may be made by this very plan. */
  readonly uid?: number | string;
  readonly gid?: number | string;
  readonly mode?: number;
  /** Also everything below that belongs to uid 0, on the same file system; `mode` is for the top alone. */
  readonly below?: boolean;
  /**
   * The path is a folder of code: what `from` owns in it goes along, and nobody but its owner may write any of it; the group may
   * read what its owner could. `but` and folders in which nothing lies are left as they are: they are there to be written.
   */
  readonly code?: { readonly from: number; readonly but: readonly string[] };
  /** Left out without a word where nothing lies there (a socket of something that does not run). */
  readonly optional?: boolean;
}

/** A folder on this machine, made with its owner and mode; taken away again when it is empty. */
export interface MakeFolder {
  readonly kind: 'make-folder';
  readonly path: string;
  readonly uid: number | string;
  readonly gid: number | string;
  readonly mode: number;
}

/** A system account of this machine with a group of its own name, without a shell. One that is there is left as it is. */
export interface MakeAccount {
  readonly kind: 'make-account';
  readonly name: string;
  readonly home?: string;
}

/** A step that only tells: what needs root that we don't have, or what nothing but a person can start again. */
export interface ByHand {
  readonly kind: 'by-hand';
  /** To be done once all else is: nothing is proven by it. `services`: those whose answer nobody can count on until then. */
  readonly afterwards?: true;
  /** Services that show what they are proven by only when it was done. */
  readonly services: readonly string[];
  readonly words: Text;
  readonly commands: readonly (readonly string[])[];
  /** What a person has to write; shown as a diff. */
  readonly files?: readonly (EditFile | CreateFile)[];
}

export type Change = EditFile | CreateFile | BuildImage | StopServices | OwnMount | SetFolder | MakeKeys | FillVolume | StartServices | RestartHost | SetPath | MakeFolder | MakeAccount | ByHand;
export type ChangeKind = Change['kind'];
export type ChangeOf<K extends ChangeKind> = Extract<Change, { kind: K }>;
