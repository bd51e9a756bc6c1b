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

/**
 * One thing that runs, or would: the join of a compose service (or a plain container), its image, its Dockerfile and
 * its containers. The unit that fixes build, replace and prove.
 */
export interface Service {
  readonly name: string;
  readonly compose?: ComposeOrigin;
  readonly build?: Build;
  /**
   * How sure the tie to the Dockerfile is: compose says so; a folder of the project is mounted (or the user named the
   * Dockerfile) and the image's history matched; or its history alone, which is a likeness and a guess.
   */
  readonly tie?: 'compose' | 'bind' | 'history';
  /** Image reference that a build tags and a container uses. */
  readonly image?: string;
  /** Ids of this service's containers, running or not. */
  readonly containers: readonly string[];
}
