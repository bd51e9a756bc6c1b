import { posix } from 'node:path';
import { replaceValue, lastEntry } from '../files/ini.ts';
import { isRefused } from '../files/span.ts';
import type { Change, EditFile, SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { same, text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { shipped } from './service-files.ts';
import { mountOf } from './socket-peer.ts';
import type { TmpPlace } from './tmp-places.ts';
import { setUnitLines } from './unit-edit.ts';
import { unitEntry } from './unit.ts';
import { effective } from './uwsgi.ts';
import { accountOf } from './uwsgi-account.ts';
import { setOption } from './uwsgi-edit.ts';
import { whileRoot } from './while-root.ts';

export interface Moved {
  readonly changes: readonly Change[];
  /** The new folder. */
  readonly folder: string;
  readonly to: string;
}

const plain = (name: string): string => name.replace(/\.service$/, '').replace(/[^\w.-]/g, '-');

/** `/run/<app>` for what is the app's, `/run` itself for supervisord, which is root. */
export const folderFor = ({ uwsgi, service }: TmpPlace): string => (uwsgi ? `/run/${plain(uwsgi.program.starter === 'container' ? service.name : uwsgi.program.name)}` : '/run');

/** The path without its open folder, as the file writes it: placeholders stay. */
const moved = (written: string, folder: string): string => `${folder}/${posix.basename(written)}`;

/** Every other file that names the path: a web server's configuration is changed along, anything else stands in the way. */
function namers(machine: Machine, found: TmpPlace, to: string): readonly EditFile[] | Refusal {
  const edits: EditFile[] = [];
  for (const file of machine.files.values()) {
    if (file === found.file || !file.text.includes(found.path)) continue;
    const known = /\.conf$|(?:^|\/)sites-(?:available|enabled)\//.test(file.path) && !file.text.includes('[program:');
    if (!known) return refuse(text(`${file.path} names ${found.path} too: change it there first`, `${file.path} 里也写了 ${found.path}：请先改那里`));
    const spans: SpanEdit[] = [];
    const end = (i: number): string => file.text[i + found.path.length] ?? '';
    for (let i = file.text.indexOf(found.path); i >= 0; i = file.text.indexOf(found.path, i + 1)) if (!/[\w.-]/.test(end(i))) spans.push({ start: i, end: i + found.path.length, text: to });
    if (spans.length > 0) edits.push(editOf(file, spans));
  }
  return edits;
}

/**
 * Pid files, and sockets that are to be given away, are made while uWSGI is still root: then the folder stays root's, and an
 * app that was broken into can put nothing else in their place. All the rest it makes as the user it steps down to (measured).
 */
const madeAsRoot = ({ uwsgi, what, option }: TmpPlace): boolean =>
  (what === 'pid' && !option?.name.startsWith('safe-')) || (what === 'socket' && uwsgi !== undefined && effective(uwsgi, 'chown-socket') !== undefined);

/** The folder, made wherever the program starts, with its owner. */
function folderMade(machine: Machine, found: TmpPlace, all: readonly TmpPlace[], folder: string): readonly Change[] | Refusal {
  const { service, uwsgi } = found;
  if (!uwsgi) return [];
  const user = accountOf(machine, uwsgi);
  if (isRefusal(user)) return user;
  // Still root, and for good (uwsgi-root): the folder is root's with it.
  const owner = user.kind === 'new' || (user.kind === 'said' && all.every(madeAsRoot)) ? { uid: '0', gid: '0' } : { uid: user.uid, gid: user.gid };
  const { unit, starter } = uwsgi.program;
  if (unit) {
    if (unitEntry(unit, 'Service', 'RuntimeDirectory')) return [];
    if (user.kind !== 'started') return refuse(text('systemd makes the folder for the unit\'s own user, and uWSGI steps down to another: give the unit User= first', 'systemd 按 unit 自己的用户建目录，而 uWSGI 会降到另一个用户：请先给 unit 写 User='));
    return setUnitLines(unit, [{ section: 'Service', key: 'RuntimeDirectory', value: posix.basename(folder) }], '20-run.conf');
  }
  if (service.host) {
    if (starter === 'shell' || !service.host.running) return refuse(text('nothing here would make the folder again after a start of the machine', '机器重启后，这里没有东西会再建这个目录'));
    return [
      { kind: 'make-folder', path: folder, uid: /^\d+$/.test(owner.uid) ? Number(owner.uid) : owner.uid, gid: /^\d+$/.test(owner.gid) ? Number(owner.gid) : owner.gid, mode: 0o755 },
      // /run is empty after each start of the machine.
      { kind: 'create-file', path: `/etc/tmpfiles.d/${posix.basename(folder)}.conf`, text: `d ${folder} 0755 ${owner.uid} ${owner.gid} -\n`, mode: 0o644 },
    ];
  }
  const image = shipped(machine, service);
  if (!image) return refuse(text('there is no Dockerfile here that could make the folder', '这里没有可以建这个目录的 Dockerfile'));
  return [editOf(image.file, [whileRoot(image, [`RUN mkdir -p ${folder}${owner.uid === '0' ? '' : ` && chown ${owner.uid}:${owner.gid} ${folder}`}`], 42)])];
}

/** supervisord's own entry, and what else of its file names the path (`serverurl`). */
function entryMoved({ file, ini, entry, path }: TmpPlace, to: string): EditFile | Refusal {
  if (!ini || !entry) return refuse(text('its line could not be read', '读不到那一行'));
  const own = replaceValue(ini, entry, to);
  const url = lastEntry(ini, 'supervisorctl', 'serverurl');
  const other = url?.value === `unix://${path}` ? replaceValue(ini, url, `unix://${to}`) : [];
  if (isRefused(own) || isRefused(other)) return refuse(same(`${file.path}: ${isRefused(own) ? own.refused : ''}`));
  return editOf(file, [...own, ...other]);
}

/** A file of a program out of the open folder into one of its own; those who know it by its path are told. */
export function toRunDirectory(machine: Machine, found: TmpPlace, all: readonly TmpPlace[]): Moved | Refusal {
  const { service, path, option, uwsgi } = found;
  if (!service.host && mountOf(machine, service, path)) return refuse(text('the folder is shared with another container: give both a volume of their own, mounted at the same place', '这个目录和别的容器共用：请给两边一个自己的卷，挂在同一个位置'));
  const folder = folderFor(found);
  const to = moved(path, folder);
  const others = namers(machine, found, to);
  if (isRefusal(others)) return others;
  if (service.host && found.what === 'socket' && others.length === 0) return refuse(text('it was not seen who connects to it: the web server outside this project would lose it', '没有看到谁连接它：项目之外的 Web 服务器会找不到它'));
  const own = option && uwsgi ? setOption(option, moved(option.entry?.value ?? option.value, folder)) : entryMoved(found, to);
  if (own && isRefusal(own)) return own;
  const made = folderMade(machine, found, all, folder);
  if (isRefusal(made)) return made;
  return { changes: [...made, ...(own ? [own] : []), ...others], folder, to };
}
