import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import type { Live } from '../model/process.ts';
import { below, only } from './live.ts';
import type { Program } from './program.ts';
import { fileOf } from './program-files.ts';
import { optionsOfIni } from './uwsgi-options.ts';
import type { Uwsgi } from './uwsgi.ts';

/** The processes of one vassal: the emperor starts it with its file's name. */
function vassalLive(program: Program, file: string): Live {
  const { live } = program;
  const first = live.processes.filter((p) => p.argv.some((w) => posix.basename(w) === file));
  const pids = new Set(first.flatMap((p) => [...below(live, p.pid)]));
  return only(live, (pid) => pids.has(pid));
}

/** `/etc/uwsgi/vassals` or `/etc/uwsgi/vassals/*.ini`. */
function folderOf(value: string): string | undefined {
  if (value === '' || value.includes('://')) return undefined;
  const folder = value.includes('*') ? posix.dirname(value) : value.replace(/^dir:/, '');
  return folder.includes('*') ? undefined : folder;
}

/** What an emperor starts: every ini that was read in its folder is a uWSGI of its own. */
export function vassalsOf(machine: Machine, emperor: Uwsgi): readonly Uwsgi[] {
  const { program } = emperor;
  const folders = emperor.options.filter((o) => o.name === 'emperor').flatMap((o) => folderOf(o.value) ?? []);
  return folders.flatMap((folder) => [...machine.files.values()].filter((f) => f.path.endsWith('.ini')).flatMap((file): readonly Uwsgi[] => {
    const name = posix.basename(file.path);
    const path = posix.join(folder, name);
    // Of what does not run here only names are known: the folder's has to be the same too.
    const known = program.service.host?.running !== false || posix.basename(posix.dirname(file.path)) === posix.basename(folder);
    if (file === emperor.ini?.file || !known || fileOf(machine, program, path) !== file) return [];
    const found = optionsOfIni(machine, program, path);
    return found ? [{ ...found, words: [], program: { ...program, live: vassalLive(program, name) }, emperor }] : [];
  }));
}
