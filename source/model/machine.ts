import type { Text } from './text.ts';
import type { Container, Image } from './container.ts';
import type { Live } from './process.ts';
import type { Service } from './service.ts';

/**
 * A regular file, read once. `path` is relative to the project's root, with forward slashes; absolute for a file outside
 * it that the join led to (a unit, nginx's own configuration).
 */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** SHA-256 of the bytes as read, hex. */
  readonly hash: string;
  /** Permission bits, e.g. 0o644. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** The folder it lies in: who may write there may put another file in its place. */
  readonly folder?: { readonly uid: number; readonly gid: number; readonly mode: number };
}

/** Something that could not be seen. Never a pass: shown with what would let us see it. */
export interface Blind {
  readonly what: string;
  readonly why: Text;
  readonly remedy: Text;
}

export interface DockerFacts {
  /** The daemon's own ID: a plan made for one daemon is not applied to another. */
  readonly id: string;
  readonly engine: string;
  readonly api: string;
  readonly endpoint: string;
  readonly remote: boolean;
  /** Version of the compose plugin, when the CLI has one. */
  readonly compose?: string;
  readonly buildx?: string;
  readonly userns: boolean;
  readonly rootless: boolean;
  readonly desktop: boolean;
  /** What confines every container beside its capabilities; undefined where the engine did not say. */
  readonly mac?: 'apparmor' | 'selinux' | 'none';
  readonly cgroup: string;
}

/** How processes inside containers were read. */
export type ProcessSource = 'proc' | 'docker' | 'none';

/** All that was seen, read once, frozen. */
export interface Machine {
  /** Absolute, with symbolic links resolved. */
  readonly root: string;
  /** What the screens call the project: the compose project's name, or the folder's. */
  readonly name: string;
  /** It lies in a git repository. */
  readonly repository?: boolean;
  /** Env files that git has already: no .gitignore takes them out. */
  readonly tracked?: ReadonlySet<string>;
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly docker?: DockerFacts;
  readonly services: readonly Service[];
  readonly containers: readonly Container[];
  readonly images: readonly Image[];
  /** Processes of the machine itself whose folder, config or unit lies under the root, and what they listen on. */
  readonly host: Live;
  readonly processSource: ProcessSource;
  /** Who looks, and would act; absent where the system has no such numbers. */
  readonly uid?: number;
  /** Containers and processes of this machine that are not this project's. */
  readonly elsewhere: readonly Elsewhere[];
  readonly blind: readonly Blind[];
}

export interface Elsewhere {
  readonly kind: 'container' | 'process';
  readonly name: string;
  readonly owner: string;
}
