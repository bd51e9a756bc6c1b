import { setScalar } from '../files/compose.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { written } from './compose-services.ts';
import { editsOf } from './edit.ts';
import type { RunAs } from './run-as.ts';
import { runningOf } from './service-files.ts';

/** A folder in memory that only root may write: `--tmpfs` takes the owner and mode of the image's folder, whoever owns that by now (measured). */
export interface RootsTmpfs {
  readonly service: Service;
  readonly path: string;
  /** As it is written: `PATH:options`. */
  readonly value: string;
}

const targetOf = (value: string): string => value.split(':')[0] ?? value;
const optionsOf = (value: string): readonly string[] => value.slice(targetOf(value).length + 1).split(',').filter(Boolean);

/** By what was seen of it, else by its own options; one that nobody knows anything of is left alone. */
function rootsAlone(value: string, seen: { readonly uid: number; readonly mode: number } | undefined): boolean {
  const options = optionsOf(value);
  if (options.some((o) => /^(?:uid=(?!0$)|ro$)/.test(o))) return false;
  const mode = seen?.mode ?? parseInt(/^mode=(\d+)$/.exec(options.find((o) => o.startsWith('mode=')) ?? '')?.[1] ?? '', 8);
  return !Number.isNaN(mode) && (mode & 0o002) === 0 && (seen === undefined || seen.uid === 0);
}

export const rootsTmpfs = (machine: Machine, services: readonly Service[]): readonly RootsTmpfs[] => services.flatMap((service) =>
  runningOf(machine, service).flatMap((c) => (c.tmpfs ?? []).filter((t) => rootsAlone(t, c.lies?.get(targetOf(t)))).map((value) => ({ service, path: targetOf(value), value }))));

/** The same with the new owner; options of before stay. */
const owned = (value: string, { uid, gid }: RunAs): string => [targetOf(value), [...optionsOf(value).filter((o) => !/^[ug]id=/.test(o)), `uid=${uid}`, `gid=${gid}`].join(',')].join(':');

/** Gives such folders their owner where they are asked for: in compose, or in the flags that the container is made with again. */
export function ownTmpfs(machine: Machine, services: readonly Service[], user: RunAs): Pick<Proposal, 'confine'> & { readonly changes: readonly Change[] } | Refusal {
  const changes: Change[] = [];
  const confine: NonNullable<Proposal['confine']>[number][] = [];
  for (const { service, path, value } of rootsTmpfs(machine, services)) {
    if (!service.compose) {
      confine.push({ service: service.name, tmpfs: [owned(value, user)] });
      continue;
    }
    const at = written(machine.files, service.compose).flatMap(({ file, service: s }) => s.tmpfs.filter((t) => targetOf(t.value) === path).map((t) => ({ file, scalar: t })))[0];
    if (!at) return refuse(text(`${path} is a tmpfs that only root may write, and no compose file here says so: give it uid=${user.uid}`, `${path} 是只有 root 能写的 tmpfs，而这里的 compose 文件没有写它：请给它 uid=${user.uid}`));
    const edit = editsOf(at.file, setScalar(at.scalar, owned(at.scalar.value, user)));
    if (isRefusal(edit)) return edit;
    changes.push(edit);
  }
  return { changes, ...(confine.length > 0 ? { confine } : {}) };
}
