import type { Container, Image } from '../model/container.ts';
import type { ProcessSource } from '../model/machine.ts';
import type { Live } from '../model/process.ts';
import type { RawContainer } from '../system/raw.ts';
import type { Docker } from '../system/system.ts';
import { image, ownerByLabels } from './docker.ts';
import type { SeenProcesses } from './processes.ts';
import { throughDocker } from './through-docker.ts';

/** Containers whose processes are worth the calls: ours to look at, by labels that a compose file may confirm. */
const worth = (raw: RawContainer): boolean => raw.State.Running && ownerByLabels(raw.Config.Labels ?? {}).kind !== 'ours';

/** What runs in them: from /proc where the cgroup proves it, else as Docker tells it. */
export async function seenInside(docker: Docker, raws: readonly RawContainer[], proc: SeenProcesses, options: { readonly processes: boolean; readonly asks: boolean }): Promise<{ seen: ReadonlyMap<string, Live>; source: ProcessSource }> {
  const seen = new Map(proc.byContainer);
  let source: ProcessSource = options.processes && proc.byContainer.size > 0 ? 'proc' : 'none';
  await Promise.all(
    raws.filter(worth).map(async (raw) => {
      // A pid is ours to read only where the cgroup proved the container (DECISIONS.md).
      const mine = seen.get(raw.Id);
      if (mine && mine.processes.length > 0) return;
      seen.set(raw.Id, await throughDocker(docker, raw.Id, { asks: options.asks }));
      source = source === 'proc' ? 'proc' : 'docker';
    }),
  );
  return { seen, source };
}

/** What was written in it since it was made. */
export async function withWritten(docker: Docker, c: Container): Promise<Container> {
  const changes = await docker.look.changes(c.id).catch(() => []);
  return { ...c, written: changes.map((x) => x.path), modified: changes.filter((x) => !x.came).map((x) => x.path) };
}

export async function imagesOf(docker: Docker, ids: readonly string[]): Promise<readonly Image[]> {
  const found = await Promise.all([...new Set(ids)].map(async (id) => {
    const raw = await docker.look.image(id);
    return raw && image(raw, await docker.look.history(id));
  }));
  return found.filter((i) => i !== undefined);
}
