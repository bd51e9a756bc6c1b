import { posix } from 'node:path';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Proposal, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { heldBy } from './code-folder.ts';
import { perMachine } from './once.ts';
import { programsOf, type Program } from './program.ts';
import { isNote } from './run-lines.ts';
import { unitEntries } from './unit.ts';
import { effective, uwsgis } from './uwsgi.ts';

const within = (folder: string, path: string): boolean => path.startsWith(folder === '/' ? '/' : `${folder}/`);
const LONGEST = 262_144;

const same = (a: Program, b: Program): boolean => a.name === b.name && a.service.name === b.service.name;

/** Where a program works: as its processes have it, where that may be read; and as its files say, uWSGI's `chdir` among them. */
function homes(machine: Machine, program: Program): readonly string[] {
  const chdir = uwsgis(machine).filter((u) => same(u.program, program)).flatMap((u) => effective(u, 'chdir')?.value ?? []).filter((f) => f.startsWith('/'));
  return [...new Set([...program.live.processes.flatMap((p) => p.cwd ?? []), ...chdir, ...(program.cwd ? [program.cwd] : [])])].filter((f) => f !== '/');
}

/** Text that lies where the program works says this folder: whole, or from there on (`"data/notices"`). */
function isNamed(machine: Machine, home: string, folder: string): boolean {
  const relative = posix.relative(home, folder);
  const escaped = [folder, relative].map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const says = new RegExp(`${escaped[0] ?? ''}(?![\\w.-])|["'](?:\\./)?${escaped[1] ?? ''}(?=["'/])`);
  return [...machine.files.values()].some((f) => !isNote(f.path) && f.text.length <= LONGEST && within(home, posix.resolve(machine.root, f.path)) && says.test(f.text));
}

/**
 * Folders of the project that a program's user wrote since the program was started, below where it works, and that the
 * code there names. None of it alone would do: a backup of root's lies there too, and a name says nothing of who writes.
 */
const written = perMachine((machine: Machine) => {
  const state = (machine.state ?? []).map((s) => ({ ...s, path: posix.join(machine.root, s.path) }));
  const named = new Map<string, boolean>();
  const isSaid = (home: string, folder: string): boolean => {
    const key = `${home}\0${folder}`;
    const known = named.get(key) ?? isNamed(machine, home, folder);
    named.set(key, known);
    return known;
  };
  return new Map(programsOf(machine).filter((p) => p.service.host?.running && p.starter !== 'container' && p.kind !== 'supervisord').map((p) => {
    const began = Math.min(...p.live.processes.map((o) => o.started ?? Infinity));
    const uids = new Set(p.live.processes.map((o) => o.uid.effective));
    const mine = state.filter((s) => s.wrote.some((w) => uids.has(w.uid) && w.at >= began) && homes(machine, p).some((home) => within(home, s.path) && isSaid(home, s.path)) && heldBy(machine, p, s.path) === undefined);
    return [p, mine.map((s) => s.path)] as const;
  }));
});

/** What a text does that puts something into a file. */
const WRITES = /\b(?:write(?:lines|_text|_bytes|row)?|dump|save|append|to_\w+|sqlite3?|FileHandler|shelve)\b|["'](?:[awx]b?\+?|r\+b?)["']/;

/**
 * Files beside the code that a program's user wrote since the program was started, and that code there names and writes
 * something: they are opened for a moment only, and nobody sees who.
 */
function besideCode(machine: Machine, program: Program): readonly string[] {
  const began = Math.min(...program.live.processes.map((o) => o.started ?? Infinity));
  const uids = new Set(program.live.processes.map((o) => o.uid.effective));
  const folders = homes(machine, program);
  const writing = [...machine.files.values()].filter((f) => f.text.length <= LONGEST && /\.py$/.test(f.path) && WRITES.test(f.text) && folders.some((home) => within(home, posix.resolve(machine.root, f.path))));
  const says = (name: string): boolean => writing.some((f) => new RegExp(`["'](?:[^"'\n]{0,200}/)?${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']`).test(f.text));
  return (machine.beside ?? []).filter((s) => uids.has(s.uid) && s.at >= began).map((s) => posix.join(machine.root, s.path)).filter((p) => folders.some((home) => within(home, p)) && says(posix.basename(p)));
}

/** Programs of this machine that keep their data in the same folders, each with all of them: one app, whatever it is made of. */
const mates = perMachine((machine: Machine): readonly (readonly Program[])[] => {
  const groups: { readonly programs: Program[]; readonly folders: Set<string> }[] = [];
  for (const [program, folders] of written(machine)) {
    const there = groups.find((g) => folders.some((f) => g.folders.has(f)));
    if (there) {
      there.programs.push(program);
      for (const f of folders) there.folders.add(f);
    } else groups.push({ programs: [program], folders: new Set(folders) });
  }
  return groups.map((g) => g.programs);
});

/** The first of the programs that share a program's data: its name is the app's. */
export const firstOfApp = (machine: Machine, program: Program): Program => mates(machine).find((g) => g.some((p) => same(p, program)))?.[0] ?? program;

/** Temporary files are made anew, and what systemd opened for it is never opened again. */
const PASSING = /^\/(?:tmp|var\/tmp|run\/user|dev|proc|sys)\//;
/** Folders of an app's own below those that belong to everybody. */
const OWN = /^\/var\/(?:lib|log|cache|spool)\/[^/]+/;
/** Beside them SQLite makes a journal at every writing. */
const DATABASE = /\.(?:db|db3|sqlite|sqlite3)(?:-wal|-shm|-journal)?$/;

const whole = (id: string): number | string => (/^\d+$/.test(id) ? Number(id) : id);

interface Held {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** Files that whoever is not of the same app holds open for writing. */
function ofOthers(machine: Machine, program: Program): readonly string[] {
  const app = [program, ...(mates(machine).find((g) => g.some((p) => same(p, program))) ?? [])];
  const ours = new Set(app.flatMap((p) => p.live.processes.map((o) => o.pid)));
  return machine.host.processes.filter((p) => !ours.has(p.pid)).flatMap((p) => p.writes ?? []).map((w) => w.path);
}

/** Files of root's that it holds open for writing, and those of their folders that are its own. */
function open(machine: Machine, program: Program, kept: readonly string[], others: readonly string[]): Held | Refusal {
  const standard = ['StandardOutput', 'StandardError'].flatMap((key) => (program.unit ? unitEntries(program.unit, 'Service', key) : [])).map((e) => e.value).join('\n');
  const files = [...new Set([...program.live.processes.flatMap((p) => p.writes ?? []).filter((w) => w.uid === 0).map((w) => w.path), ...besideCode(machine, program)])]
    .filter((f) => (within(machine.root, f) || !PASSING.test(f)) && !standard.includes(f) && !kept.includes(f) && !others.includes(f)).sort();
  const folders = new Set<string>();
  const single: string[] = [];
  for (const file of files) {
    const folder = posix.dirname(file);
    const pure = OWN.test(folder) || (machine.state ?? []).some((s) => posix.join(machine.root, s.path) === folder);
    const whole = pure && heldBy(machine, program, folder, files) === undefined && ![...others, ...kept].some((o) => within(folder, o));
    if (whole) folders.add(folder);
    else if (DATABASE.test(file)) return refuse(text(`it writes ${file}, and SQLite makes its journal beside it, where code or what root opens lies: give the database a folder of its own first`, `它在写 ${file}，SQLite 要在旁边建日志文件，而那里放着代码或 root 打开的文件：请先给数据库单独的目录`));
    else single.push(file);
  }
  return { folders: [...folders], files: single };
}

/**
 * What a program of this machine was seen writing goes to its new user: files that it holds open, and folders of data that
 * it keeps. `kept`: what is still root that opens, so it may not lie in a folder of the app's.
 */
export function handedHere(machine: Machine, program: Program, owner: { readonly uid: string; readonly gid: string }, kept: readonly string[] = []): readonly Change[] | Refusal {
  if (!program.service.host?.running) return [];
  const [uid, gid] = [whole(owner.uid), whole(owner.gid)];
  const others = ofOthers(machine, program);
  const held = open(machine, program, kept, others);
  if ('refused' in held) return held;
  const folders = [...new Set([...([...written(machine)].find(([p]) => same(p, program))?.[1] ?? []), ...held.folders])].filter((f) => ![...kept, ...others].some((k) => within(f, k))).sort();
  // A folder is handed over with all of root's that lies below it.
  const tops = folders.filter((f) => !folders.some((o) => within(o, f)));
  return [
    ...tops.map((path): Change => ({ kind: 'set-path', path, uid, gid, below: true })),
    ...held.files.filter((f) => !tops.some((t) => within(t, f))).map((path): Change => ({ kind: 'set-path', path, uid, gid, optional: true })),
  ];
}

/** The same as a reader is told it beside the plan; and that nothing could be seen, where its files may not be looked at. */
export function handedWords(handed: readonly Change[], name: string, programs: readonly Program[]): NonNullable<Proposal['along']> {
  const dark = programs.some(({ service, live }) => service.host?.running && live.processes.length > 0 && live.processes.every((p) => p.env === undefined));
  return [
    ...handed.flatMap((c) => (c.kind === 'set-path' ? [{ label: c.path, text: text(`${name}'s from now on: it was seen writing there`, `之后归 ${name}：看到它在那里写入`) }] : [])),
    ...(dark ? [{ label: text('files', '文件'), text: text(`only root may see what it holds open: hand to ${name} what it has to write on`, `它打开了哪些文件只有 root 能看到：要继续写的，请交给 ${name}`) }] : []),
  ];
}
