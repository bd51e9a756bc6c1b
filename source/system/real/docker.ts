import type Dockerode from 'dockerode';
import { guardedFacts } from './docker-facts.ts';
import { act } from './docker-act.ts';
import { ask } from './docker-ask.ts';
import { ours } from './docker-ours.ts';
import type { Docker, DockerLook, Shell } from '../system.ts';
import type { RawContainer, RawHistory, RawImage, RawTop, RawNetwork, RawVolume } from '../raw.ts';

/** Docker's Go file mode: the socket bit, and the low nine bits. */
const GO_SOCKET = 1 << 24;

export const notFound = (error: unknown): boolean => (error as { statusCode?: number }).statusCode === 404;

/** `registry:5000/name:tag@sha256:…` or an image's id; never a path of its own. */
export const isReference = (text: string): boolean => /^(?:sha256:)?[A-Za-z0-9][\w.-]*(?::\d+)?(?:\/[A-Za-z0-9][\w.-]*)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/.test(text) && !text.includes('..');

async function orUndefined<T>(work: Promise<unknown>): Promise<T | undefined> {
  try {
    return (await work) as T;
  } catch (error) {
    if (notFound(error)) return undefined;
    throw error;
  }
}

/** Docker multiplexes stdout and stderr in frames of 8 + n bytes unless the container has a terminal. */
export function demultiplex(raw: Buffer): { stdout: string; stderr: string } {
  const parts: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  let at = 0;
  while (at + 8 <= raw.length) {
    const kind = raw[at];
    if ((kind ?? 9) > 2) return { stdout: raw.toString('utf8'), stderr: '' };
    const size = raw.readUInt32BE(at + 4);
    parts[kind === 2 ? 'stderr' : 'stdout'].push(raw.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  return { stdout: Buffer.concat(parts.stdout).toString('utf8'), stderr: Buffer.concat(parts.stderr).toString('utf8') };
}

function look(engine: Dockerode, endpoint: string, shell: Shell): DockerLook {
  return {
    facts: () => guardedFacts(engine, endpoint, shell),
    async containers() {
      const found = await engine.listContainers({ all: true });
      const whole = await Promise.all(found.map((c) => orUndefined<RawContainer>(engine.getContainer(c.Id).inspect())));
      return whole.filter((c) => c !== undefined);
    },
    container: (id) => orUndefined<RawContainer>(engine.getContainer(id).inspect()),
    // A FROM line may hold anything, and the client puts it into the call's path as it is.
    image: async (reference) => (isReference(reference) ? orUndefined<RawImage>(engine.getImage(reference).inspect()) : undefined),
    history: async (reference) => (isReference(reference) ? await orUndefined<RawHistory[]>(engine.getImage(reference).history()) : undefined) ?? [],
    // Default titles give user *names* of the host; these columns are numbers (FACTS.md, section 0).
    top: async (id) => (await engine.getContainer(id).top({ ps_args: '-eo pid,ppid,uid,ruid,gid,args' })) as RawTop,
    async changes(id) {
      // Nothing changed is the answer `null`, which dockerode hands over as bytes.
      const said = (await engine.getContainer(id).changes()) as unknown;
      const found = Array.isArray(said) ? (said as { Path: string; Kind: number }[]) : null;
      return (found ?? []).filter((c) => c.Kind !== 2).map((c) => ({ path: c.Path, came: c.Kind === 1 }));
    },
    async logs(id, tail) {
      const raw = (await engine.getContainer(id).logs({ stdout: true, stderr: true, tail, follow: false })) as unknown as Buffer;
      const { stdout, stderr } = demultiplex(raw);
      return stdout + stderr;
    },
    volume: (name) => orUndefined<RawVolume>(engine.getVolume(name).inspect()),
    network: (id) => orUndefined<RawNetwork>(engine.getNetwork(id).inspect()),
    ours: () => ours(engine),
    async pathMode(id, path) {
      const answer = await orUndefined<{ headers?: Record<string, string> }>(engine.getContainer(id).infoArchive({ path }));
      const header = answer?.headers?.['x-docker-container-path-stat'];
      if (!header) return undefined;
      const { mode } = JSON.parse(Buffer.from(header, 'base64').toString('utf8')) as { mode: number };
      return { mode: mode & 0o777, socket: (mode & GO_SOCKET) !== 0 };
    },
  };
}

/** Says every call of the API before it is made, as method and path. */
function heard({ modem }: Dockerode, say: (argv: readonly string[]) => void): void {
  const client = modem as { dial(options: { method: string; path: string; options?: unknown }, callback?: unknown): unknown };
  const dial = client.dial.bind(client);
  client.dial = (options, callback) => {
    say([options.method, options.path.replace(/\?$/, '')]);
    return dial(options, callback);
  };
}

/** The engine at `endpoint`; `say` hears every call of its API. Throws what the socket throws (ENOENT, ECONNREFUSED, EACCES). */
export async function realDocker(endpoint: string, shell: Shell, say?: (argv: readonly string[]) => void): Promise<Docker> {
  const { default: Engine } = await import('dockerode');
  const { clientOptions } = await import('./docker-client.ts');
  const engine = new Engine(clientOptions(endpoint));
  if (say) heard(engine, say);
  await engine.ping();
  return {
    endpoint,
    look: look(engine, endpoint, shell),
    ask: (question) => ask(engine, question),
    act: (deed) => act(engine, deed),
  };
}
