import { effectiveUser } from '../files/dockerfile.ts';
import type { Confidence } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';
import { gunicornsOf, liveGunicorn, type Gunicorn } from './gunicorn.ts';
import { identity } from './gunicorn-user.ts';
import type { Told } from './gunicorn-settings.ts';
import { place } from './parsed.ts';
import { programsOf, type Program } from './program.ts';
import { shipped } from './service-files.ts';
import { flags } from './started.ts';
import { startsAs } from './starts-as.ts';
import { effective, uwsgis, type Uwsgi, type UwsgiOption } from './uwsgi.ts';

/** Accounts that every system has, and that more than one program takes: no app's own. */
const SHARED = new Map<string, number | undefined>([['www-data', 33], ['nobody', 65534], ['daemon', 1], ['bin', 2], ['mail', 8], ['games', 5], ['nginx', undefined], ['apache', undefined], ['http', undefined], ['nogroup', 65534]]);
const NAMES = new Map([...SHARED].flatMap(([name, uid]) => (uid === undefined ? [] : [[uid, name] as const])));

/** Its name, where an account is one of those. */
export function sharedName(user: string): string | undefined {
  const [name = ''] = user.split(':');
  return SHARED.has(name) ? name : /^\d+$/.test(name) ? NAMES.get(Number(name)) : undefined;
}

/** Who decides the user: gunicorn or uWSGI for what they start, a flag, or whoever starts the program. */
export type Decides = 'gunicorn' | 'uwsgi' | 'celery' | 'supervisord' | 'systemd' | 'dockerfile' | 'compose' | 'process';

export interface SharedUser {
  readonly program: Program;
  readonly name: string;
  readonly decides: Decides;
  readonly at?: Place;
  readonly confidence: Confidence;
  readonly gunicorn?: Gunicorn;
  readonly told?: Told;
  readonly uwsgi?: Uwsgi;
  readonly option?: UwsgiOption;
}

/** What runs code of the project; a web server as www-data is what that account is for. */
const APPS = /^(?:gunicorn3?|uwsgi(?:-core)?|celery|flower|uvicorn|hypercorn|daphne|granian|waitress-serve|flask|django-admin|[\w.-]+\.py|python[\d.]*|node|puma|rails)$/;

const seen = (uids: readonly number[]): string | undefined => uids.map((u) => NAMES.get(u)).find((n) => n !== undefined);

function starter(machine: Machine, program: Program, live: readonly number[]): SharedUser | undefined {
  const starts = startsAs(machine, program);
  const name = live.length > 0 ? seen(live) : starts && !starts.guess ? sharedName(starts.value) : undefined;
  if (name === undefined) return undefined;
  const kind = starts?.from?.kind;
  const said = starts && sharedName(starts.value) !== undefined;
  const decides: Decides = !said ? 'process' : program.starter === 'supervisord' && kind === 'ini' ? 'supervisord' : program.starter === 'systemd' ? 'systemd' : kind === 'compose' ? 'compose' : kind === 'dockerfile' ? 'dockerfile' : 'process';
  const image = decides === 'dockerfile' ? shipped(machine, program.service) : undefined;
  const user = image && effectiveUser(image.stage, image.df);
  const at = user && image ? place(image.file, user.span) : starts?.from?.at;
  // A base image's own user is its maker's affair.
  if (decides === 'dockerfile' && !user) return undefined;
  return { program, name, decides, confidence: live.length > 0 ? 'seen' : 'declared', ...(at ? { at } : {}) };
}

function ofGunicorn(machine: Machine, gunicorn: Gunicorn): SharedUser | undefined {
  const { workers } = liveGunicorn(gunicorn);
  const live = workers.map((w) => w.uid.effective);
  const { user, starts } = identity(machine, gunicorn);
  if (user && starts?.root !== false) {
    const name = live.length > 0 ? seen(live) : user.guess ? undefined : sharedName(user.value);
    return name === undefined ? undefined : { program: gunicorn.program, name, decides: 'gunicorn', gunicorn, told: user, confidence: live.length > 0 ? 'seen' : 'declared', ...(user.from.at ? { at: user.from.at } : {}) };
  }
  const found = starter(machine, gunicorn.program, live);
  return found && { ...found, gunicorn };
}

function ofUwsgi(machine: Machine, uwsgi: Uwsgi): SharedUser | undefined {
  const live = uwsgi.program.live.processes.map((p) => p.uid.effective);
  const option = effective(uwsgi, 'uid');
  if (!option || startsAs(machine, uwsgi.program)?.root === false) {
    const found = uwsgi.emperor ? undefined : starter(machine, uwsgi.program, live);
    return found && { ...found, uwsgi };
  }
  const name = live.length > 0 && !uwsgi.emperor ? seen(live) : sharedName(option.value);
  return name === undefined ? undefined : { program: uwsgi.program, name, decides: 'uwsgi', uwsgi, option, confidence: live.length > 0 ? 'seen' : 'declared', ...(option.at ? { at: option.at } : {}) };
}

function ofOther(machine: Machine, program: Program): SharedUser | undefined {
  if (!APPS.test(program.kind) || /^(?:gunicorn|uwsgi)/.test(program.kind)) return undefined;
  const live = program.live.processes.map((p) => p.uid.effective);
  const uid = program.kind === 'celery' ? flags(program.words, ['--uid']).at(-1) : undefined;
  const name = uid && sharedName(uid.value);
  if (name !== undefined) return { program, name, decides: 'celery', confidence: live.length > 0 ? 'seen' : 'declared', ...(uid?.word.at ? { at: uid.word.at } : {}) };
  return starter(machine, program, live);
}

/** Apps that run as an account which other programs have, too. */
export const sharedUsers = (machine: Machine): readonly SharedUser[] => [
  ...gunicornsOf(machine).flatMap((g) => ofGunicorn(machine, g) ?? []),
  ...uwsgis(machine).flatMap((u) => ofUwsgi(machine, u) ?? []),
  ...programsOf(machine).flatMap((p) => ofOther(machine, p) ?? []),
];
