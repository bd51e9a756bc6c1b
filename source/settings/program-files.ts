import { posix, sep } from 'node:path';
import { parseDotenv } from '../files/dotenv.ts';
import { splitWords } from '../files/shellwords.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { Secret } from '../model/secret.ts';
import type { Place } from '../model/setting.ts';
import { fileAt } from './file-at.ts';
import { place } from './parsed.ts';
import type { Program } from './program.ts';
import { variables } from './service-variables.ts';
import { unitEntries } from './unit.ts';

/** The file that was read for a path as a program names it: inside its container, or on the machine. */
export function fileOf(machine: Machine, program: Program, path: string): SourceFile | undefined {
  if (!program.service.host) {
    const { cwd } = program;
    return fileAt(machine, program.service, path.startsWith('/') || cwd === undefined ? path : posix.join(cwd, path));
  }
  const absolute = hostPath(machine, program, path);
  if (absolute === undefined) return undefined;
  const there = absolute.startsWith(machine.root + sep) ? machine.files.get(absolute.slice(machine.root.length + 1)) : machine.files.get(absolute);
  return there ?? (program.service.host.running ? undefined : meant(machine, absolute));
}

/** What is not installed here names paths of where it will be: the project's only file that ends alike is meant. */
function meant(machine: Machine, absolute: string): SourceFile | undefined {
  const parts = absolute.split('/');
  for (let i = 1; i < parts.length; i++) {
    const tail = parts.slice(i).join('/');
    const alike = [...machine.files.values()].filter((f) => !f.path.startsWith('/') && (f.path === tail || f.path.endsWith(`/${tail}`)));
    if (alike.length === 1) return alike[0];
    if (alike.length > 1) return alike.find((f) => f.path === tail);
  }
  return undefined;
}

/** Absolute path on the machine of a path as a host program names it; undefined where its folder is not known. */
export function hostPath(machine: Machine, program: Program, path: string): string | undefined {
  if (path.startsWith('/')) return posix.normalize(path);
  // A unit or configuration in the project that does not run yet: its folder is taken for the one it starts in.
  const folder = program.cwd ?? (program.file && !program.file.path.startsWith('/') ? posix.join(machine.root, posix.dirname(program.file.path)) : undefined);
  return folder === undefined ? undefined : posix.normalize(posix.join(folder, path));
}

export interface Variable {
  readonly value: string;
  /** Where it is set; absent when it was only seen on the running process. */
  readonly at?: Place;
  readonly file?: SourceFile;
}

const assigned = (name: string, words: readonly string[]): string | undefined => words.map((w) => /^(\w+)=([^]*)$/.exec(w)).filter((m) => m?.[1] === name).at(-1)?.[2];

/** `environment=A="1",B=2` of a supervisord program. */
function supervisorVariable(program: Program, name: string): Variable | undefined {
  const p = program.supervisor;
  const entry = p?.ini.entries.filter((e) => e.section === p.section && e.key === 'environment').at(-1);
  if (!p || !entry) return undefined;
  const found = new RegExp(`(?:^|,)\\s*${name}=("[^"]*"|'[^']*'|[^,]*)`).exec(entry.value)?.[1];
  return found === undefined ? undefined : { value: found.trim().replace(/^(["'])([^]*)\1$/, '$2'), at: place(p.file, entry.valueSpan), file: p.file };
}

/** `EnvironmentFile=`, in their order; `undefined` stands for one that was not read, whatever it holds. */
const environmentFiles = (machine: Machine, program: Program): readonly (SourceFile | undefined)[] =>
  (program.unit ? unitEntries(program.unit, 'Service', 'EnvironmentFile') : []).map(({ value }) => fileOf(machine, program, value.replace(/^-/, '')));

const seen = (program: Program, name: string): Variable | undefined => {
  const value = program.live.processes[0]?.env?.get(name);
  return value === undefined ? undefined : { value: value instanceof Secret ? value.reveal() : value };
};

/** systemd.exec(5): what stands in an `EnvironmentFile=` overrules `Environment=`, and the last file the ones before it. */
function unitVariable(machine: Machine, program: Program, name: string): Variable | undefined {
  const files = environmentFiles(machine, program);
  const inFile = [...files].reverse().flatMap((file) => {
    const entry = file && parseDotenv(file.text).entries.filter((e) => e.name === name && e.value !== undefined).at(-1);
    return file && entry?.value !== undefined ? [{ value: entry.value, at: place(file, entry.valueSpan), file }] : [];
  });
  const declared = inFile[0] ?? unitLine(program, name);
  // With one that can't be read, only the running process tells what came of them.
  const live = files.some((f) => !f) ? seen(program, name) : undefined;
  return live && live.value !== declared?.value ? live : declared;
}

function unitLine(program: Program, name: string): Variable | undefined {
  for (const { entry, file } of program.unit ? [...unitEntries(program.unit, 'Service', 'Environment')].reverse() : []) {
    const value = assigned(name, splitWords(entry.value).words.map((w) => w.value));
    if (value !== undefined) return { value, at: place(file, entry.valueSpan), file };
  }
  return undefined;
}

/** Compose's own words, its env files and the image's ENV; one without a value is handed on from compose's environment: nobody here knows it. */
function containerVariable(machine: Machine, program: Program, name: string): Variable | undefined {
  const found = variables(machine, program.service).get(name);
  return found?.value === undefined ? undefined : { value: found.value, at: place(found.file, found.span), file: found.file };
}

/** A variable as a program has it: its supervisord section or unit over its container's; else as the running process shows it. */
export function variableOf(machine: Machine, program: Program, name: string): Variable | undefined {
  const declared = supervisorVariable(program, name) ?? unitVariable(machine, program, name) ?? (program.service.host ? undefined : containerVariable(machine, program, name));
  return declared ?? seen(program, name);
}
