import type { DockerFacts } from '../model/machine.ts';
import type { DockerDeed } from './deeds.ts';
import type { RawContainer, RawHistory, RawImage, RawNetwork, RawTop, RawVolume } from './raw.ts';

/** What is at a path, links not followed. */
export interface Stat {
  readonly kind: 'file' | 'directory' | 'link' | 'socket' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** When its bytes were last written, where the system keeps that. */
  readonly written?: Date;
}

export interface Entry {
  readonly name: string;
  readonly kind: Stat['kind'];
}

export interface Owning {
  readonly uid?: number | string;
  readonly gid?: number | string;
  readonly mode?: number;
}

/** Absolute paths everywhere. Errors are Node's own (`code` ENOENT, EACCES, ENOSPC …). */
export interface Files {
  realpath(path: string): Promise<string>;
  stat(path: string): Promise<Stat | undefined>;
  list(folder: string): Promise<readonly Entry[]>;
  read(path: string): Promise<Buffer>;
  /** By rename in the same folder, flushed; keeps mode and owner of a file that is there unless told otherwise. */
  write(path: string, bytes: Buffer, as?: { mode?: number; uid?: number; gid?: number }): Promise<void>;
  remove(path: string): Promise<void>;
  /** A file or a link as it lies there, into a folder that is there: mode and times, and the owner where we may. Not flushed: for copies that nobody misses. */
  copy(from: string, to: string): Promise<void>;
  /** With the folders above it that are missing; each gets the owner, where one is given and we may. */
  makeFolder(path: string, mode: number, owner?: { readonly uid: number; readonly gid: number }): Promise<void>;
  /** Owner and mode of what lies there, by its real path: a link is refused, at the end and on the way. Names are this machine's accounts. */
  set(path: string, to: Owning): Promise<void>;
  /** Appends and flushes: a journal line is on disk when this returns. Makes the file with mode 0600. */
  append(path: string, line: string): Promise<void>;
  /** Makes the file with mode 0600 if it is not there; false when it is. */
  claim(path: string, content: string): Promise<boolean>;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Called for every line of output as it comes. */
  readonly onLine?: (line: string) => void;
  readonly timeoutMs?: number;
}

/** Commands are argv arrays. `ask` only reads (versions, `config -q`); `run` may change things. */
export interface Shell {
  ask(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Hands this terminal to a program (the user's editor) and waits until it ends; its exit code. */
  hand(argv: readonly string[]): Promise<number>;
}

/**
 * The engine, in three sizes of trust. `look` needs only GETs of the API and executes nothing. `ask` runs a reading
 * command in a container (exec), or in a labelled disposable one. `act` does a deed.
 */
export interface Docker {
  readonly endpoint: string;
  readonly look: DockerLook;
  ask(question: DockerQuestion): Promise<Ran>;
  act(deed: DockerDeed, onLine?: (line: string) => void): Promise<Ran>;
}

/** Something on the engine that is ours: by its label, or an image by a tag of ours. */
export interface Ours {
  readonly kind: 'container' | 'network' | 'volume' | 'image';
  /** What it is removed by. */
  readonly id: string;
  /** As a reader knows it; of an image a tag, where it has one. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** ISO 8601, where the engine keeps that. */
  readonly made?: string;
}

export interface DockerLook {
  facts(): Promise<DockerFacts>;
  containers(): Promise<readonly RawContainer[]>;
  container(id: string): Promise<RawContainer | undefined>;
  image(reference: string): Promise<RawImage | undefined>;
  history(reference: string): Promise<readonly RawHistory[]>;
  top(id: string): Promise<RawTop>;
  /** `docker diff` without what was deleted; `came` is false for what the image had and the container changed. */
  changes(id: string): Promise<readonly { readonly path: string; readonly came: boolean }[]>;
  logs(id: string, tail: number): Promise<string>;
  volume(name: string): Promise<RawVolume | undefined>;
  network(id: string): Promise<RawNetwork | undefined>;
  /** Everything that carries our label, whoever of us made it, and the images that are kept for an undo. */
  ours(): Promise<readonly Ours[]>;
  /** Mode of a path inside a container, without executing anything. */
  pathMode(id: string, path: string): Promise<{ mode: number; socket: boolean } | undefined>;
}

export type DockerQuestion =
  | {
      readonly kind: 'exec'; readonly container: string; readonly argv: readonly string[]; readonly user?: string;
      /** For a password: neither the engine's events nor a list of processes show it, as they do words. */
      readonly env?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'helper';
      readonly image: string;
      readonly argv: readonly string[];
      readonly user: string;
      readonly pidOf?: string;
      readonly networkOf?: string;
      readonly mounts?: readonly { readonly type: 'volume' | 'bind'; readonly source: string; readonly target: string }[];
    };

/** Raw texts of /proc for one process; undefined where the kernel did not let us. */
export interface ProcTexts {
  readonly pid: number;
  readonly status: string;
  readonly cmdline: string;
  readonly cgroup: string;
  readonly uidMap?: string;
  readonly cwd?: string;
}

export interface Processes {
  /** False where /proc is not this machine's (macOS, Windows). */
  readonly available: boolean;
  /** Our own pid: what shares our container is this machine's, as we see it. */
  readonly self: number;
  list(): Promise<readonly ProcTexts[]>;
  /** This very process, in words that no other one has, also after a restart of the machine. */
  me(): Promise<string>;
  /** Whether the process of that name still runs; undefined where it can't be told from here (another machine, another container). */
  lives(name: string): Promise<boolean | undefined>;
  /** `net/tcp`, `net/tcp6` and `net/unix` of the network namespace that `pid` lives in. */
  network(pid: number): Promise<{ tcp: string; tcp6: string; unix: string } | undefined>;
  /** Inode numbers of the sockets that a process holds. */
  socketInodes(pid: number): Promise<readonly number[]>;
  /** Regular files that a process holds open for writing, as it names them, each with its owner; none where they may not be read. */
  writing(pid: number): Promise<readonly { readonly path: string; readonly uid: number }[]>;
  /** When a process was started, in milliseconds since 1970. */
  startedAt(pid: number): Promise<number | undefined>;
  /** `environ` of a process: NAME=value, each ended by a NUL; undefined where it may not be read. */
  environment(pid: number): Promise<string | undefined>;
  /** Resolves `path` inside the process's own root, one component at a time, never through the host's root. */
  statInside(pid: number, path: string): Promise<Stat | undefined>;
  listInside(pid: number, path: string): Promise<readonly (Entry & Stat)[] | undefined>;
  /** The text of a small regular file in there; undefined where it is none, is larger, or may not be read. */
  readInside(pid: number, path: string): Promise<string | undefined>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
}

export interface Net {
  /** One GET; certificates are not judged (dev boxes sign their own). Undefined when nothing answers HTTP there. */
  get(url: string, timeoutMs: number): Promise<HttpAnswer | undefined>;
  connects(host: string, port: number, timeoutMs: number): Promise<boolean>;
  /**
   * Connects to a unix socket of this machine as another user (with that user's groups, or with none for a bare number that
   * nobody has). Undefined where that could not be tried: it takes root, and a program that such a user may start.
   */
  connectsAs(socket: string, uid: number): Promise<boolean | undefined>;
  /** Addresses of this machine that others can reach it by: no loopback, no link-local. */
  addresses(): readonly string[];
}

/** A process of ours that outlives us: where we die without having dismissed it, it takes the run back. */
export interface Watchman {
  /** From here on this run is in its care. */
  guards(run: string): Promise<void>;
  /** The run has ended, one way or the other; nothing is left of the watchman when this returns. */
  dismiss(): Promise<void>;
}

export interface System {
  readonly files: Files;
  readonly shell: Shell;
  readonly processes: Processes;
  readonly net: Net;
  /** Absent without an engine or with --no-docker. */
  readonly docker?: Docker;
  /** Who we are; absent where the system has no such numbers (Windows). */
  readonly uid?: number;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
  /** Posts a watchman; undefined where none came up. Absent where nothing is really done. */
  readonly post?: () => Promise<Watchman | undefined>;
}
