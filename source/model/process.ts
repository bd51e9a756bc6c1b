import type { Secret } from './secret.ts';

export interface Listener {
  readonly protocol: 'tcp' | 'tcp6';
  readonly address: string;
  readonly port: number;
  /** Pids (as in Process.pid) that hold the socket, when that could be seen. */
  readonly pids: readonly number[];
  /** Creator's uid as the kernel's table gives it; under socket activation that is root's, not the application's. */
  readonly uid: number;
}

export interface UnixSocket {
  /** As the process names it, inside its own root. */
  readonly path: string;
  /** Permission bits only (& 0o777). */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Pids that hold it, when that could be seen. */
  readonly pids?: readonly number[];
}

/** Somebody who holds a connection to a port that is listened on here. */
export interface Connected {
  readonly port: number;
  readonly address: string;
  /** The container that has that address. */
  readonly by?: { readonly id: string; readonly name: string };
}

export interface Ids {
  readonly real: number;
  readonly effective: number;
}

/** A running process. Ids are those *inside* its user namespace; `outside` is the host's view where it differs. */
export interface Process {
  /** Host pid where we read the host's /proc; otherwise the pid that the Docker API gave. */
  readonly pid: number;
  readonly ppid: number;
  readonly innerPid?: number;
  readonly argv: readonly string[];
  readonly uid: Ids;
  readonly gid: Ids;
  readonly groups: readonly number[];
  /** Host uid, when a user namespace maps it elsewhere. */
  readonly outside?: number;
  /** Effective and bounding capability sets as bit masks; undefined where they could not be read. */
  readonly capEff?: bigint;
  readonly capBnd?: bigint;
  readonly noNewPrivs?: boolean;
  readonly seccomp?: number;
  readonly cwd?: string;
  /** 64 hex digits when the cgroup proves a container. */
  readonly container?: string;
  /** The systemd unit from the cgroup. */
  readonly unit?: string;
  /** The uid whose own systemd runs that unit (`systemctl --user`); absent for the system's. */
  readonly manager?: number;
  /** Regular files that it holds open for writing, on volumes too, with their owners; where /proc is ours and there are any. */
  readonly writes?: readonly { readonly path: string; readonly uid: number }[];
  /** When it was started, in milliseconds since 1970; for processes of the host that are in scope. */
  readonly started?: number;
  /** Its environment; read only for processes of the host that are in scope, and only where the kernel lets us. */
  readonly env?: ReadonlyMap<string, string | Secret>;
}

/** What was seen running of one thing: a container, or the programs of the machine itself. */
export interface Live {
  readonly processes: readonly Process[];
  readonly listeners: readonly Listener[];
  readonly sockets: readonly UnixSocket[];
  /** Who is connected from elsewhere, where /proc is ours and somebody is. */
  readonly connected?: readonly Connected[];
}
