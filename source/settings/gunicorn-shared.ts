import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { gunicornsOf, type Gunicorn } from './gunicorn.ts';
import { told, type GunicornSetting } from './gunicorn-settings.ts';

const same = (a: Gunicorn, b: Gunicorn): boolean => a.program.name === b.program.name && a.program.service.name === b.program.service.name;

/** Gunicorns that load the same configuration file as these: a line written there is theirs, too. */
export const otherReaders = (machine: Machine, mine: readonly Gunicorn[]): readonly Gunicorn[] =>
  gunicornsOf(machine).filter((g) => g.config && mine.some((m) => m.config?.path === g.config?.path) && !mine.some((m) => same(m, g)));

/** Why an account may not be written into a file that somebody else loads: one line would be every reader's user. */
export function refuseShared(machine: Machine, mine: readonly Gunicorn[], wanted: readonly (readonly [GunicornSetting, string])[]): Refusal | undefined {
  // Who is told otherwise by a stronger flag is not concerned, nor who is told the same already.
  const other = otherReaders(machine, mine).find((o) => wanted.some(([name, value]) => {
    const now = told(machine, o, name);
    return !now?.flag && now?.value !== value;
  }));
  if (!other?.config) return undefined;
  const [{ name }, file] = [other.program, posix.basename(other.config.path)];
  return refuse(text(`${name} reads the same ${file}: its workers would get this user, too`, `${name} 也读取同一个 ${file}：它的工作进程也会换成这个用户`));
}

/** Why these settings may not be taken out of a file: another gunicorn that loads it lives by them. */
export function refuseTaken(machine: Machine, mine: readonly Gunicorn[], settings: readonly GunicornSetting[]): Refusal | undefined {
  const other = otherReaders(machine, mine).find((o) => settings.some((s) => told(machine, o, s)?.inConfig));
  if (!other?.config) return undefined;
  const [{ name }, file] = [other.program, posix.basename(other.config.path)];
  return refuse(text(`${name} reads the same ${file}, and what has to go from it is ${name}'s, too`, `${name} 也读取同一个 ${file}，要从里面去掉的也是 ${name} 的设置`));
}

/** Why an address may not be changed in a file: another gunicorn that loads it, with no flag of its own, listens there, too. */
export function refuseSharedBind(machine: Machine, g: Gunicorn, file: string): Refusal | undefined {
  const other = file === g.config?.path ? otherReaders(machine, [g]).find((o) => { const bind = told(machine, o, 'bind'); return !bind || bind.inConfig?.file.path === file; }) : undefined;
  return other && refuse(text(`${other.program.name} reads the same ${posix.basename(file)}, and would move with it: give one of them --bind first`, `${other.program.name} 也读取同一个 ${posix.basename(file)}，会跟着一起变：请先给其中一个写上 --bind`));
}
