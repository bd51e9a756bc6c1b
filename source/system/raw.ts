/** The parts of the Engine API's answers that we read. Field names are Docker's. */
export interface RawContainer {
  Id: string;
  Name: string;
  Image: string;
  RestartCount: number;
  State: { Running: boolean; Restarting: boolean; Status: string; Pid: number; StartedAt: string; ExitCode: number; Error?: string; Health?: { Status: string } };
  Config: {
    Hostname: string; User: string; Image: string; Entrypoint: string[] | null; Cmd: string[] | null; WorkingDir: string;
    Env: string[] | null; Labels: Record<string, string> | null; [key: string]: unknown;
  };
  HostConfig: {
    NetworkMode: string; UsernsMode: string; CapAdd: string[] | null; CapDrop: string[] | null; SecurityOpt: string[] | null;
    Sysctls?: Record<string, string>; ReadonlyRootfs: boolean; Privileged: boolean; RestartPolicy: { Name: string };
    Binds: string[] | null; AutoRemove: boolean; [key: string]: unknown;
  };
  Mounts: { Type: string; Name?: string; Source: string; Destination: string; RW: boolean; Driver?: string }[];
  NetworkSettings: {
    Ports: Record<string, { HostIp: string; HostPort: string }[] | null> | null;
    Networks: Record<string, { Aliases: string[] | null; IPAMConfig: unknown; Links: string[] | null; DriverOpts: unknown; MacAddress?: string; NetworkID: string; IPAddress?: string; GlobalIPv6Address?: string }>;
  };
  GraphDriver?: { Name: string };
}

export interface RawImage {
  Id: string;
  RepoTags: string[] | null;
  /** All its layers, also those that it shares. */
  Size?: number;
  Config: {
    User: string; Entrypoint: string[] | null; Cmd: string[] | null; WorkingDir: string; Env: string[] | null;
    ExposedPorts?: Record<string, unknown> | null; [key: string]: unknown;
  };
  RootFS: { Layers?: string[] };
}

export interface RawHistory {
  Id: string;
  CreatedBy: string;
  Size: number;
}

export interface RawTop {
  Titles: string[];
  Processes: string[][];
}

export interface RawNetwork {
  Name: string;
  /** Made with `internal: true`: the engine lets nothing of it out. */
  Internal: boolean;
}

export interface RawVolume {
  Name: string;
  Driver: string;
  Mountpoint: string;
}
