import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { iniOf } from './parsed.ts';
import { programsOf, type Program } from './program.ts';
import { runningOf, tidy } from './service-files.ts';
import { startsAs } from './starts-as.ts';
import { supervisordFiles } from './supervisord.ts';

/** What a word of a command line names and a program writes; any other path is one that it reads. */
const WRITTEN = /\.(?:log|pid|sock|socket|rdb|aof)$/;
/** What supervisord makes and opens itself, as root. */
const OPENED = /^(?:logfile|pidfile|file|childlogdir|stdout_logfile|stderr_logfile)$/;
const READ = /\.(?:conf|ini|cfg|sh|py|yaml|yml|toml|json)$/;

const inside = (folder: string, path: string): boolean => folder === '/' || path === folder || path.startsWith(`${folder}/`);

/** Paths that a command line names and its program reads. */
function read({ words, cwd = '/', start }: Program): readonly string[] {
  const all = [...words, ...(start?.words ?? [])].map((w) => w.value.replace(/^--?[\w-]+=/, '').replace(/^(.*\.ini):[\w-]+$/, '$1'));
  return all.filter((w) => (w.startsWith('/') ? w !== '/' && !WRITTEN.test(w) && !w.startsWith('/dev/') : READ.test(w) && /^[\w./-]+$/.test(w))).map((w) => tidy(posix.resolve(cwd, w)));
}

/** What supervisord makes and opens itself in a container: its own log, and those of its programs. */
export function openedIn(machine: Machine, service: Service): readonly string[] {
  const context = service.build?.context ?? '';
  const files = supervisordFiles(machine).filter((f) => !f.path.startsWith('/') && (context === '' || context === '.' || f.path.startsWith(`${context}/`)));
  const opened = files.flatMap((f) => iniOf(f, 'supervisord').entries.filter((e) => OPENED.test(e.key)).map((e) => e.value.trim())).filter((p) => p.startsWith('/') && !p.startsWith('/dev/') && !p.includes('%('));
  return opened.map(tidy);
}

/** What root reads or opens in a container, besides one of its programs: supervisord, its own files, and what it starts as root. */
function roots(machine: Machine, mine: Program): readonly string[] {
  const { service } = mine;
  const others = programsOf(machine).filter((p) => p.service.name === service.name && p.name !== mine.name && (p.starter === 'container' || startsAs(machine, p)?.root !== false));
  return [...others.flatMap(read), ...openedIn(machine, service)];
}

/**
 * What root reads in a folder of a container that supervisord runs: who owns a folder can put another file in the place of
 * each one in it, so giving it to an app would give away root. `own` are the app's own files there.
 */
export function heldInImage(machine: Machine, program: Program, folder: string, own: readonly string[] = []): string | undefined {
  if (!program.supervisor || program.service.host) return undefined;
  const there = tidy(folder);
  return roots(machine, program).find((path) => path !== there && inside(there, path) && !own.includes(path));
}

/** supervisord's own log and pid file, where nobody gives them a place, and what Python leaves: not the app's. */
const NOT_APPS = /\/(?:supervisord\.(?:log|pid)[^/]*|__pycache__|[^/]+\.pyc)$/;

/** Why the folders that a program was seen writing in can't all be its own: only where the app itself has a file right there. */
export function refuseHeld(machine: Machine, program: Program, folders: readonly string[], own: readonly string[] = []): Refusal | undefined {
  const written = runningOf(machine, program.service).flatMap((c) => c.written ?? []);
  for (const folder of folders) {
    const path = heldInImage(machine, program, folder, own);
    const mine = [...written, ...own].filter((w) => posix.dirname(w) === folder && !NOT_APPS.test(w) && !written.some((o) => o.startsWith(`${w}/`)));
    if (path !== undefined && mine.length > 0) return refuse(text(`it writes in ${folder}, where root reads ${path}: what it writes has to move to a folder of its own first, ${posix.join(folder, program.name)}`, `它往 ${folder} 里写，而 root 要读那里的 ${path}：请先把它写的东西挪到单独的目录，比如 ${posix.join(folder, program.name)}`));
  }
  return undefined;
}
