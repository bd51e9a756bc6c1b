import { commandWords } from '../files/ini.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Live } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import { below, liveOf, only } from './live.ts';
import { perMachine } from './once.ts';
import { place } from './parsed.ts';
import { programOf } from './roles.ts';
import { programIn } from './script-words.ts';
import { shipped, workdirOf } from './service-files.ts';
import { programWords, started, type ArgWord, type Started } from './started.ts';
import { hereOf, programs as supervised, programsIn, type SupervisorProgram } from './supervisord.ts';
import { unitAt, unitEntry, type Unit } from './unit.ts';

/**
 * One program that somebody starts: a container's command, a program of supervisord (in a container or on the machine),
 * a systemd unit, or what was seen running under a shell. Risks of gunicorn, uWSGI, Celery and the rest ask for these;
 * who starts it and where it runs is told apart here, once.
 */
export interface Program {
  /** As the user knows it: the service's name, or the supervisord program's. */
  readonly name: string;
  readonly service: Service;
  readonly starter: 'container' | 'supervisord' | 'systemd' | 'shell';
  /** `gunicorn`, `uwsgi`, `celery`, `nginx`, `supervisord`, `redis-server` …, else the program's own name. */
  readonly kind: string;
  /** Its command line from its own name on. The words of a process that no file here starts have no place. */
  readonly words: readonly ArgWord[];
  /** The file whose words these are. */
  readonly file?: SourceFile;
  readonly supervisor?: SupervisorProgram;
  readonly unit?: Unit;
  /** The container's command, entrypoint and scripts. */
  readonly start?: Started;
  /** Absolute folder it starts in, inside its container or on the machine; undefined where nobody says. */
  readonly cwd?: string;
  readonly live: Live;
}

const KNOWN = /^(?:supervisord|gunicorn3?|uwsgi(?:-core)?|celery|nginx|redis-server|rabbitmq-server|flower|uvicorn|hypercorn|daphne)$/;
const NOTHING: Live = { processes: [], listeners: [], sockets: [] };

const values = (words: readonly ArgWord[]): readonly string[] => words.map((w) => w.value);

/** From the program's own name on: what an interpreter or an `env` in front of it is handed does not count. */
function own(words: readonly ArgWord[]): { readonly kind: string; readonly words: readonly ArgWord[] } {
  const kind = programOf(values(words));
  const at = words.findIndex((w) => programOf([w.value]) === kind);
  return { kind, words: at < 0 ? words : words.slice(at) };
}

/** The processes below supervisord that one of its programs is: by its whole command line, else the only ones of its kind. */
function livePart(live: Live, words: readonly ArgWord[], kind: string): Live {
  const master = live.processes.find((p) => programOf(p.argv) === 'supervisord');
  const children = live.processes.filter((p) => p.ppid === master?.pid);
  const said = values(words).slice(1).join(' ');
  const alike = children.filter((p) => programOf(p.argv) === kind);
  const mine = alike.filter((p) => p.argv.join(' ').endsWith(said));
  const roots = mine.length > 0 ? mine : alike;
  const pids = new Set(roots.flatMap((p) => [...below(live, p.pid)]));
  return only(live, (pid) => pids.has(pid));
}

function ofContainer(machine: Machine, service: Service): readonly Program[] {
  const start = started(machine, service);
  const live = liveOf(machine, service)[0] ?? NOTHING;
  if (!start) {
    // A pulled image: what runs in it is all that is known.
    const first = live.processes.find((p) => KNOWN.test(programOf(p.argv)));
    return first ? [{ name: service.name, service, starter: 'container', kind: programOf(first.argv), words: first.argv.map((value) => ({ value, quoted: false })), live }] : [];
  }
  const image = shipped(machine, service);
  const found = programIn(start, KNOWN);
  const main = found ? { kind: programOf(values(found)), words: found } : own(start.words);
  const base = { service, start, ...(image ? { cwd: workdirOf(image) } : {}) };
  const self: Program = { ...base, name: service.name, starter: 'container', ...main, file: start.file, live };
  if (main.kind !== 'supervisord') return [self];
  return [self, ...supervised(machine, service).map((p): Program => {
    const mine = own(p.words);
    return { ...base, ...(p.directory ? { cwd: p.directory } : {}), name: p.name, starter: 'supervisord', ...mine, file: p.file, supervisor: p, live: livePart(live, mine.words, mine.kind) };
  })];
}

function ofHost(machine: Machine, service: Service): readonly Program[] {
  const { host } = service;
  if (!host) return [];
  const live = liveOf(machine, service)[0] ?? NOTHING;
  const file = host.file === undefined ? undefined : machine.files.get(host.file);
  const base = { name: service.name, service, live, ...(host.cwd === undefined ? {} : { cwd: host.cwd }) };
  if (host.by === 'supervisord' && file) {
    const supervisor = programsIn(file, hereOf(machine.root, file)).find((p) => p.name === host.name);
    if (supervisor) return [{ ...base, starter: 'supervisord', ...own(supervisor.words), file, supervisor }];
  }
  if (host.by === 'systemd' && file) {
    const unit = unitAt(machine, file.path);
    const exec = unit && unitEntry(unit, 'Service', 'ExecStart');
    if (unit && exec) {
      const words = commandWords(exec.entry).words.map((w) => ({ value: w.value, quoted: w.quoted, at: place(exec.file, w) }));
      // `-`, `@`, `:`, `+` and `!` in front of the path are systemd's own.
      const bare = words.map((w, i) => (i === 0 ? { ...w, value: w.value.replace(/^[-@:+!|]+/, '') } : w));
      return [{ ...base, starter: 'systemd', ...own(bare), file: exec.file, unit }];
    }
  }
  const first = live.processes[0];
  const words = (first?.argv ?? []).map((value): ArgWord => ({ value, quoted: false }));
  return first ? [{ ...base, starter: host.by, ...own(words) }] : [];
}

/** Every program of every service, in their order. */
export const programsOf = perMachine((machine: Machine): readonly Program[] => machine.services.flatMap((s) => (s.host ? ofHost(machine, s) : ofContainer(machine, s))));

/** A program again after the machine was read anew: the same service, the same name. */
export const programNamed = (machine: Machine, service: string, name: string): Program | undefined => programsOf(machine).find((p) => p.service.name === service && p.name === name);

/** Words from a program's name on, in any of its spellings. */
export const wordsFrom = (program: Program, name: RegExp): readonly ArgWord[] | undefined => programWords(program.words, name);
