import { posix } from 'node:path';
import { replaceValue, lastEntry } from '../files/ini.ts';
import { isRefused } from '../files/span.ts';
import type { Change, EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { same, text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { folderFor, folderMade } from './run-folder.ts';
import { mountOf } from './socket-peer.ts';
import { namedIn } from './tmp-flags.ts';
import type { TmpPlace } from './tmp-places.ts';
import { setOption } from './uwsgi-edit.ts';

export interface Moved {
  readonly changes: readonly Change[];
  /** The new folder. */
  readonly folder: string;
  readonly to: string;
}

/** The path without its open folder, as the file writes it: placeholders stay. */
const moved = (written: string, folder: string): string => `${folder}/${posix.basename(written)}`;

/** Every other file that names the path: a web server's configuration is changed along, anything else stands in the way. */
function namers(machine: Machine, found: TmpPlace, to: string): readonly EditFile[] | Refusal {
  const edits: EditFile[] = [];
  for (const file of machine.files.values()) {
    if (file === found.file || !file.text.includes(found.path)) continue;
    const known = /\.conf$|(?:^|\/)sites-(?:available|enabled)\//.test(file.path) && !file.text.includes('[program:');
    if (!known) return refuse(text(`${file.path} names ${found.path} too: change it there first`, `${file.path} 里也写了 ${found.path}：请先改那里`));
    const spans = namedIn(file, found.path, to);
    if (spans.length > 0) edits.push(editOf(file, spans));
  }
  return edits;
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
  const own = found.write?.(to) ?? (option && uwsgi ? setOption(option, moved(option.entry?.value ?? option.value, folder)) : entryMoved(found, to));
  if (own && isRefusal(own)) return own;
  const made = folderMade(machine, found, all, folder);
  if (isRefusal(made)) return made;
  return { changes: [...made, ...(own ? [own] : []), ...others], folder, to };
}
