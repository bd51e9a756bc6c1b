import { isRootUser } from '../files/dockerfile.ts';
import { lastEntry } from '../files/ini.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Origin } from '../model/setting.ts';
import { place } from './parsed.ts';
import type { Program } from './program.ts';
import { supervisordFiles } from './supervisord.ts';
import { controlOf } from './supervisord-control.ts';
import { unitEntry } from './unit.ts';
import { declaredUser } from './user.ts';
import { iniOf } from './parsed.ts';

/** Whom a program is started as, before it does anything itself about it. */
export interface StartsAs {
  /** As written; `` where nobody says. */
  readonly value: string;
  readonly root: boolean;
  readonly guess: boolean;
  readonly from?: Origin;
}

const isRoot = (value: string): boolean => value === '' || isRootUser(value);

/** A configuration that includes this one, as far as its folders tell. */
const takesIn = (main: SourceFile, part: SourceFile): boolean => {
  const folder = main.path.split('/').slice(0, -1).join('/');
  return main !== part && main.text.includes('[include]') && (folder === '' ? !part.path.startsWith('/') : part.path.startsWith(`${folder}/`));
};

function bySupervisord(machine: Machine, program: Program): StartsAs | undefined {
  const p = program.supervisor;
  if (!p) return undefined;
  const entry = lastEntry(p.ini, p.section, 'user');
  if (entry) return { value: entry.value, root: isRootUser(entry.value), guess: entry.interpolated, from: { kind: 'ini', label: `user=${entry.value}`, at: place(p.file, entry.valueSpan) } };
  // supervisord itself may have stepped down for all of them.
  for (const file of [p.file, ...supervisordFiles(machine).filter((f) => takesIn(f, p.file))]) {
    const own = lastEntry(iniOf(file, 'supervisord'), 'supervisord', 'user');
    if (own && !isRootUser(own.value)) return { value: own.value, root: false, guess: own.interpolated, from: { kind: 'ini', label: `user=${own.value}`, at: place(file, own.valueSpan) } };
  }
  return undefined;
}

function bySystemd(program: Program): StartsAs | undefined {
  if (!program.unit) return undefined;
  const user = unitEntry(program.unit, 'Service', 'User');
  if (user) return { value: user.value, root: isRoot(user.value), guess: user.entry.interpolated, from: { kind: 'ini', label: `User=${user.value}`, at: place(user.file, user.entry.valueSpan) } };
  const dynamic = unitEntry(program.unit, 'Service', 'DynamicUser');
  if (dynamic && /^(?:yes|true|on|1)$/i.test(dynamic.value)) return { value: 'dynamic', root: false, guess: false, from: { kind: 'ini', label: 'DynamicUser=yes', at: place(dynamic.file, dynamic.entry.valueSpan) } };
  return { value: '', root: true, guess: false };
}

/** The user that starts it: supervisord's `user=`, the unit's `User=`, the container's; else as the first process shows. */
export function startsAs(machine: Machine, program: Program): StartsAs | undefined {
  const said = bySupervisord(machine, program) ?? bySystemd(program);
  if (said) return said;
  if (!program.service.host) {
    const user = declaredUser(machine, program.service);
    return user && { value: user.value, root: user.root, guess: user.guess ?? false, from: user.from };
  }
  // A program may have stepped down since: who started it is who supervisord is.
  const master = program.supervisor ? controlOf(machine, program.service)?.master : undefined;
  const first = master ?? program.live.processes[0];
  if (first) return { value: String(first.uid.effective), root: first.uid.effective === 0, guess: false };
  // A configuration of supervisord that nobody runs here: who will start it is not known, and root is the rule.
  return program.supervisor ? { value: '', root: true, guess: true } : undefined;
}
