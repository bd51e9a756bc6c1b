import { lastEntry } from '../files/ini.ts';
import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';
import { celeryPrograms } from './celery-programs.ts';
import { place } from './parsed.ts';
import { programsOf, type Program } from './program.ts';
import { fileOf } from './program-files.ts';
import { rolesIn } from './roles.ts';
import { startsAs } from './starts-as.ts';
import { handsOn, scriptHandsOn } from './steps-down.ts';

/** Programs whose user is told by a risk of their own, and masters that give their children a user themselves. */
const OTHERS = /^(?:gunicorn3?|uwsgi(?:-core)?|nginx|supervisord|apache2|apache2ctl|apachectl|httpd|php-fpm[\d.]*|postgres|mysqld|mysqld_safe|mariadbd|rabbitmq-server|haproxy)$/;
/** What they do needs root: the user of each job, of each login, of each mount. */
const NEEDS_ROOT = /^(?:sshd|crond?|anacron|dockerd|containerd|rsyslogd|udevd|systemd.*|dbus-daemon|fail2ban-server|keepalived|openvpn|wg-quick|tail|cat|sleep|true)$/;

/** Its last deed is to go on as somebody else: on its command line, or in a script of the project that it starts. */
function stepsDown(machine: Machine, program: Program): boolean {
  const words = program.supervisor?.words.map((w) => w.value) ?? [];
  const shell = /(?:^|\/)(?:ba|da|a)?sh$/.test(words[0] ?? '') && /^-\w*c$/.test(words[1] ?? '');
  if (handsOn((shell ? (words[2] ?? '') : words.join(' ')).trim())) return true;
  return words.slice(0, 2).some((w) => { const script = w.endsWith('.sh') || w.includes('/') ? fileOf(machine, program, w) : undefined; return script !== undefined && scriptHandsOn(script.text); });
}

/** Programs of supervisord whose user nobody but supervisord gives. */
export const plainPrograms = (machine: Machine): readonly Program[] => {
  const workers = new Set(celeryPrograms(machine));
  return programsOf(machine).filter((p) => p.starter === 'supervisord' && p.supervisor && !OTHERS.test(p.kind) && !NEEDS_ROOT.test(p.kind) && !workers.has(p));
};

/** As root by what runs; where nothing of it runs, by who starts it. */
export function supervisedRoot(machine: Machine, program: Program): Finding['confidence'] | undefined {
  if (program.live.processes.length > 0) return rolesIn(program.live).root.length > 0 ? 'seen' : undefined;
  const start = startsAs(machine, program);
  if (!start?.root || stepsDown(machine, program)) return undefined;
  return start.guess ? 'guess' : 'declared';
}

/** `user=` of a program where it is written; else its command. */
export function userPlace({ supervisor }: Program): { readonly at: Place; readonly user?: string } | undefined {
  if (!supervisor) return undefined;
  const user = lastEntry(supervisor.ini, supervisor.section, 'user');
  const entry = user ?? lastEntry(supervisor.ini, supervisor.section, 'command');
  return entry && { at: place(supervisor.file, { start: entry.keySpan.start, end: entry.valueSpan.end }), ...(user ? { user: user.value } : {}) };
}
