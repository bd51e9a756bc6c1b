import type { Machine } from '../../model/machine.ts';
import type { Docker } from '../../system/system.ts';
import { LABEL } from '../../system/deeds.ts';
import type { RawContainer, RawImage } from '../../system/raw.ts';

/** One container that gets a copy. */
export interface Part {
  /** The service's name, or the container's where it is none of this project's. */
  readonly name: string;
  readonly raw: RawContainer;
  /** The image that runs. */
  readonly image: RawImage;
}

const PROJECT = 'com.docker.compose.project';
const SERVICE = 'com.docker.compose.service';

const shared = (raw: RawContainer): readonly string[] => Object.keys(raw.NetworkSettings.Networks).filter((n) => !['bridge', 'host', 'none', 'default'].includes(n));
const joins = (raw: RawContainer): readonly string[] => [raw.HostConfig.NetworkMode, raw.HostConfig['PidMode'], raw.HostConfig['IpcMode']].flatMap((mode) => /^container:(.+)$/.exec(String(mode ?? ''))?.[1] ?? []);

/**
 * Who comes along: everything that runs in the same compose project, on the same networks of one's own, or whose
 * namespaces are shared. Without its broker an app hangs before and after, and the answer would always be "cannot tell".
 */
export async function castOf(machine: Machine, services: readonly string[], docker: Docker): Promise<readonly Part[]> {
  const all = (await docker.look.containers()).filter((c) => c.State.Running && !(LABEL in (c.Config.Labels ?? {})) && c.Config.Labels?.['com.docker.compose.oneoff'] !== 'True');
  const ids = new Set(machine.services.filter((s) => services.includes(s.name)).flatMap((s) => s.containers));
  const chosen = new Set(all.filter((c) => ids.has(c.Id)));
  const projects = new Set([...chosen].flatMap((c) => c.Config.Labels?.[PROJECT] ?? []));
  const networks = new Set([...chosen].flatMap(shared));
  for (const c of all) if (projects.has(c.Config.Labels?.[PROJECT] ?? '\0') || shared(c).some((n) => networks.has(n))) chosen.add(c);
  for (const c of chosen) for (const other of all) if (joins(c).includes(other.Id) || joins(c).includes(other.Name.slice(1))) chosen.add(other);
  const taken = new Set<string>();
  const cast: Part[] = [];
  for (const raw of [...chosen].sort((a, b) => (a.Name < b.Name ? -1 : 1))) {
    const service = machine.services.find((s) => s.containers.includes(raw.Id))?.name;
    const labels = raw.Config.Labels ?? {};
    // One copy of a service that is scaled.
    const name = service ?? (labels[SERVICE] ? `${labels[PROJECT]}/${labels[SERVICE]}` : raw.Name.replace(/^\//, ''));
    if (taken.has(name)) continue;
    taken.add(name);
    const image = await docker.look.image(raw.Image);
    if (image) cast.push({ name, raw, image });
  }
  return cast;
}

/** Dependencies before those who need them; a ring is broken where it is met. */
export function inOrder(parts: readonly Part[], needs: (name: string) => readonly string[]): readonly Part[] {
  const done: Part[] = [];
  const seen = new Set<string>();
  const visit = (part: Part): void => {
    if (seen.has(part.name)) return;
    seen.add(part.name);
    for (const need of needs(part.name)) {
      const other = parts.find((p) => p.name === need);
      if (other) visit(other);
    }
    done.push(part);
  };
  for (const part of parts) visit(part);
  return done;
}
