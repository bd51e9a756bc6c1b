import { effectiveUser, isRootUser, lineage, type Instruction } from '../files/dockerfile.ts';
import type { Word } from '../files/shellwords.ts';
import type { SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { place } from './parsed.ts';
import { callOf, commandsOf } from './run-words.ts';
import { shipped, tidy, workdirOf, type Shipped } from './service-files.ts';
import { isRootBase } from './user.ts';

/** A `chmod` in a RUN of the image that ships, and what it is given. */
export interface LogChmod {
  readonly image: Shipped;
  readonly instruction: Instruction;
  /** The whole command, `chmod` to its last path. */
  readonly at: Place;
  readonly recursive: boolean;
  readonly mode: Word;
  readonly paths: readonly { readonly word: Word; readonly absolute: string }[];
  /** root does it, so the folder is root's unless it is given away. */
  readonly asRoot: boolean;
}

/** `logs`, `/var/log/app`, `/srv/app/error.log`: by its name. */
export const isLog = (path: string): boolean => /(?:^|\/)logs?(?:\/|$)|\.log$/.test(path);

function runsAsRoot(s: Shipped, i: Instruction): boolean {
  const stage = s.df.stages[i.stage] ?? s.stage;
  const before = effectiveUser({ ...stage, instructions: stage.instructions.filter((o) => o.span.start < i.span.start) }, s.df);
  return before ? isRootUser(before.value) : isRootBase(s);
}

function chmodIn(image: Shipped, instruction: Instruction, words: readonly Word[]): LogChmod | undefined {
  const call = callOf(words, /^chmod$/);
  const rest = call?.slice(1) ?? [];
  const flags = rest.filter((w) => /^-(?:[Rvfc]+$|-)/.test(w.value));
  const [mode, ...paths] = rest.filter((w) => !flags.includes(w));
  const [first, last] = [call?.[0], words.at(-1)];
  if (!mode || !first || !last || paths.length === 0) return undefined;
  const workdir = workdirOf(image);
  return {
    image, instruction, mode,
    at: place(image.file, { start: first.start, end: last.end }),
    recursive: flags.some((w) => w.value === '--recursive' || /^-[a-zA-Z]*R/.test(w.value)),
    paths: paths.map((word) => ({ word, absolute: tidy(word.value.startsWith('/') ? word.value : `${workdir}/${word.value}`) })),
    asRoot: runsAsRoot(image, instruction),
  };
}

/** What everybody else may do by a mode: the last octal digit, or what a symbolic one adds. */
export function othersMay(mode: string): number {
  if (/^[0-7]{3,4}$/.test(mode)) return Number(mode.at(-1));
  return mode.split(',').reduce((bits, part) => {
    const [, who = '', sign = '', what = ''] = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(part) ?? [];
    if (!/[oa]/.test(who)) return bits;
    const named = (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (/[xX]/.test(what) ? 1 : 0);
    return sign === '-' ? bits & ~named : bits | named;
  }, 0);
}

/** The same mode with nothing for everybody else; undefined where it can't be told. */
export function withoutOthers(mode: string): string | undefined {
  if (/^[0-7]{3,4}$/.test(mode)) return `${mode.slice(0, -1)}0`;
  const parts = mode.split(',').map((part) => {
    const [, who = '', rest = ''] = /^([ugoa]*)([-+=][rwxX]*)$/.exec(part) ?? [];
    const kept = who.includes('a') ? 'ug' : who.replace('o', '');
    return rest === '' ? undefined : `${kept || 'u'}${rest}`;
  });
  return parts.includes(undefined) ? undefined : parts.join(',');
}

/** Every `chmod` of the image that opens a log to be written by everybody. */
export function openChmods(machine: Machine, service: Service): readonly LogChmod[] {
  const image = shipped(machine, service);
  if (!image) return [];
  return lineage(image.stage, image.df).flatMap((s) => s.instructions).filter((i) => i.keyword === 'RUN').flatMap((i) => commandsOf(i).flatMap((words) => chmodIn(image, i, words) ?? []))
    .filter((c) => (othersMay(c.mode.value) & 2) !== 0 && c.paths.some((p) => isLog(p.absolute)));
}

/** The mode in its place, and in front of the command who the logs are to belong to. */
export function closed(c: LogChmod, mode: string, owner: string | undefined): readonly SpanEdit[] {
  const given = owner === undefined ? [] : [{ start: c.at.start, end: c.at.start, text: `chown ${c.recursive ? '-R ' : ''}${owner} ${c.paths.map((p) => c.image.file.text.slice(p.word.start, p.word.end)).join(' ')} && ` }];
  return [...given, { start: c.mode.start, end: c.mode.end, text: mode }];
}
