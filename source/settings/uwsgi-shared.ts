import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { effective, uwsgis, type Uwsgi } from './uwsgi.ts';

const same = (a: Uwsgi, b: Uwsgi): boolean => a.program.name === b.program.name && a.program.service.name === b.program.service.name && a.ini?.file.path === b.ini?.file.path && a.emperor === b.emperor;

/** The files that hold any of its options, by path and section. */
const read = (u: Uwsgi): ReadonlySet<string> => new Set([...u.options.flatMap((o) => (o.ini ? [o.ini] : [])), ...(u.ini ? [u.ini] : [])].map((i) => `${i.file.path}:${i.section}`));

/** Why these options may not be written into an ini that a uWSGI beside these reads, too: a line there is every reader's. */
export function refuseSharedIni(machine: Machine, mine: readonly Uwsgi[], names: readonly string[]): Refusal | undefined {
  const files = new Set(mine.flatMap((u) => (u.ini ? [`${u.ini.file.path}:${u.ini.section}`] : [])));
  const other = uwsgis(machine).find((o) => {
    if (mine.some((m) => same(m, o)) || ![...read(o)].some((f) => files.has(f))) return false;
    // A flag of its own, or a file that it reads after this one, has the last word: such a line does not concern it.
    return names.some((name) => { const said = effective(o, name); return !said || (said.ini !== undefined && files.has(`${said.ini.file.path}:${said.ini.section}`)); });
  });
  const [ini] = mine.flatMap((u) => u.ini ?? []);
  if (!other || !ini) return undefined;
  const [{ name }, file] = [other.program, posix.basename(ini.file.path)];
  return refuse(text(`${name} reads the same ${file}: its user and its sockets would change, too`, `${name} 也读取同一个 ${file}：它的用户和套接字也会跟着变`));
}
