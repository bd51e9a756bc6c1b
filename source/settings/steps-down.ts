import { isRootUser } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { gunicornsIn } from './gunicorn.ts';
import { told } from './gunicorn-settings.ts';
import { programOf } from './roles.ts';
import { baseOf, shipped } from './service-files.ts';
import { started, type Started } from './started.ts';
import { programs } from './supervisord.ts';
import { startsUwsgiWithUid } from './uwsgi-user.ts';

/** Programs that go on as somebody else, with the words that say as whom. Only root may use them. Bounded: a hostile script must not keep us busy. */
const TOOL = String.raw`(?:\S{0,99}/)?(?:(?:gosu|su-exec)\s+(?!(?:root|0)\b)\S|setpriv\s[^\n]{0,300}--reuid|(?:runuser|chpst)\s+\S|(?:s6-)?setuidgid\s+\S|su\s[^\n]{0,200}-c\b)`;
/** What may stand in front of them without changing who runs. */
const BEFORE = String.raw`(?:(?:\S{0,99}/)?(?:exec|env|tini|dumb-init|catatonit)\s+|-\S+\s+|\w+=\S*\s+){0,9}`;

const IN_WORDS = new RegExp(`^${BEFORE}${TOOL}`);
/** In a script only what takes the shell's place counts: without `exec` the shell stays, as root (measured, FACTS.md section 1). */
const IN_SCRIPT = new RegExp(String.raw`(?:^|[\s;&|])(?:exec|set\s+--)\s+${BEFORE}${TOOL}`, 'm');
const ANYWHERE = new RegExp(String.raw`(?:^|[\s;&|"'])${TOOL}`, 'm');

const lines = (script: string): string => script.replace(/^[ \t]*#.*$/gm, '').replace(/\\\r?\n/g, ' ');

/** The last of several commands: the ones before it end before the service runs. */
const lastCommand = (start: Started): string => start.words.map((w) => w.value).join(' ').split(/\s?(?:&&|\|\||;)\s/).at(-1)?.trim() ?? '';

/** A command line, or a script that it starts, whose last deed is to go on as somebody else. */
export const handsOn = (command: string): boolean => IN_WORDS.test(command.split(/\s?(?:&&|\|\||;)\s/).at(-1)?.trim() ?? '');
export const scriptHandsOn = (script: string): boolean => IN_SCRIPT.test(lines(script));

/** Official images whose own entrypoint or master hands on to another user, as long as they start what they are for. */
const OFFICIAL: readonly [RegExp, RegExp][] = [
  [/^nginx[:@]|^nginx$/, /^nginx$/], [/^httpd[:@]|^httpd$/, /^httpd/], [/^(?:redis|valkey)(?:[:@]|$)/, /^(?:redis|valkey)-server$/], [/^postgres(?:[:@]|$)/, /^postgres$/],
  [/^(?:mysql|mariadb)(?:[:@]|$)/, /^(?:mysqld|mariadbd)$/], [/^mongo(?:[:@]|$)/, /^mongod$/], [/^rabbitmq(?:[:@]|$)/, /^rabbitmq-server$/],
];

const nameOf = (image: string): string => image.replace(/^(?:docker\.io\/)?(?:library\/)?/, '');

/** An official image that hands on to a user of its own when it is started as root. */
export const stepsDownItself = (image: string): boolean => OFFICIAL.some(([name]) => name.test(nameOf(image)));

function official(machine: Machine, service: Service, start: Started | undefined): boolean {
  const image = shipped(machine, service);
  if (!image || image.command.entrypoint) return false;
  const base = nameOf(baseOf(image));
  const program = start ? programOf(start.words.map((w) => w.value)) : '';
  return OFFICIAL.some(([name, runs]) => name.test(base) && (program === '' || program.startsWith('-') || runs.test(program)));
}

const nginxRoot = /^[ \t]*user[ \t]+root\b/m;

/** nginx's workers are another user's unless its configuration says root. */
const nginxDrops = (machine: Machine): boolean => ![...machine.files.values()].some((f) => f.path.endsWith('.conf') && nginxRoot.test(f.text));

/** The user (or group) that a service's own gunicorn is told to give its workers, and where. */
function gunicornTold(machine: Machine, service: Service, setting: 'user' | 'group'): { readonly value: string; readonly file: string } | undefined {
  const own = gunicornsIn(machine, service).find((g) => g.program.starter === 'container');
  const said = own && told(machine, own, setting);
  return said && said.value !== '' ? { value: said.value, file: said.from.at?.file ?? own.program.file?.path ?? service.name } : undefined;
}

/** gunicorn's workers are the user's that it was told; its master only holds the port. */
function gunicornDrops(machine: Machine, service: Service): boolean {
  const user = gunicornTold(machine, service, 'user');
  return user !== undefined && !isRootUser(user.value);
}

/** A file that tells a master which user its workers get; a master that is not root could not do so, and would not start (measured). */
export function decidesForWorkers(machine: Machine, service: Service): { readonly program: 'gunicorn' | 'nginx'; readonly file: string } | undefined {
  const start = started(machine, service);
  const gunicorn = gunicornTold(machine, service, 'user') ?? gunicornTold(machine, service, 'group');
  if (gunicorn) return { program: 'gunicorn', file: gunicorn.file };
  const image = shipped(machine, service);
  const nginx = start ? programOf(start.words.map((w) => w.value)) === 'nginx' : image !== undefined && /(?:^|\/)nginx(?:[:@]|$)/.test(baseOf(image));
  const config = nginx ? [...machine.files.values()].find((f) => f.path.endsWith('.conf') && nginxRoot.test(f.text)) : undefined;
  return config && { program: 'nginx', file: config.path };
}

/** By the files: what starts as root here goes on as somebody else by itself (an entrypoint, or a master's workers). */
export function goesOnAsOther(machine: Machine, service: Service): boolean {
  const start = started(machine, service);
  if (official(machine, service, start)) return nginxDrops(machine);
  if (!start) return false;
  if (IN_WORDS.test(lastCommand(start)) || start.scripts.some((s) => IN_SCRIPT.test(lines(s.text)))) return true;
  const program = programOf(start.words.map((w) => w.value));
  return (program === 'nginx' && nginxDrops(machine)) || gunicornDrops(machine, service) || startsUwsgiWithUid(machine, service) || everyProgramDrops(machine, service, start);
}

/** The project's file, or the command itself, that uses such a tool somewhere: it needs root, USER would end it. */
export function needsRootToStart(machine: Machine, service: Service): string | undefined {
  const start = started(machine, service);
  const script = start?.scripts.find((s) => ANYWHERE.test(lines(s.text)));
  return script?.path ?? (start && ANYWHERE.test(start.words.map((w) => w.value).join(' ')) ? start.at.file : undefined);
}

/** supervisord starts the service, by its files. */
export const startsSupervisord = (machine: Machine, service: Service): boolean => (started(machine, service)?.words ?? []).some((w) => /(?:^|\/)supervisord$/.test(w.value));

function everyProgramDrops(machine: Machine, service: Service, start: Started): boolean {
  if (!start.words.some((w) => /(?:^|\/)supervisord$/.test(w.value))) return false;
  const all = programs(machine, service);
  return all.length > 0 && all.every((p) => p.user !== undefined && !isRootUser(p.user));
}
