import type { Owning } from './system.ts';

/** Everything that is ever done to the engine through its API: plain values, so that a preview can tell them. */
export type DockerDeed =
  | { readonly deed: 'tag'; readonly image: string; readonly tag: string }
  | { readonly deed: 'untag'; readonly tag: string }
  | { readonly deed: 'stop'; readonly container: string; readonly seconds?: number }
  | { readonly deed: 'start'; readonly container: string }
  | { readonly deed: 'rename'; readonly container: string; readonly name: string }
  | { readonly deed: 'remove'; readonly container: string; /** Its nameless volumes go with it: a disposable one. */ readonly withVolumes?: boolean }
  | { readonly deed: 'create'; readonly name: string; readonly spec: Readonly<Record<string, unknown>>; readonly from: string; /** Flags that differ from the old one's, to be told. */ readonly flags?: readonly string[] }
  | { readonly deed: 'connect'; readonly network: string; readonly container: string; readonly endpoint: Readonly<Record<string, unknown>> }
  | { readonly deed: 'commit'; readonly container: string; readonly tag: string }
  | { readonly deed: 'make-volume'; readonly name: string; readonly labels: Readonly<Record<string, string>>; /** Of the driver `local`: what is mounted, and how. */ readonly options?: Readonly<Record<string, string>> }
  | { readonly deed: 'remove-volume'; readonly name: string }
  /** No way leads out of it, nor to what the host publishes: its bridge has no address of its own. */
  | { readonly deed: 'make-network'; readonly name: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly deed: 'remove-network'; readonly network: string }
  | {
      readonly deed: 'helper';
      readonly image: string;
      readonly argv: readonly string[];
      readonly user: string;
      readonly mounts: readonly HelperMount[];
    };

/** What a helper gets to see. `filled`: the engine is to fill an empty volume with what the image has there. */
export interface HelperMount {
  readonly type: 'volume' | 'bind';
  readonly source: string;
  readonly target: string;
  readonly readOnly?: boolean;
  readonly filled?: true;
}

/**
 * As the engine takes it. An empty volume gets owner and mode of the folder that it is mounted on, read only or not (measured: only
 * looked at on /mnt, one of 10001 was root's again); `nocopy` leaves it as it is.
 */
export function bound({ type, source, target, readOnly, filled }: HelperMount): string {
  const options = [...(readOnly ? ['ro'] : []), ...(type === 'volume' && !filled ? ['nocopy'] : [])];
  return [source, target, ...(options.length > 0 ? [options.join(',')] : [])].join(':');
}

/** The same deed as a docker command that can be pasted, to the engine that it goes to; what preview, log and `c` show. */
export function spoken(deed: DockerDeed, endpoint: string): readonly string[] {
  const [docker = 'docker', ...rest] = command(deed);
  return endpoint === DEFAULT_ENDPOINT ? [docker, ...rest] : [docker, '-H', endpoint, ...rest];
}

export const DEFAULT_ENDPOINT = 'unix:///var/run/docker.sock';

/** `Internal` alone still reaches what listens on the host, through the bridge's address (measured). */
export const CLOSED = { options: { 'com.docker.network.bridge.inhibit_ipv4': 'true' }, flags: ['--internal', '-o', 'com.docker.network.bridge.inhibit_ipv4=true'] } as const;

function command(deed: DockerDeed): readonly string[] {
  switch (deed.deed) {
    case 'tag': return ['docker', 'tag', deed.image, deed.tag];
    case 'untag': return ['docker', 'rmi', '--no-prune', deed.tag];
    case 'stop': return ['docker', 'stop', ...(deed.seconds === undefined ? [] : ['-t', String(deed.seconds)]), deed.container];
    case 'start': return ['docker', 'start', deed.container];
    case 'rename': return ['docker', 'rename', deed.container, deed.name];
    case 'remove': return ['docker', 'rm', deed.withVolumes ? '-fv' : '-f', deed.container];
    case 'create': return ['docker', 'create', '--name', deed.name, ...(deed.flags ?? []), '…', String(deed.spec['Image'] ?? '')];
    case 'connect': return ['docker', 'network', 'connect', deed.network, deed.container];
    case 'commit': return ['docker', 'commit', deed.container, deed.tag];
    case 'make-network': return ['docker', 'network', 'create', ...CLOSED.flags, ...Object.entries(deed.labels).flatMap(([k, v]) => ['--label', `${k}=${v}`]), deed.name];
    case 'make-volume': return ['docker', 'volume', 'create', ...Object.entries(deed.options ?? {}).flatMap(([k, v]) => ['-o', `${k}=${v}`]), ...Object.entries(deed.labels).flatMap(([k, v]) => ['--label', `${k}=${v}`]), deed.name];
    case 'remove-volume': return ['docker', 'volume', 'rm', deed.name];
    case 'remove-network': return ['docker', 'network', 'rm', deed.network];
    case 'helper': {
      const mounts = deed.mounts.flatMap((m) => ['-v', bound(m)]);
      const [entry = 'true', ...rest] = deed.argv;
      return ['docker', 'run', '--rm', '--network', 'none', '-u', deed.user, ...mounts, '--entrypoint', entry, deed.image, ...rest];
    }
  }
}

/** A change of owner or mode, as one would type it. */
export const owning = (path: string, { uid, gid, mode }: Owning): readonly (readonly string[])[] => [
  ...(uid === undefined && gid === undefined ? [] : [['chown', '-h', `${uid ?? ''}${gid === undefined ? '' : `:${gid}`}`, path]]),
  ...(mode === undefined ? [] : [['chmod', mode.toString(8), path]]),
];

/** Every disposable container, image and volume of ours carries it; such containers are never scanned. */
export const LABEL = 'io.harden-tui.run';
/** Beside it: the process of ours that made it (`processes.me`). While that one lives, nobody else takes it away. */
export const BY = 'io.harden-tui.by';
/** Repository of the tags that keep displaced images from `docker image prune`. */
export const KEEP = 'harden-tui/keep';
/** Repository of the images that a rehearsal builds; they go with it. */
export const REHEARSED = 'harden-tui/rehearsal';
