import { posix } from 'node:path';
import { commandWords, entries, lastEntry, parseIni, type IniFile } from '../files/ini.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { iniOf, place } from './parsed.ts';
import type { ArgWord } from './started.ts';
import { perService } from './once.ts';

/** One `[program:x]` and the command it starts, with the place of every word. */
export interface SupervisorProgram {
  readonly name: string;
  readonly section: string;
  readonly file: SourceFile;
  readonly ini: IniFile;
  readonly words: readonly ArgWord[];
  readonly user?: string;
  readonly directory?: string;
}

const isConfig = (file: SourceFile): boolean => /\.(conf|ini)$/.test(file.path) && /^[ \t]*\[(?:program:[^\]\n]+|supervisord|(?:unix|inet)_http_server)\]/m.test(file.text);

/** Every supervisord configuration that was read. */
export const supervisordFiles = (machine: Machine): readonly SourceFile[] => [...machine.files.values()].filter(isConfig);

/** What `%(here)s` stands for in a file of this machine: the folder that the file lies in. */
export const hereOf = (root: string, { path }: SourceFile): string => posix.dirname(posix.resolve(root, path));

/** The programs of one configuration file, in its order. `here`: its folder, where that is known (in an image it lies somewhere else). */
export function programsIn(file: SourceFile, here?: string): readonly SupervisorProgram[] {
  const filled = (value: string): string => (here === undefined ? value : value.replaceAll('%(here)s', here));
  const ini = iniOf(file, 'supervisord');
  return ini.sections.filter((s) => s.name.startsWith('program:')).flatMap(({ name: section }) => {
    const command = lastEntry(ini, section, 'command');
    if (!command) return [];
    const words = commandWords(command).words.map((w) => ({ value: filled(w.value), quoted: w.quoted, at: place(file, w) }));
    const user = lastEntry(ini, section, 'user')?.value;
    const directory = lastEntry(ini, section, 'directory')?.value;
    return [{ name: section.slice('program:'.length), section, file, ini, words, ...(user ? { user } : {}), ...(directory ? { directory: filled(directory) } : {}) }];
  });
}

/** Patterns of the files that a configuration takes in (`[include] files=`), as written. */
export const includedBy = (file: Pick<SourceFile, 'text'>): readonly string[] =>
  entries(parseIni(file.text, 'supervisord'), 'include', 'files').flatMap((e) => e.value.split(/\s+/)).filter(Boolean);

/** Programs of every supervisord configuration in a service's build context. */
export const programs = perService((machine: Machine, service: Service): readonly SupervisorProgram[] => {
  const context = service.build?.context ?? '';
  return supervisordFiles(machine).filter((f) => !f.path.startsWith('/') && (context === '' || f.path.startsWith(`${context}/`))).flatMap((f) => programsIn(f));
});
