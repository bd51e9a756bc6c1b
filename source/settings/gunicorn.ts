import { assignments, type PyValue } from '../files/python.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { place } from './parsed.ts';
import { copiedFrom, shipped, workdirOf } from './service-files.ts';
import { flags, programWords, type ArgWord, type Started } from './started.ts';
import { digitsIn, type Bind } from './listen.ts';

/** gunicorn's own words in a command line; undefined when it starts something else. */
export const gunicornWords = (start: Started): readonly ArgWord[] | undefined => programWords(start.words, /^gunicorn3?$/);

function parse(address: string): { address: string; port: number } | undefined {
  const m = /^(.*):(\d+)$/.exec(address);
  return m && !address.startsWith('unix:') && !address.startsWith('fd://') ? { address: (m[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(m[2]) } : undefined;
}

/** The config file that gunicorn loads: `-c FILE`, else `gunicorn.conf.py` in its working directory (from 20.1 on). */
export function gunicornConfig(machine: Machine, service: Service, start: Started): SourceFile | undefined {
  const words = gunicornWords(start);
  const image = shipped(machine, service);
  if (!words || !image) return undefined;
  const named = flags(words, ['-c', '--config']).at(-1)?.value.replace(/^file:/, '');
  return copiedFrom(machine, service, image, named ?? `${workdirOf(image)}/gunicorn.conf.py`);
}

export interface ConfigValue {
  readonly file: SourceFile;
  readonly value: PyValue;
  readonly start: number;
  readonly end: number;
}

/** A module-level name of the config file, the last assignment that counts. */
export function configValue(file: SourceFile | undefined, name: string): ConfigValue | undefined {
  const found = file && assignments(file.text).filter((a) => a.target === 'module' && a.name === name).at(-1);
  return file && found ? { file, value: found.value, start: found.valueSpan.start, end: found.valueSpan.end } : undefined;
}

/** Command line over config file: gunicorn's own order (settings documentation, "Configuration Overview"). */
export function gunicornBinds(machine: Machine, service: Service, start: Started): readonly Bind[] {
  const words = gunicornWords(start);
  if (!words) return [];
  const said = flags(words, ['-b', '--bind']);
  if (said.length > 0) {
    return said.flatMap(({ value, word }) => {
      const at = parse(value);
      if (!at) return [];
      const where = word.at ?? start.at;
      const digits = word.at && digitsIn(start.file, word.at, at.port);
      return [{ ...at, file: machine.files.get(where.file) ?? start.file, at: where, ...(digits ? { digits } : {}), program: 'gunicorn' as const }];
    });
  }
  const bind = configValue(gunicornConfig(machine, service, start), 'bind');
  if (!bind) return [];
  const values = bind.value.kind === 'list' || bind.value.kind === 'tuple' ? bind.value.items : [bind.value];
  return values.flatMap((v) => {
    const at = v.kind === 'string' ? parse(v.value) : undefined;
    if (!at) return [];
    const where = place(bind.file, v);
    const digits = digitsIn(bind.file, where, at.port);
    return [{ ...at, file: bind.file, at: where, ...(digits ? { digits } : {}), program: 'gunicorn' as const }];
  });
}
