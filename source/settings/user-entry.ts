import { lineage, type Instruction } from '../files/dockerfile.ts';
import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { accountCalls } from './account-calls.ts';
import { distributionOf } from './distribution.ts';
import { baseHas, imageHas, type Kind } from './known-accounts.ts';
import { runCommands } from './run-commands.ts';
import { runningOf, shipped, type Shipped } from './service-files.ts';
import { declaredUser, type DeclaredUser } from './user.ts';

/** A name that a service is to run as, and that its image does not have. */
export interface MissingUser {
  readonly user: DeclaredUser;
  readonly kind: Kind;
  readonly name: string;
  /** The base is not known, or something in the build may make it. */
  readonly guess: boolean;
  /** The engine's own words, where it tried. */
  readonly error?: string;
}

const escaped = (name: string): string => name.replace(/[^\w-]/g, '\\$&');
const instructions = (s: Shipped): readonly Instruction[] => lineage(s.stage, s.df).flatMap((stage) => stage.instructions);
const textOf = (s: Shipped, i: Instruction): string => s.df.text.slice(i.span.start, i.span.end);

/** A RUN that makes it with a tool, or writes its line into the file itself; Debian's tools give a new user a group of its name. */
function madeHere(s: Shipped, kind: Kind, name: string): boolean {
  const calls = accountCalls(s, distributionOf(s) === 'alpine').filter((c) => /user/.test(c.tool) || kind === 'group');
  if (calls.some((c) => c.names.includes(name))) return true;
  const file = kind === 'user' ? 'passwd' : 'group';
  return instructions(s).some((i) => i.keyword === 'RUN' && textOf(s, i).includes(`/etc/${file}`) && new RegExp(`(?:^|['"\\s\\\\n])${escaped(name)}:`, 'm').test(textOf(s, i)));
}

/** Accounts that are copied in: who brings the file itself means it; what a whole folder brings, nobody here can say. */
function copied(machine: Machine, s: Shipped, kind: Kind, name: string): boolean | undefined {
  const path = `/etc/${kind === 'user' ? 'passwd' : 'group'}`;
  let open = false;
  for (const i of instructions(s).filter((x) => x.keyword === 'COPY' || x.keyword === 'ADD')) {
    const dest = i.words.at(-1)?.value ?? '';
    if (/^\/(?:etc\/?)?$/.test(dest)) open = true;
    if (dest !== path) continue;
    const source = i.words.at(-2)?.value.replace(/^\.\//, '') ?? '';
    const file = textOf(s, i).includes('--from') ? undefined : [...machine.files.values()].find((f) => f.path === source || f.path.endsWith(`/${source}`));
    if (!file || new RegExp(`^${escaped(name)}:`, 'm').test(file.text)) return true;
  }
  return open ? undefined : false;
}

const INSTALLERS = /^(?:\S*\/)?(?:apt-get|apt|apk|yum|dnf|microdnf|zypper)$/;

/** A package named like it, or a script of which nobody here knows what it does, may make it. */
function maybeMade(machine: Machine, s: Shipped, name: string): boolean | undefined {
  let open = false;
  for (const command of runCommands(s)) {
    const [first = '', ...rest] = command.map((w) => w.value);
    if (INSTALLERS.test(first) && rest.some((w) => w === name || w.startsWith(`${name}-`) || w.startsWith(`${name}q`) || w === `${name}d`)) return true;
    const script = [first, ...rest].find((w) => /\.sh$/.test(w)) ?? (/^\.{0,2}\//.test(first) && !/^\/(?:usr\/)?s?bin\//.test(first) ? first : undefined);
    if (script === undefined) continue;
    const file = [...machine.files.values()].find((f) => f.path.split('/').at(-1) === script.split('/').at(-1));
    if (file && new RegExp(`(?:useradd|adduser|groupadd|addgroup)[^\\n]{0,300}\\b${escaped(name)}\\b`).test(file.text)) return true;
    if (!file) open = true;
  }
  return open ? undefined : false;
}

/** Whether the image that ships has the account: yes, no, or nobody here can say. */
export function has(machine: Machine, service: Service, kind: Kind, name: string): boolean | undefined {
  const s = shipped(machine, service);
  if (!s) return service.image === undefined ? undefined : imageHas(service.image, kind, name);
  if (madeHere(s, kind, name)) return true;
  const ways = [copied(machine, s, kind, name), maybeMade(machine, s, name), baseHas(machine, s, kind, name)];
  return ways.includes(true) ? true : ways.includes(undefined) ? undefined : false;
}

const NOT_FOUND = /unable to find (user|group) ([^:\s]+)/;

/** Somebody started it, and the engine could not, for want of its user. */
export const lacksUser = (c: Container): boolean => !c.running && NOT_FOUND.test(c.error ?? '');

/** Numbers need no entry; a name that is not there builds and never starts (measured). */
const isNumber = (part: string): boolean => /^[+-]?\d+$/.test(part);

/** The name that a service is to run as and that is not in its image, as the engine said or as its files tell. */
export function missingUser(machine: Machine, service: Service): MissingUser | undefined {
  const user = declaredUser(machine, service);
  const failed = machine.containers.filter((c) => service.containers.includes(c.id) && !c.running).flatMap((c) => { const m = NOT_FOUND.exec(c.error ?? ''); return m ? [{ kind: m[1] as Kind, name: m[2] ?? '', error: c.error ?? '' }] : []; })[0];
  if (failed) {
    const { kind, name, error } = failed;
    // The files may be mended since, and the container older.
    const parts = user?.value.split(':') ?? [];
    const same = user && (kind === 'user' ? parts[0] === name : parts[1] === name);
    const from = user && same ? user : { value: name, from: { kind: 'argv' as const, label: '--user' }, hides: [], root: false, stepsDown: false };
    return { user: from, kind, name, guess: false, error };
  }
  if (!user || user.value.includes('$') || user.value.trim() === '') return undefined;
  // Something that runs as it shows that it is there.
  if (runningOf(machine, service).some((c) => c.user === user.value)) return undefined;
  const [name = '', group = ''] = user.value.split(':');
  for (const [kind, part] of [['user', name], ['group', group]] as const) {
    if (part === '' || part.includes('$') || part === 'root' || isNumber(part)) continue;
    const there = has(machine, service, kind, part);
    if (there !== true) return { user, kind, name: part, guess: there === undefined };
  }
  return undefined;
}
