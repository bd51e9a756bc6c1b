import { posix } from 'node:path';
import { isRootUser } from '../files/dockerfile.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { gunicornNamed } from './gunicorn.ts';
import { identity } from './gunicorn-user.ts';
import type { Program } from './program.ts';
import { shipped } from './service-files.ts';
import { flags } from './started.ts';
import { startsAs } from './starts-as.ts';
import type { TmpPlace } from './tmp-places.ts';
import { setUnitLines } from './unit-edit.ts';
import { folderOf, type Directories } from './unit-service.ts';
import { unitEntry } from './unit.ts';
import { effective } from './uwsgi.ts';
import { accountOf } from './uwsgi-account.ts';
import { whileRoot } from './while-root.ts';

const plain = (name: string): string => name.replace(/\.service$/, '').replace(/[^\w.-]/g, '-');
const keyOf = ({ what }: TmpPlace): Directories['key'] => (what === 'state' ? 'StateDirectory' : 'RuntimeDirectory');
const programIn = ({ uwsgi, program }: TmpPlace): Program | undefined => uwsgi?.program ?? program;

/** `/run/<app>` for what is the app's (`/var/lib/<app>` for what it is to remember), `/run` itself for supervisord, which is root. */
export function folderFor(found: TmpPlace): string {
  const program = programIn(found);
  if (!program) return '/run';
  const key = keyOf(found);
  const said = program.unit && unitEntry(program.unit, 'Service', key)?.value.split(/\s+/)[0];
  return folderOf({ key, name: said ?? plain(program.starter === 'container' ? found.service.name : program.name) });
}

interface Owner {
  readonly uid: string;
  readonly gid: string;
}

const ROOT: Owner = { uid: '0', gid: '0' };

/**
 * Pid files, and sockets that are to be given away, are made while uWSGI is still root: then the folder stays root's, and an
 * app that was broken into can put nothing else in their place. All the rest it makes as the user it steps down to (measured).
 */
const madeAsRoot = ({ uwsgi, what, option }: TmpPlace): boolean =>
  (what === 'pid' && !option?.name.startsWith('safe-')) || (what === 'socket' && uwsgi !== undefined && effective(uwsgi, 'chown-socket') !== undefined);

/** Who makes the files of a gunicorn or a Celery: whoever it is started as; Celery steps down before (`--uid`). */
function starter(machine: Machine, program: Program): Owner | Refusal {
  const uid = flags(program.words, ['--uid']).at(-1)?.value;
  const start = startsAs(machine, program);
  if (program.kind === 'celery' && uid !== undefined && !isRootUser(uid)) return { uid, gid: flags(program.words, ['--gid']).at(-1)?.value ?? uid };
  if (!start || start.guess) return refuse(text('who starts it is not known, so nobody could be given the folder', '不知道由哪个用户启动它，目录没法交给谁'));
  if (!start.root) {
    const seen = program.live.processes.find((p) => p.uid.effective !== 0);
    if (seen) return { uid: String(seen.uid.effective), gid: String(seen.gid.effective) };
    // Without a group `chown app:` takes the one that the account has.
    const [name = '', group = /^\d+$/.test(name) ? name : ''] = start.value.split(':');
    return { uid: name, gid: group };
  }
  const g = gunicornNamed(machine, program.service.name, program.name);
  // A root master makes them itself, and its workers have no business there.
  return g && identity(machine, g).user ? ROOT : refuse(text(`${program.name} is root: give it a user first, the folder can then be its own`, `${program.name} 现在是 root：请先给它一个用户，目录才能归它`));
}

function ownerOf(machine: Machine, { uwsgi, program }: TmpPlace, all: readonly TmpPlace[]): (Owner & { readonly started: boolean }) | Refusal {
  if (!uwsgi) {
    const owner = program ? starter(machine, program) : ROOT;
    return isRefusal(owner) ? owner : { ...owner, started: !flags(program?.words ?? [], ['--uid']).length };
  }
  const user = accountOf(machine, uwsgi);
  if (isRefusal(user)) return user;
  // Still root, and for good (uwsgi-root): the folder is root's with it.
  return { ...(user.kind === 'new' || (user.kind === 'said' && all.every(madeAsRoot)) ? ROOT : { uid: user.uid, gid: user.gid }), started: user.kind === 'started' };
}

/** A container whose own layer can't be written: /tmp is what it was given. */
const sealed = (machine: Machine, { service }: TmpPlace): boolean => machine.containers.some((c) => service.containers.includes(c.id) && c.readOnly);

const number = (id: string): number | string => (/^\d+$/.test(id) ? Number(id) : id);

/** The folder, made wherever the program starts, with its owner. */
export function folderMade(machine: Machine, found: TmpPlace, all: readonly TmpPlace[], folder: string): readonly Change[] | Refusal {
  const { service } = found;
  const program = programIn(found);
  if (!program) return [];
  const { unit } = program;
  if (unit && !found.uwsgi && !flags(program.words, ['--uid']).length) return unitEntry(unit, 'Service', keyOf(found)) ? [] : setUnitLines(unit, [{ section: 'Service', key: keyOf(found), value: posix.basename(folder) }], '20-run.conf');
  const owner = ownerOf(machine, found, all);
  if (isRefusal(owner)) return owner;
  if (unit) {
    if (unitEntry(unit, 'Service', keyOf(found))) return [];
    if (!owner.started) return refuse(text('systemd makes the folder for the unit\'s own user, and it steps down to another: give the unit User= first', 'systemd 按 unit 自己的用户建目录，而它会降到另一个用户：请先给 unit 写 User='));
    return setUnitLines(unit, [{ section: 'Service', key: keyOf(found), value: posix.basename(folder) }], '20-run.conf');
  }
  if (service.host) {
    if (program.starter === 'shell' || !service.host.running) return refuse(text('nothing here would make the folder again after a start of the machine', '机器重启后，这里没有东西会再建这个目录'));
    return [
      { kind: 'make-folder', path: folder, uid: number(owner.uid), gid: number(owner.gid), mode: 0o755 },
      // /run is empty after each start of the machine.
      ...(folder.startsWith('/run/') ? [{ kind: 'create-file' as const, path: `/etc/tmpfiles.d/${posix.basename(folder)}.conf`, text: `d ${folder} 0755 ${owner.uid} ${owner.gid} -\n`, mode: 0o644 }] : []),
    ];
  }
  if (sealed(machine, found)) return refuse(text('its container is read-only: /tmp is the place it was given', '它的容器是只读的：/tmp 就是专门留给它的'));
  const image = shipped(machine, service);
  if (!image) return refuse(text('there is no Dockerfile here that could make the folder', '这里没有可以建这个目录的 Dockerfile'));
  return [editOf(image.file, [whileRoot(image, [`RUN mkdir -p ${folder}${owner.uid === '0' ? '' : ` && chown ${owner.uid}:${owner.gid} ${folder}`}`], 42)])];
}
