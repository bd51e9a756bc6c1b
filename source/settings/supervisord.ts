import { commandWords, lastEntry, type IniFile } from '../files/ini.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { iniOf, place } from './parsed.ts';
import type { ArgWord } from './started.ts';
import { perService } from './once.ts';

/** One `[program:x]` and the command it starts, with the place of every word. */
export interface Program {
  readonly name: string;
  readonly section: string;
  readonly file: SourceFile;
  readonly ini: IniFile;
  readonly words: readonly ArgWord[];
  readonly user?: string;
}

const isConfig = (file: SourceFile): boolean => /\.(conf|ini)$/.test(file.path) && /^[ \t]*\[program:/m.test(file.text);

/** Programs of every supervisord configuration in a service's build context. */
export const programs = perService((machine: Machine, service: Service): readonly Program[] => {
  const context = service.build?.context ?? '';
  return [...machine.files.values()].filter((f) => isConfig(f) && (context === '' || f.path.startsWith(`${context}/`))).flatMap((file) => {
    const ini = iniOf(file, 'supervisord');
    return ini.sections.filter((s) => s.name.startsWith('program:')).flatMap(({ name: section }) => {
      const command = lastEntry(ini, section, 'command');
      if (!command) return [];
      const words = commandWords(command).words.map((w) => ({ value: w.value, quoted: w.quoted, at: place(file, w) }));
      const user = lastEntry(ini, section, 'user')?.value;
      return [{ name: section.slice('program:'.length), section, file, ini, words, ...(user ? { user } : {}) }];
    });
  });
});

