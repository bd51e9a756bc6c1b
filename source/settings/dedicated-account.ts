import { effectiveUser } from '../files/dockerfile.ts';
import type { Change, SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { gunicornFiles } from './gunicorn-files.ts';
import { setInConfig, setOnCommandLine } from './gunicorn-edit.ts';
import { gunicornSockets } from './gunicorn-socket.ts';
import type { Gunicorn } from './gunicorn.ts';
import { refuseShared } from './gunicorn-shared.ts';
import { told, type GunicornSetting } from './gunicorn-settings.ts';
import { placesFor, unitDirectories } from './gunicorn-places.ts';
import { appAccount, makeAccount } from './host-account.ts';
import { shipped } from './service-files.ts';
import { sharedName, type SharedUser } from './shared-account.ts';
import { setProgramUser } from './supervisord-user.ts';
import { setUnitLines, type UnitLine } from './unit-edit.ts';
import { serviceValue } from './unit-service.ts';
import { accountName, blockEdit } from './user-block.ts';
import { unixSockets } from './uwsgi.ts';
import { setOptions } from './uwsgi-edit.ts';
import { writtenPlaces } from './written-places.ts';

/** The app's own account, and the group that it goes on having where the web server reaches its socket through it. */
export interface Dedicated {
  readonly user: string;
  readonly group: string;
  readonly changes: readonly Change[];
}

/** Numbers for apps that have somebody else's now, apart from those that root's apps get. */
const FIRST = 10201;

const numberFor = (machine: Machine, { program }: SharedUser): number => FIRST + Math.max(0, machine.services.findIndex((s) => s.name === program.service.name));

const opensSocket = (machine: Machine, { gunicorn, uwsgi, program }: SharedUser): boolean =>
  (gunicorn !== undefined && gunicornSockets(machine, program.service).some((s) => s.gunicorn.program.name === program.name)) || (uwsgi !== undefined && unixSockets(uwsgi).length > 0);

/** In an image: an account of that number where supervisord needs one with a name. */
function inImage(machine: Machine, one: SharedUser, named: boolean): { readonly changes: readonly Change[]; readonly name: string } | Refusal {
  const image = shipped(machine, one.program.service);
  if (!image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
  const places = writtenPlaces(machine, [one.program.service]);
  if (places.mounts.length > 0) return refuse(text(`${places.mounts.map((m) => m.target).join(', ')} holds files of ${one.name}: hand them over first`, `${places.mounts.map((m) => m.target).join('、')} 里有 ${one.name} 的文件：请先移交`));
  const uid = numberFor(machine, one);
  if (!named && places.folders.length === 0) return { changes: [], name: String(uid) };
  return { changes: [blockEdit(image, { named, user: { uid, gid: uid }, folders: places.folders, home: false, setUser: false })], name: accountName(image, uid) };
}

/** `USER www-data` and what the image gave to it: every place of the Dockerfile that says the name as an owner. */
function dockerfile(machine: Machine, one: SharedUser, uid: number): readonly Change[] | Refusal {
  const image = shipped(machine, one.program.service);
  const user = image && effectiveUser(image.stage, image.df);
  if (!image || !user || user.raw.includes('$')) return refuse(text('its USER comes from elsewhere', '它的 USER 来自别处'));
  const places = writtenPlaces(machine, [one.program.service]);
  if (places.mounts.length > 0) return refuse(text(`${places.mounts.map((m) => m.target).join(', ')} holds files of ${one.name}: hand them over first`, `${places.mounts.map((m) => m.target).join('、')} 里有 ${one.name} 的文件：请先移交`));
  const edits: SpanEdit[] = [{ start: user.valueSpan.start, end: user.valueSpan.end, text: `${uid}:${uid}` }];
  const owner = new RegExp(String.raw`(--chown=|\bchown(?:\s+-\w+)*\s+)(${one.name}(?::[\w-]+)?)(?=\s)`, 'g');
  for (const i of image.stage.instructions) {
    const written = image.file.text.slice(i.span.start, i.span.end);
    for (const m of written.matchAll(owner)) {
      const start = i.span.start + m.index + (m[1] ?? '').length;
      edits.push({ start, end: start + (m[2] ?? '').length, text: `${uid}:${uid}` });
    }
  }
  return [editOf(image.file, edits)];
}

function setGunicorn(machine: Machine, g: Gunicorn, wanted: readonly (readonly [GunicornSetting, string])[]): readonly Change[] | Refusal {
  if (!told(machine, g, 'user')?.inConfig) return setOnCommandLine(machine, g, wanted);
  const shared = refuseShared(machine, [g], wanted);
  if (shared) return shared;
  const edit = setInConfig(g, wanted);
  return isRefusal(edit) ? edit : [edit];
}

/** The account set where it is decided, made where it is missing, with what gunicorn writes by name. */
export function dedicated(machine: Machine, one: SharedUser): Dedicated | Refusal {
  const { program, decides, name, gunicorn, uwsgi } = one;
  const { service } = program;
  const shared = opensSocket(machine, one);
  const uid = numberFor(machine, one);
  const own = service.host ? appAccount(machine, program, (program.unit?.name ?? program.name).replace(/@?\.service$/, '')).name : String(uid);
  // The old account's own group: nginx is in it, or is it.
  const group = shared ? name === 'nobody' ? 'nogroup' : name : own;
  const account = service.host ? makeAccount(service, { name: own }) : [];
  const done = (changes: readonly Change[]): Dedicated => ({ user: own, group, changes: [...account, ...changes] });
  const files = gunicorn && service.host?.running ? gunicornFiles(machine, gunicorn).filter((f) => f.startsWith('/') && !f.startsWith('/dev/')).map((path): Change => ({ kind: 'set-path', path, uid: own, gid: group, optional: true })) : [];
  if (decides === 'process') return refuse(text('nobody\'s file here says as whom it runs: start it as its own user there', '这里没有文件写明它以谁运行：请在启动它的地方换成专用账号'));
  if (decides === 'compose') return refuse(text('compose says it, over what the image says: change the two together', 'compose 里写着，并且盖过镜像：请两处一起改'));
  if (decides === 'celery') return refuse(text('its --uid is celery\'s own: change it there, with the folders that it writes', '--uid 是 celery 自己的：请在那里改，连同它写的目录'));
  if (decides === 'dockerfile') {
    const made = dockerfile(machine, one, uid);
    return isRefusal(made) ? made : { user: String(uid), group: String(uid), changes: made };
  }
  if (decides === 'gunicorn' && gunicorn) {
    const image = service.host ? { changes: [] } : inImage(machine, one, false);
    if (isRefusal(image)) return image;
    const set = setGunicorn(machine, gunicorn, [['user', own], ['group', group]]);
    return isRefusal(set) ? set : done([...image.changes, ...set, ...files]);
  }
  if (decides === 'uwsgi' && uwsgi) {
    const image = service.host ? { changes: [] } : inImage(machine, one, false);
    if (isRefusal(image)) return image;
    const set = setOptions(uwsgi, [{ name: 'uid', value: own }, { name: 'gid', value: group }], [one.option]);
    return isRefusal(set) ? set : done([...image.changes, ...set]);
  }
  const places = gunicorn ? placesFor(machine, gunicorn, own, group, program.unit ? unitDirectories(machine, gunicorn) : []) : [];
  if (isRefusal(places)) return places;
  if (program.supervisor) {
    if (shared) return refuse(text(`supervisord gives it the account's own group, and the web server reaches its socket through ${name}: close the socket first (socket-mode)`, `supervisord 会用账号自己的组，而 Web 服务器是通过 ${name} 访问套接字的：请先处理套接字（socket-mode）`));
    const image = service.host ? { changes: [], name: own } : inImage(machine, one, true);
    if (isRefusal(image)) return image;
    const edit = setProgramUser(program.supervisor, { user: own, home: program.cwd ?? '/', name: image.name });
    return isRefusal(edit) ? edit : done([...places, ...files, ...image.changes, edit]);
  }
  if (!program.unit) return refuse(text('its unit could not be read', '读不到它的 unit'));
  const given = gunicorn ? unitDirectories(machine, gunicorn).filter((d) => serviceValue(program.unit!, d.key) === undefined) : [];
  const there = serviceValue(program.unit, 'Group');
  const lines: UnitLine[] = [
    { section: 'Service', key: 'User', value: own },
    { section: 'Service', key: 'Group', value: there !== undefined && (shared || sharedName(there) === undefined) ? there : group },
    ...given.map((d): UnitLine => ({ section: 'Service', key: d.key, value: d.name })),
  ];
  const edits = setUnitLines(program.unit, lines, '10-user.conf');
  return isRefusal(edits) ? edits : done([...places, ...files, ...edits]);
}
