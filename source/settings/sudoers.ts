import { parseSudoers, type Command, type Grant, type Name, type SudoersFile } from '../files/sudoers.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';
import { perMachine } from './once.ts';
import { place } from './parsed.ts';
import { isSudoers } from './sudoers-name.ts';

/** One command that sudoers lets somebody run, where it is written: in a rule, or in the Cmnd_Alias that a rule names. */
export interface Permission {
  readonly file: SourceFile;
  readonly at: Place;
  readonly command: Command;
  /** As the rules write them; empty where no rule that was read uses this alias. */
  readonly users: readonly string[];
  /** The account it runs as; root where some rule says so, or nobody is named. */
  readonly runas: string;
  /** Some rule that leads here asks for no password. */
  readonly nopasswd: boolean;
}

interface Read {
  readonly file: SourceFile;
  readonly sudoers: SudoersFile;
}

/** To whom something is given; several rules that lead to one place are joined. */
interface Given {
  readonly users: ReadonlySet<string>;
  readonly runas: string;
  readonly nopasswd: boolean;
}

interface Alias {
  readonly file: SourceFile;
  readonly commands: readonly Command[];
}

/** Every file of sudoers that was read; aliases are shared among all of them. */
const sudoersFiles = perMachine((machine: Machine): readonly Read[] =>
  [...machine.files.values()].filter((f) => isSudoers(f.path)).map((file) => ({ file, sudoers: parseSudoers(file.text) })));

function aliasesIn(read: readonly Read[]): ReadonlyMap<string, readonly Alias[]> {
  const found = new Map<string, Alias[]>();
  for (const { file, sudoers } of read) {
    for (const e of sudoers.entries) {
      if (e.kind === 'alias' && e.of === 'Cmnd') for (const { name, commands } of e.definitions) found.set(name, [...(found.get(name) ?? []), { file, commands }]);
    }
  }
  return found;
}

/** A rule that allows everything as the same account: a pattern beside it takes nothing away. */
const everything = (grants: readonly Grant[]): boolean => grants.some((g) => g.command.kind === 'all' && !g.command.negated);

/** The account of a rule; a Runas_Alias counts as root where root is in it. */
function said(runas: Grant['runas'], rootly: ReadonlySet<string>): string {
  const names = (list: readonly Name[]): string => list.filter((n) => !n.negated).map((n) => n.value).join(',');
  if (!runas || (runas.users.length === 0 && runas.groups.length === 0)) return 'root';
  return runas.users.some((u) => !u.negated && rootly.has(u.value)) ? 'root' : names(runas.users) || `:${names(runas.groups)}`;
}

/** Names that stand for root among others: its own, ALL, and every Runas_Alias that has one of them. */
function rootlyIn(read: readonly Read[]): ReadonlySet<string> {
  const found = new Set(['root', '#0', 'ALL']);
  const all = read.flatMap(({ sudoers }) => sudoers.entries.flatMap((e) => (e.kind === 'alias' && e.of === 'Runas' ? e.definitions : [])));
  // Nobody nests them deeper.
  for (let size = 0, turns = 0; size < found.size && turns < 20; turns++) {
    size = found.size;
    for (const { name, members } of all) if (members.some((m) => !m.negated && found.has(m.value))) found.add(name);
  }
  return found;
}

/** What it comes to with one more rule; undefined where that says nothing new. */
function joined(there: Given | undefined, more: Given): Given | undefined {
  if (!there) return more;
  const users = new Set([...there.users, ...more.users]);
  const runas = there.users.size === 0 || more.runas === 'root' ? more.runas : there.runas;
  const nopasswd = there.nopasswd || more.nopasswd;
  return users.size === there.users.size && runas === there.runas && nopasswd === there.nopasswd ? undefined : { users, runas, nopasswd };
}

/** What rules allow, each command once, with all who may run it. What is forbidden (`!`) is left out. */
export const permissions = perMachine((machine: Machine): readonly Permission[] => {
  const read = sudoersFiles(machine);
  const aliases = aliasesIn(read);
  const rootly = rootlyIn(read);
  const found = new Map<Command, { file: SourceFile; given: Given }>();
  const named = new Map<string, Given>();
  const waiting: string[] = [];
  const meet = (file: SourceFile, command: Command, given: Given): void => {
    if (command.negated) return;
    const { source } = command.program;
    const next = joined(command.kind === 'alias' ? named.get(source) : found.get(command)?.given, given);
    if (!next) return;
    if (command.kind !== 'alias') found.set(command, { file, given: next });
    else {
      named.set(source, next);
      waiting.push(source);
    }
  };
  /** Aliases of rules that are passed over on purpose: they are used, and nothing is to be said of it. */
  const passed = new Set<string>();
  for (const { file, sudoers } of read) {
    for (const rule of sudoers.entries) {
      if (rule.kind !== 'rule') continue;
      const users = rule.users.filter((u) => !u.negated && u.value !== 'root' && u.value !== '#0').map((u) => u.value);
      for (const { grants } of rule.parts) {
        const moot = users.length === 0 || everything(grants);
        for (const { command, runas, tags } of grants) {
          if (moot) passed.add(command.program.source);
          else meet(file, command, { users: new Set(users), runas: said(runas, rootly), nopasswd: tags.has('NOPASSWD') });
        }
      }
    }
  }
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const given = named.get(name);
    if (given) for (const { file, commands } of aliases.get(name) ?? []) for (const command of commands) meet(file, command, given);
  }
  // Another file, which was not read, may use an alias that is defined here.
  const nobody: Given = { users: new Set(), runas: 'root', nopasswd: false };
  for (const [name, all] of aliases) {
    if (!named.has(name) && !passed.has(name)) for (const { file, commands } of all) for (const command of commands) if (!command.negated && command.kind !== 'alias') found.set(command, { file, given: nobody });
  }
  return [...found].map(([command, { file, given }]) => ({ file, at: place(file, command), command, users: [...given.users], runas: given.runas, nopasswd: given.nopasswd }));
});
