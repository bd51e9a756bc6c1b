import type { Text } from './text.ts';
import type { Container, Image } from './container.ts';
import type { Least } from './least.ts';
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
  /** `no-new-privileges` for every container, as the daemon tells it. */
  readonly noNewPrivileges?: boolean;
}

/** A file that is no program's text and lies beside some. */
export interface StateFile {
  /** Relative to the root. */
  readonly path: string;
  readonly uid: number;
  /** When it was last written, in milliseconds. */
  readonly at: number;
}

/** A folder with data and no program text, all the way down. */
export interface StateFolder {
  /** Relative to the root. */
  readonly path: string;
  /** Owners of the files right in it, and when the newest of each was written, in milliseconds since 1970. */
  readonly wrote: readonly { readonly uid: number; readonly at: number }[];
}

/** How processes inside containers were read. */
export type ProcessSource = 'proc' | 'docker' | 'none';

/** With what whoever can edit the app's files is trusted: root of the machine, or the app alone. */
export type AppEditors = 'root' | 'app';

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
  /** Folders of the project that hold data and nothing else; looked for only where programs of the machine run here. */
  readonly state?: readonly StateFolder[];
  /** Files of data that lie beside code, looked for where those folders are. */
  readonly beside?: readonly StateFile[];
  readonly processSource: ProcessSource;
  /** Who looks, and would act; absent where the system has no such numbers. */
  readonly uid?: number;
  /** Containers and processes of this machine that are not this project's. */
  readonly elsewhere: readonly Elsewhere[];
  readonly blind: readonly Blind[];
  /** Answered once for this project, and kept in the state; its own .harden-tui.yaml stands above it. */
  readonly appEditors?: AppEditors;
  /** What a search by trials showed, by service. Only where one was made: nothing of it is read off the machine. */
  readonly trials?: ReadonlyMap<string, Least>;
  /** While a plan is made: the number that a service runs as by a choice that is in it already. */
  readonly becomes?: ReadonlyMap<string, number>;
}

export interface Elsewhere {
  readonly kind: 'container' | 'process';
  readonly name: string;
  readonly owner: string;
  /** A container that runs in another one's network, or is tied to one by `--link`: it would be cut off by a new one in its place. */
  readonly networkMode?: string;
  readonly links?: readonly string[];
  /** It runs, and its command starts a Celery worker. */
  readonly worker?: true;
}
