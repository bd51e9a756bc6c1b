import type { Live } from './process.ts';
import type { Secret } from './secret.ts';

export interface Mount {
  readonly type: 'bind' | 'volume' | 'tmpfs' | string;
  /** Volume name, or absolute host path of a bind. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Anonymous volumes have 64 hex digits for a name. */
  readonly anonymous: boolean;
  /** Owner of the top of a bind or volume as seen on this machine; undefined where it could not be seen. */
  readonly owner?: { readonly uid: number; readonly gid: number; readonly mode?: number };
  /** Entries below (and itself) that belong to uid 0; undefined where they could not be counted, or are too many. */
  readonly rootEntries?: number;
  /** A folder of the project that holds nothing but data, all the way down: no program text, no configuration, no key. */
  readonly data?: boolean;
}

export interface PublishedPort {
  readonly inside: number;
  readonly protocol: string;
  readonly hostIp: string;
  readonly hostPort: number;
}

/** Something that others than its owner and its group may not read, or not go through. */
export interface Closed {
  readonly path: string;
  readonly folder: boolean;
  /** Whose it is, where it is not root's and root's group's. */
  readonly owner?: PathOwner;
}

export interface PathOwner {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** An account that a container has for itself, as its own /etc/passwd names it. */
export interface OwnAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who made the container; only `this-project` and `plain` are ever offered for replacement. */
export type Owner =
  | { readonly kind: 'this-project' }
  | { readonly kind: 'plain' }
  | { readonly kind: 'other-project'; readonly name: string }
  | { readonly kind: 'kubernetes' | 'swarm' | 'dev-container' | 'testcontainers' | 'one-off' | 'ours' };

export interface Container extends Live {
  readonly id: string;
  readonly name: string;
  /** The reference it was created from, e.g. `shop-web`. */
  readonly image: string;
  readonly imageId: string;
  readonly owner: Owner;
  readonly service?: string;
  readonly running: boolean;
  readonly restarting: boolean;
  readonly restartCount: number;
  /** What it ended with, where it does not run. */
  readonly exitCode?: number;
  readonly startedAt: string;
  readonly health?: string;
  readonly pid: number;
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workdir: string;
  readonly env: ReadonlyMap<string, string | Secret>;
  readonly labels: ReadonlyMap<string, string>;
  readonly mounts: readonly Mount[];
  readonly ports: readonly PublishedPort[];
  readonly networkMode: string;
  /** Names of containers that `--link` ties it to: a link follows the container, not the name. */
  readonly links?: readonly string[];
  readonly usernsMode: string;
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly securityOpt: readonly string[];
  readonly sysctls: ReadonlyMap<string, string>;
  readonly readOnly: boolean;
  /** `--tmpfs`, as `PATH` or `PATH:options`. */
  readonly tmpfs?: readonly string[];
  /** Why the engine could not start it, in its own words. */
  readonly error?: string;
  readonly privileged: boolean;
  readonly restart: string;
  /** `--rm`: stopping it removes it, so it could not be brought back. */
  readonly autoRemove: boolean;
  /** Owner and mode of configuration that a root master reads in it, and of its folders, by absolute path. */
  readonly lies?: ReadonlyMap<string, { readonly uid: number; readonly gid: number; readonly mode: number }>;
  /** Paths changed in the writable layer (`docker diff`), when asked for. */
  readonly written?: readonly string[];
  /** Those of them that came with the image: a seeded database that the app writes to is root's file in root's folder. */
  readonly modified?: readonly string[];
  /** Folders among those, where somebody could look. */
  readonly directories?: readonly string[];
  /** What only root may read, below the folder it works in and on the way to what its command names. */
  readonly closed?: readonly Closed[];
  /** Accounts that it has beside root, where somebody could look. */
  readonly accounts?: readonly OwnAccount[];
  /** Folders of its own layer that it wrote in and that somebody else than root owns. */
  readonly others?: readonly (PathOwner & { readonly path: string })[];
}

export interface ImageStep {
  /** The instruction as the builder recorded it, normalised (`COPY . .`, `CMD ["x"]`). */
  readonly createdBy: string;
  readonly empty: boolean;
}

export interface Image {
  readonly id: string;
  readonly tags: readonly string[];
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workdir: string;
  readonly env: ReadonlyMap<string, string | Secret>;
  readonly exposed: readonly number[];
  readonly layers: readonly string[];
  readonly history: readonly ImageStep[];
}
