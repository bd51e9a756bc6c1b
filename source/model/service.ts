/** What builds a service's image. Paths are relative to the project's root. */
export interface Build {
  readonly context: string;
  readonly dockerfile: string;
  readonly target?: string;
  readonly args: Readonly<Record<string, string>>;
}

/** The compose side of a service. */
export interface ComposeOrigin {
  readonly project: string;
  /** Relative paths, in the order compose reads them (overrides last). */
  readonly files: readonly string[];
  readonly service: string;
  /** Folder that relative paths in the compose files start from, relative to the root. */
  readonly directory: string;
  readonly envFiles: readonly string[];
}

/** A program of the machine itself, outside containers: what starts it, and what would start it again. */
export interface HostOrigin {
  readonly by: 'systemd' | 'supervisord' | 'shell';
  /** The uid whose own systemd runs the unit: the system's `systemctl` can't start it again. */
  readonly manager?: number;
  /** The unit, the supervisord program, or for a shell the program's own name. */
  readonly name: string;
  /** The unit or supervisord configuration that says how it is started: a key of `Machine.files`. */
  readonly file?: string;
  /** The project's own copy of that file, where the one that decides is installed outside: a key of `Machine.files`. */
  readonly copy?: string;
  /** Absolute folder that it was started in. */
  readonly cwd?: string;
  /** It runs as this machine's unit or program now, and can be started again through its owner. */
  readonly running: boolean;
}

/**
 * One thing that runs, or would: the join of a compose service (or a plain container), its image, its Dockerfile and
 * its containers. The unit that fixes build, replace and prove.
 */
export interface Service {
  readonly name: string;
  readonly compose?: ComposeOrigin;
  readonly host?: HostOrigin;
  readonly build?: Build;
  /**
   * How sure the tie to the Dockerfile is: compose says so; a folder of the project is mounted (or the user named the
   * Dockerfile) and the image's history matched; or its history alone, which is a likeness and a guess.
   */
  readonly tie?: 'compose' | 'bind' | 'history';
  /** The compose service of the same project that builds this one's image, where this one has no `build:` and only names it. */
  readonly builtBy?: string;
  /** Image reference that a build tags and a container uses. */
  readonly image?: string;
  /** Ids of this service's containers, running or not. */
  readonly containers: readonly string[];
  /** Pids of a host service: its first process, then those below it. */
  readonly pids?: readonly number[];
}
