import { posix } from 'node:path';
import { removeEntry } from '../files/ini.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { place } from './parsed.ts';
import { programsOf, type Program } from './program.ts';
import { fileOf } from './program-files.ts';
import type { ArgWord } from './started.ts';
import { unitEntry } from './unit.ts';
import { effective, uwsgisOf, type UwsgiOption } from './uwsgi.ts';

/** A program that goes into the background by itself, away from the one that is to watch over it. */
export interface Daemonized {
  readonly program: Program;
  readonly at: Place;
  /** What keeps it in front. */
  readonly foreground: EditFile | Refusal;
}

/** systemd expects a first process that ends where the unit says so. */
const watches = ({ starter, unit }: Program): boolean =>
  starter === 'supervisord' || (starter === 'systemd' && unit !== undefined && /^(?:simple|exec|notify|idle)$/.test(unitEntry(unit, 'Service', 'Type')?.value ?? 'simple'));

/** A word taken out of a command line, with the blank in front of it. */
function without(file: SourceFile, words: readonly ArgWord[], word: ArgWord): EditFile | Refusal {
  const before = words[words.indexOf(word) - 1];
  if (!word.at || !before?.at) return refuse(text(`${word.value} can't be edited by itself`, `无法单独编辑 ${word.value}`));
  return editOf(file, [{ start: before.at.end, end: word.at.end, text: '' }]);
}

function flagged({ file, words }: Program, names: RegExp): Omit<Daemonized, 'program'> | undefined {
  const word = words.find((w, i) => i > 0 && names.test(w.value));
  return word?.at && file ? { at: word.at, foreground: without(file, words, word) } : undefined;
}

/** `daemonize = FILE` says where the log goes, too: `logto` says that alone. */
function uwsgiInFront(option: UwsgiOption, words: readonly ArgWord[], logs: boolean): EditFile | Refusal {
  const { entry, ini, word, file } = option;
  if (entry && ini) return editOf(ini.file, [logs ? removeEntry(ini.parsed, entry) : { ...entry.keySpan, text: 'logto' }]);
  const flag = word && (word.value.startsWith('-') ? word : words[words.indexOf(word) - 1]);
  const name = /^(?:--daemonize2?|-d)/.exec(flag?.value ?? '')?.[0];
  if (!file || !flag?.at || name === undefined) return refuse(text('its option comes from the environment and can\'t be edited by itself', '它的选项来自环境变量，无法单独编辑'));
  return editOf(file, [{ start: flag.at.start, end: flag.at.start + name.length, text: name === '-d' && flag.value.length > 2 ? '--logto=' : '--logto' }]);
}

function uwsgi(machine: Machine, program: Program): Omit<Daemonized, 'program'> | undefined {
  const own = uwsgisOf(machine, program.service).find((u) => u.program.name === program.name && !u.emperor);
  const option = own && (effective(own, 'daemonize') ?? effective(own, 'daemonize2'));
  return own && option?.at ? { at: option.at, foreground: uwsgiInFront(option, own.words, effective(own, 'logto') !== undefined) } : undefined;
}

function redis(machine: Machine, { file, words, ...rest }: Program): Omit<Daemonized, 'program'> | undefined {
  const at = words.findIndex((w) => w.value === '--daemonize');
  const value = words[at + 1];
  if (at >= 0) return value?.value === 'yes' && value.at && file ? { at: value.at, foreground: editOf(file, [{ start: value.at.start, end: value.at.end, text: 'no' }]) } : undefined;
  const conf = words[1] && fileOf(machine, { ...rest, words, ...(file ? { file } : {}) }, words[1].value);
  const found = conf && [...conf.text.matchAll(/^[ \t]*daemonize[ \t]+(yes|no)[ \t]*$/gm)].at(-1);
  if (!conf || !found || found[1] !== 'yes') return undefined;
  const start = found.index + found[0].lastIndexOf('yes');
  return { at: place(conf, { start: found.index, end: start + 3 }), foreground: editOf(conf, [{ start, end: start + 3, text: 'no' }]) };
}

/** nginx goes into the background unless somebody says otherwise. */
function nginx(machine: Machine, program: Program): Omit<Daemonized, 'program'> | undefined {
  const { file, words } = program;
  const said = (t: string): boolean => /\bdaemon\s+off\s*;/.test(t);
  const at = words.findIndex((w) => w.value === '-c');
  const conf = fileOf(machine, program, words[at >= 0 ? at + 1 : -1]?.value ?? '/etc/nginx/nginx.conf');
  const [first, last] = [words[0], words.at(-1)];
  if (words.some((w) => said(w.value)) || (conf && said(conf.text)) || words.some((w) => /^-(?:s|t|T|v|V)$/.test(w.value)) || !first?.at || !last?.at || !file) return undefined;
  if (words.some((w) => w.value === '-g')) return { at: first.at, foreground: refuse(text('add daemon off; to its -g', '在它的 -g 里加上 daemon off;')) };
  return { at: first.at, foreground: editOf(file, [{ start: last.at.end, end: last.at.end, text: ' -g "daemon off;"' }]) };
}

function one(machine: Machine, program: Program): Omit<Daemonized, 'program'> | undefined {
  switch (program.kind) {
    case 'uwsgi': return uwsgi(machine, program);
    case 'redis-server': return redis(machine, program);
    case 'nginx': return nginx(machine, program);
    case 'gunicorn': case 'gunicorn3': return flagged(program, /^(?:-D|--daemon)$/);
    case 'celery': {
      const multi = program.words.find((w) => w.value === 'multi');
      if (multi?.at) return { at: multi.at, foreground: refuse(text('celery multi starts several workers and ends: give each worker a program of its own', 'celery multi 启动几个 worker 后就退出：请给每个 worker 各写一个 program')) };
      return flagged(program, /^(?:-D|--detach)$/);
    }
    default: return undefined;
  }
}

/** Programs of supervisord and of systemd that leave them. */
export const daemonized = (machine: Machine): readonly Daemonized[] => programsOf(machine).filter(watches).flatMap((program) => {
  const found = one(machine, program);
  return found ? [{ program, ...found }] : [];
});

/** The configuration it is started from, for a title. */
export const nameOfFile = ({ at }: Daemonized): string => posix.basename(at.file);
