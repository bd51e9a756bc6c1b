import type { BuildImage, CreateFile, EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { ComposeOrigin, Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { written } from './compose-services.ts';
import { editOf } from './edit.ts';
import { within } from './parsed.ts';
import type { RunAs } from './run-as.ts';
import { givingLine } from './user-block.ts';
import type { WrittenPlaces } from './written-places.ts';

export type Derived = readonly (EditFile | CreateFile | BuildImage)[];

/** A folder of its own: what is sent to the builder is then this one file, not the project. */
function freeFolder(machine: Machine, origin: ComposeOrigin): { readonly name: string; readonly path: string } | undefined {
  const taken = (path: string): boolean => [...machine.files.keys()].some((f) => f === path || f.startsWith(`${path}/`));
  return [origin.service, `${origin.service}-image`].flatMap((name) => { const path = within(origin.directory, name); return path === undefined || taken(path) ? [] : [{ name, path }]; })[0];
}

/** `image:` of a service where it stands alone; `build:` takes its place. */
function imageLine(machine: Machine, origin: ComposeOrigin, folder: string): { readonly image: string; readonly edit: EditFile } | Refusal {
  const all = written(machine.files, origin);
  const named = all.filter(({ service }) => service.image);
  const [one] = named;
  const entry = one?.service.keys.get('image');
  const odd = text(`image: of ${origin.service} stands in several files, comes from a variable or is shared, so it can't be replaced here`, `${origin.service} 的 image: 写在多个文件里、来自变量或被共享，这里无法替换`);
  if (!one?.service.image || !entry || named.length > 1 || entry.merged || entry.aliased || one.service.shared || one.service.image.shared || one.service.image.interpolated) return refuse(odd);
  const stuck = ['build', 'pull_policy', 'user'].find((key) => all.some(({ service }) => service.keys.has(key)));
  if (stuck) return refuse(text(`${origin.service} has ${stuck}: in compose`, `${origin.service} 在 compose 里有 ${stuck}:`));
  return { image: one.service.image.value, edit: editOf(one.file, [{ start: entry.keySpan.start, end: one.service.image.end, text: `build: ./${folder}` }]) };
}

/**
 * A small Dockerfile on top of a pulled image: the folders that the app writes get its user, then USER. Compose builds it from
 * then on, under a name of its own; the pulled one keeps its name.
 */
export function derivedImage(machine: Machine, services: readonly Service[], user: RunAs, places: WrittenPlaces): Derived | Refusal {
  const changes: (EditFile | CreateFile | BuildImage)[] = [];
  for (const { name, compose } of services) {
    const folder = compose && freeFolder(machine, compose);
    if (!compose || !folder) return refuse(text(`there is a folder ${name} already`, `已经有目录 ${name}`));
    const line = imageLine(machine, compose, folder.name);
    if ('refused' in line) return line;
    const dockerfile = `${folder.path}/Dockerfile`;
    changes.push(line.edit, {
      kind: 'create-file', path: dockerfile, mode: 0o644,
      text: `# ${line.image} starts as root. What it writes is given to a user of its own here.\nFROM ${line.image}\nRUN ${givingLine(places, user)}\nUSER ${user.uid}:${user.gid}\n`,
    });
    changes.push({ kind: 'build-image', service: name, image: `${compose.project}-${compose.service}`, build: { context: folder.path, dockerfile, args: {} }, compose });
  }
  return changes;
}
