import type { SpanEdit } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { gunicornBinds } from './gunicorn-binds.ts';
import { gunicornsIn } from './gunicorn.ts';
import { uwsgiBinds } from './uwsgi.ts';

/** An address that a service's program is told to listen on, and where that stands. */
export interface Bind {
  readonly port: number;
  /** `0.0.0.0`, `127.0.0.1`, `` for every address. */
  readonly address: string;
  readonly file: SourceFile;
  readonly at: Place;
  /** The digits of the port alone; absent where a variable or a shared anchor stands in the way. */
  readonly digits?: { readonly start: number; readonly end: number };
  readonly program: 'gunicorn' | 'uwsgi' | 'nginx';
}

/** Where the port's digits stand in the text of a place; the last `:NNN` counts (`[::]:443`). */
export function digitsIn(file: SourceFile, at: Place, port: number): Bind['digits'] {
  const written = file.text.slice(at.start, at.end);
  const found = [...written.matchAll(new RegExp(`(?<![\\d.])${port}(?!\\d)`, 'g'))].at(-1);
  return found ? { start: at.start + found.index, end: at.start + found.index + String(port).length } : undefined;
}

/** TCP addresses that the files of a service decide, by the program that it starts. */
export const binds = (machine: Machine, service: Service): readonly Bind[] =>
  [...gunicornsIn(machine, service).flatMap((g) => gunicornBinds(machine, g)), ...uwsgiBinds(machine, service)];

export const moved = (bind: Bind, port: number): SpanEdit | undefined => bind.digits && { ...bind.digits, text: String(port) };
