import type { Edits } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { addresses, tcp, unixPath } from './gunicorn-binds.ts';
import { setInConfig } from './gunicorn-edit.ts';
import { gunicornsOf, type Gunicorn } from './gunicorn.ts';
import { told } from './gunicorn-settings.ts';
import { replaceWord } from './gunicorn-words.ts';
import { place } from './parsed.ts';
import { variableOf } from './program-files.ts';
import { programsOf, type Program } from './program.ts';
import { isLoopback } from './reach.ts';
import { flags, type ArgWord } from './started.ts';

/** An app server that believes what proxies say of a request, whoever sends it. */
export interface TrustsAll {
  readonly program: Program;
  readonly server: 'gunicorn' | 'uvicorn';
  readonly gunicorn?: Gunicorn;
  /** Uvicorn, itself or as gunicorn's worker, takes the client's address from the header, too. */
  readonly address: boolean;
  readonly guess: boolean;
  readonly at?: Place;
  readonly file?: SourceFile;
  /** The variable that says it, with its whole value. */
  readonly variable?: string;
  readonly word?: { readonly value: string; readonly word: ArgWord; readonly prefix: string };
  readonly port?: number;
}

const all = (value: string): boolean => value.split(',').some((v) => v.trim() === '*');

/** Only what listens beyond its own loopback can be lied to by somebody else; over a unix socket gunicorn believes everybody anyway. */
function openPort(machine: Machine, g: Gunicorn): { readonly open: boolean; readonly port?: number } {
  const binds = addresses(machine, g);
  const tcps = binds.flatMap((a) => tcp(a.value) ?? []);
  const beyond = tcps.find((t) => !isLoopback(t.address));
  if (beyond) return { open: true, port: beyond.port };
  // No bind: 127.0.0.1:8000. One that can't be read may be anywhere.
  return { open: binds.some((a) => tcp(a.value) === undefined && unixPath(a.value) === undefined && !a.value.startsWith('fd://')) };
}

function ofGunicorn(machine: Machine, gunicorn: Gunicorn): readonly TrustsAll[] {
  const said = told(machine, gunicorn, 'forwarded_allow_ips');
  const { open, port } = openPort(machine, gunicorn);
  if (!said || !all(said.value) || !open) return [];
  const worker = told(machine, gunicorn, 'worker_class')?.value ?? '';
  const variable = said.from.kind === 'environment' && !said.flag ? said.value : undefined;
  return [{
    program: gunicorn.program, server: 'gunicorn', gunicorn, address: /uvicorn/i.test(worker), guess: said.guess,
    ...(said.from.at ? { at: said.from.at } : {}), ...(said.file ? { file: said.file } : {}), ...(variable === undefined ? {} : { variable }), ...(said.flag ? { word: said.flag } : {}), ...(port === undefined ? {} : { port }),
  }];
}

function ofUvicorn(machine: Machine, program: Program): readonly TrustsAll[] {
  if (program.kind !== 'uvicorn') return [];
  const flag = flags(program.words, ['--forwarded-allow-ips']).at(-1);
  const variable = flag ? undefined : variableOf(machine, program, 'FORWARDED_ALLOW_IPS');
  const host = flags(program.words, ['--host']).at(-1)?.value ?? '127.0.0.1';
  const value = flag?.value ?? variable?.value;
  if (value === undefined || !all(value) || isLoopback(host) || flags(program.words, ['--uds']).length > 0) return [];
  const at = flag?.word.at ?? variable?.at;
  const file = at && machine.files.get(at.file);
  const port = Number(flags(program.words, ['--port']).at(-1)?.value ?? 8000);
  return [{ program, server: 'uvicorn', address: true, guess: false, ...(at ? { at } : {}), ...(file ? { file } : {}), ...(flag ? { word: flag } : { variable: value }), ...(Number.isNaN(port) ? {} : { port }) }];
}

export const trustsAll = (machine: Machine): readonly TrustsAll[] => [...gunicornsOf(machine).flatMap((g) => ofGunicorn(machine, g)), ...programsOf(machine).flatMap((p) => ofUvicorn(machine, p))];

/** The list in the place of the star: in the flag, the config file, or the variable. */
export function trustOnly(machine: Machine, one: TrustsAll, list: string): EditFile | Refusal {
  const { file, at, word, gunicorn, variable } = one;
  if (!file || !at) return refuse(text('it was only seen running: no file here says it', '只在运行中看到：这里没有文件写着它'));
  if (word) return replaceWord(file, { ...word, flag: word.word }, list);
  if (variable === undefined && gunicorn) return setInConfig(gunicorn, [['forwarded_allow_ips', list]]);
  const written = file.text.slice(at.start, at.end);
  const found = [...written.matchAll(/FORWARDED_ALLOW_IPS(["']?\s*[:=]\s*["']?)([^"'\s,]*)/g)].at(-1);
  const start = found ? at.start + found.index + 'FORWARDED_ALLOW_IPS'.length + (found[1] ?? '').length : at.start + written.lastIndexOf(variable ?? '');
  const old = found ? (found[2] ?? '') : (variable ?? '');
  if (old === '' || file.text.slice(start, start + old.length) !== old) return refuse(text(`${file.path}: its place could not be told`, `${file.path}：无法确定它的位置`));
  const edits: Edits = [{ start, end: start + old.length, text: list }];
  const edit = editOf(file, edits);
  return isRefusal(edit) ? edit : edit;
}

/** The words of a place, for the chain. */
export const placeOf = (one: TrustsAll): Place | undefined => one.at ?? (one.file ? place(one.file, { start: 0, end: 0 }) : undefined);
