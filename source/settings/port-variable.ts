import type { Machine, SourceFile } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';
import type { Program } from './program.ts';
import { variableOf } from './program-files.ts';

/** An address with its port filled in, and the place that decides the port. */
export interface FilledPort {
  readonly value: string;
  readonly at?: Place;
  readonly file?: SourceFile;
}

/** `0.0.0.0:${UVICORN_PORT:-443}` in a start script, with what the environment gives the variable; else its own default. */
export function filledPort(machine: Machine, program: Program, value: string): FilledPort | undefined {
  const m = /^(.*:)\$(?:\{(\w+)(?::?-(\d+))?\}|(\w+))$/.exec(value);
  if (!m) return undefined;
  const [, address = '', braced, otherwise, plain] = m;
  const found = variableOf(machine, program, braced ?? plain ?? '');
  if (found && /^\d+$/.test(found.value)) return { value: address + found.value, ...(found.at ? { at: found.at } : {}), ...(found.file ? { file: found.file } : {}) };
  return otherwise === undefined || found ? undefined : { value: address + otherwise };
}
