import type { Container } from '../../model/container.ts';
import type { Place } from '../../model/least.ts';
import { text, type Text } from '../../model/text.ts';
import { leaves } from '../../settings/leaves.ts';
import { tidy } from '../../settings/service-files.ts';
import type { System } from '../../system/system.ts';
import { withPlace } from './places.ts';

/** Always there: programs put what is too large for them into it, unlinked, where no diff shows it (FACTS.md, section 1). */
export const TMP: Place = { path: '/tmp' };
export const isTmp = (p: Place): boolean => p.path === TMP.path;

const under = (path: string, folder: string): boolean => path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** Written for a moment, or again at every start: memory will do. */
const FLEETING = /^\/(?:run|var\/run|tmp|var\/tmp|var\/cache|var\/lock|var\/log|var\/lib\/(?:nginx|apache2))(?:\/|$)|\.(?:pid|sock|lock|log|tmp)$/;
/** What nobody misses when it can't be written: byte code, a shell's memory; and where the engine mounts its own init. */
const NO_MATTER = /__pycache__|\.py[co]$|^\/(?:usr\/)?sbin\/docker-init$|^\/root\/\.(?:\w+_history|lesshst|viminfo|wget-hsts|cache)(?:\/|$)|^\/(?:proc|sys|dev)(?:\/|$)/;
/** Folders of the system that may be hidden whole: what the image has in them is made again, or was the build's. */
const VOLATILE = /^\/(?:run|var\/run|tmp|var\/tmp|var\/cache\/[^/]+|var\/lock|var\/log\/[^/]+)(?:\/|$)/;

async function listed(system: System, c: Container, folder: string): Promise<readonly string[] | undefined> {
  const here = system.processes.available && c.pid > 0 ? await system.processes.listInside(c.pid, folder).catch(() => undefined) : undefined;
  if (here) return here.map((e) => e.name);
  const asked = await system.docker?.ask({ kind: 'exec', container: c.id, user: '0', argv: ['ls', '-A', folder] }).catch(() => undefined);
  return asked?.code === 0 ? asked.stdout.split('\n').filter(Boolean) : undefined;
}

/** Whose the folder is, where that is not root: memory is root's unless it is said. */
async function ownerOf(system: System, c: Container, folder: string): Promise<Pick<Place, 'uid' | 'gid'>> {
  const stat = system.processes.available && c.pid > 0 ? await system.processes.statInside(c.pid, folder).catch(() => undefined) : undefined;
  const asked = stat ? undefined : await system.docker?.ask({ kind: 'exec', container: c.id, user: '0', argv: ['stat', '-c', '%u %g', folder] }).catch(() => undefined);
  const [uid, gid] = stat ? [stat.uid, stat.gid] : asked?.code === 0 ? asked.stdout.trim().split(' ').map(Number) : [];
  // A folder that is not there belongs to who runs there.
  const [first] = c.processes.filter((p) => p.uid.effective !== 0);
  const ids = uid === undefined ? [first?.uid.effective ?? 0, first?.gid.effective ?? 0] : [uid, gid ?? 0];
  return ids[0] === 0 && ids[1] === 0 ? {} : { uid: ids[0] ?? 0, gid: ids[1] ?? 0 };
}

export const keepsItself = (path: string): Text => text(`it keeps ${path} in its own layer, and memory would lose that at every start: give it a volume first`, `它把 ${path} 存在自己的层里，放进内存则每次启动都会丢：请先给它一个卷`);
const keepsBeside = (path: string, folder: string): Text => text(`it keeps ${path} beside files of the image: a volume over ${folder} would go on showing the old ones after every update. Let it write to a folder of its own first`, `它把 ${path} 存在镜像文件旁边：在 ${folder} 上挂卷，以后更新镜像也只会看到旧文件。请先让它写到单独的目录`);
const beside = (path: string, folder: string): Text => text(`it writes ${path} beside files of the image, and memory over ${folder} would hide those`, `它在镜像文件旁边写 ${path}，在 ${folder} 上盖内存会把那些文件遮住`);

/** What an image has in an empty folder so that git keeps it. */
const PLACEHOLDER = /^\.(?:git)?keep$|^\.gitignore$/;

/** The folder that holds data, as far up as the container made it itself: a volume there has all of it, and nothing of the image. */
async function dataOf(system: System, c: Container, path: string, folder: string): Promise<Place | Text> {
  const came = (p: string): boolean => (c.written ?? []).includes(p) && !c.modified?.includes(p);
  // What was written may be the folder itself, made at the start, and nothing in it yet.
  const own = came(path) ? await listed(system, c, path) : undefined;
  const isFolder = own !== undefined && !(own.length === 1 && own[0] === path);
  let found: string | undefined;
  for (let at = isFolder ? path : folder; at !== '/'; at = tidy(`${at}/..`)) {
    const inside = await listed(system, c, at);
    if (!inside) return keepsItself(path);
    const below = (name: string): string => tidy(`${at}/${name}`);
    // A folder of the image in which only the container wrote counts as its own.
    if (inside.some((name) => !PLACEHOLDER.test(name) && below(name) !== found && !came(below(name)))) break;
    found = at;
    if (!came(at)) break;
  }
  return found === undefined ? keepsBeside(path, folder) : { path: found, keeps: true, ...(await ownerOf(system, c, found)) };
}

/** The folder that has to be writable for a path to be written; or why memory can't be put there. */
export async function placeOf(system: System, c: Container, path: string): Promise<Place | Text> {
  const written = c.written ?? [];
  const clean = tidy(path);
  const folder = path.endsWith('/') ? clean : tidy(`${clean}/..`);
  if (!FLEETING.test(clean) && !FLEETING.test(`${folder}/`)) return dataOf(system, c, clean, folder);
  if (c.modified?.includes(clean) && !VOLATILE.test(clean)) return beside(clean, folder);
  if (VOLATILE.test(`${folder}/`)) return { path: folder, ...(await ownerOf(system, c, folder)) };
  const inside = await listed(system, c, folder);
  const brought = inside?.filter((name) => !written.includes(tidy(`${folder}/${name}`)));
  if (folder === '/' || (brought && brought.length > 0)) return beside(clean, folder);
  return { path: folder, ...(await ownerOf(system, c, folder)) };
}

/** Where it was seen writing in its own layer since its start, and the places for that; or why one of them can't be in memory. */
export async function placesSeen(system: System, c: Container, more: readonly string[]): Promise<readonly Place[] | Text> {
  const mounted = [...c.mounts.map((m) => m.target), ...(c.tmpfs ?? []).map((t) => t.split(':')[0] ?? t)];
  const seen = leaves([...(c.written ?? []), ...more]).filter((p) => !NO_MATTER.test(p) && !mounted.some((m) => under(p, m) || under(m, p)));
  let places: readonly Place[] = mounted.includes(TMP.path) ? [] : [TMP];
  for (const path of seen) {
    if (places.some((p) => under(path, p.path))) continue;
    const place = await placeOf(system, c, path);
    if (!('path' in place)) return place;
    places = withPlace(places, place);
  }
  return places;
}
