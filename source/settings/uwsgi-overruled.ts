import type { Machine, SourceFile } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';
import { within } from './parsed.ts';
import { composeMounts } from './volumes.ts';
import { startsAs } from './starts-as.ts';
import { effective, uwsgis, type Uwsgi, type UwsgiOption } from './uwsgi.ts';
import { flagsOf, overruledFlags } from './uwsgi-flags.ts';
import { uidOf } from './uwsgi-user.ts';

export interface Overridable {
  readonly uwsgi: Uwsgi;
  /** flags: on the command line, and the ini comes after them · ini: in a file that is somebody's who is not root. */
  readonly by: 'flags' | 'ini';
  readonly at: Place;
  readonly words: string;
  readonly owner?: number;
}

/** The ini is a file of the developer's folder, mounted into the container. */
function mounted(machine: Machine, { program }: Uwsgi, file: SourceFile): boolean {
  const { service } = program;
  return composeMounts(machine, service).some((m) => {
    const source = m.type === 'bind' ? within(service.compose?.directory ?? '', m.source) : undefined;
    return source !== undefined && (source === '' || file.path === source || file.path.startsWith(`${source}/`));
  });
}

/** Somebody other than root may write it: on this machine by its owner and mode, in a container when it is mounted. */
function notRoots(machine: Machine, uwsgi: Uwsgi, uid: UwsgiOption): boolean {
  const { file } = uid;
  if (!file || !uid.entry) return false;
  const { host } = uwsgi.program.service;
  if (!host) return mounted(machine, uwsgi, file);
  return host.running && (file.uid !== 0 || (file.mode & 0o022) !== 0);
}

function one(machine: Machine, uwsgi: Uwsgi): readonly Overridable[] {
  const { program, words } = uwsgi;
  const uid = uidOf(uwsgi);
  if (!uwsgi.ini || uwsgi.emperor || !uid || !/^(?:supervisord|systemd)$/.test(program.starter) || startsAs(machine, program)?.root !== true) return [];
  const overruled = overruledFlags(uwsgi).find((w) => w.at);
  if (overruled?.at) return [{ uwsgi, by: 'flags', at: overruled.at, words: overruled.value }];
  if (flagsOf(words, 'uid').length > 0 || !uid.at || !notRoots(machine, uwsgi, uid)) return [];
  const owner = program.service.host ? uid.file?.uid : undefined;
  return [{ uwsgi, by: 'ini', at: uid.at, words: '', ...(owner === undefined ? {} : { owner }) }];
}

/** uWSGIs that root starts and that step down, where the ini has the last word on who they become. */
export const overridable = (machine: Machine): readonly Overridable[] => uwsgis(machine).flatMap((u) => one(machine, u));

/** The mode and owner of its sockets as they are decided now. */
export const socketValues = (uwsgi: Uwsgi): readonly { readonly name: 'chmod-socket' | 'chown-socket'; readonly value: string }[] =>
  (['chmod-socket', 'chown-socket'] as const).flatMap((name) => { const value = effective(uwsgi, name)?.value ?? ''; return value === '' ? [] : [{ name, value }]; });
