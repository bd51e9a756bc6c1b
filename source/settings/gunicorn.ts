import { posix } from 'node:path';
import { assignments, resolveName, parsePython, type Assignment, type PyValue } from '../files/python.ts';
import { splitWords } from '../files/shellwords.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Process } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import { below } from './live.ts';
import { perMachine } from './once.ts';
import { place } from './parsed.ts';
import { fileOf, variableOf, type Variable } from './program-files.ts';
import { programsOf, type Program } from './program.ts';
import { programOf } from './roles.ts';
import { copiedFrom, shipped, workdirOf } from './service-files.ts';
import { flags, programWords, type ArgWord, type Started } from './started.ts';

/** A gunicorn that somebody starts, with everything that has a say in its settings. */
export interface Gunicorn {
  readonly program: Program;
  /** Its own words, from its name on. */
  readonly words: readonly ArgWord[];
  /** The words of GUNICORN_CMD_ARGS, which the command line overrules. */
  readonly extra: readonly ArgWord[];
  /** The file that it loads, and the path it has for it. */
  readonly config?: SourceFile;
  readonly configPath?: string;
}

const NAME = /^gunicorn3?$/;

/** The words of a variable's value; they keep their places where the value stands as it is written. */
function wordsOf(variable: Variable | undefined): readonly ArgWord[] {
  if (!variable) return [];
  const { value, at, file } = variable;
  const from = at && file ? file.text.slice(at.start, at.end).indexOf(value) : -1;
  return splitWords(value).words.map((w) => ({ value: w.value, quoted: w.quoted, ...(at && file && from >= 0 ? { at: place(file, { start: at.start + from + w.start, end: at.start + from + w.end }) } : {}) }));
}

function gunicornIn(machine: Machine, program: Program): Gunicorn | undefined {
  const words = programWords(program.words, NAME) ?? (NAME.test(program.kind) ? program.words : undefined);
  if (!words) return undefined;
  const extra = wordsOf(variableOf(machine, program, 'GUNICORN_CMD_ARGS'));
  const named = [...flags(extra, ['-c', '--config']), ...flags(words, ['-c', '--config'])].at(-1)?.value;
  const bare = named?.replace(/^file:/, '');
  // `python:shop.config` is a module, looked up where it starts.
  const said = bare?.startsWith('python:') ? `${bare.slice('python:'.length).replaceAll('.', '/')}.py` : (bare ?? 'gunicorn.conf.py');
  const configPath = said.startsWith('/') || program.cwd === undefined ? said : posix.join(program.cwd, said);
  const config = fileOf(machine, program, said);
  return { program, words, extra, ...(config ? { config, configPath } : {}) };
}

/** Every gunicorn, wherever it is started: in a container, under supervisord, as a unit, in a shell. */
export const gunicornsOf = perMachine((machine: Machine): readonly Gunicorn[] => programsOf(machine).flatMap((p) => gunicornIn(machine, p) ?? []));

export const gunicornsIn = (machine: Machine, service: Service): readonly Gunicorn[] => gunicornsOf(machine).filter((g) => g.program.service.name === service.name);

/** One again after the machine was read anew. */
export const gunicornNamed = (machine: Machine, service: unknown, program: unknown): Gunicorn | undefined => gunicornsOf(machine).find((g) => g.program.service.name === service && g.program.name === program);

export interface LiveGunicorn {
  readonly masters: readonly Process[];
  /** All that came from a master: they run the app. */
  readonly workers: readonly Process[];
}

/** The masters that run, told apart from their workers. */
export function liveGunicorn({ program: { live } }: Gunicorn): LiveGunicorn {
  const mine = live.processes.filter((p) => NAME.test(programOf(p.argv)));
  const masters = mine.filter((p) => !mine.some((o) => o.pid === p.ppid));
  const under = new Set(masters.flatMap((m) => [...below(live, m.pid)].filter((pid) => pid !== m.pid)));
  return { masters, workers: live.processes.filter((p) => under.has(p.pid)) };
}

export interface ConfigValue {
  readonly file: SourceFile;
  readonly value: PyValue;
  readonly start: number;
  readonly end: number;
  readonly assignment: Assignment;
}

/** A module-level name of the config file, the last assignment that counts; a name is followed to its one value. */
export function configValue(file: SourceFile | undefined, name: string): ConfigValue | undefined {
  const found = file && assignments(file.text).filter((a) => a.target === 'module' && a.name === name).at(-1);
  return file && found ? { file, value: resolveName(parsePython(file.text), found.value), start: found.valueSpan.start, end: found.valueSpan.end, assignment: found } : undefined;
}

/** gunicorn's own words in a command line; undefined when it starts something else. */
export const gunicornWords = (start: Started): readonly ArgWord[] | undefined => programWords(start.words, NAME);

/** The config file of a service's own gunicorn: `-c FILE`, else `gunicorn.conf.py` in its working directory (from 20.1 on). */
export function gunicornConfig(machine: Machine, service: Service, start: Started): SourceFile | undefined {
  const words = gunicornWords(start);
  const image = shipped(machine, service);
  if (!words || !image) return undefined;
  const named = flags(words, ['-c', '--config']).at(-1)?.value.replace(/^file:/, '');
  return copiedFrom(machine, service, image, named ?? `${workdirOf(image)}/gunicorn.conf.py`);
}
