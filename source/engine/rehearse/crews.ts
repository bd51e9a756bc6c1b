import type { Process } from '../../model/process.ts';
import type { Program } from '../../settings/program.ts';
import { FRONTS, programOf, startsOthers } from '../../settings/roles.ts';

/** A program of supervisord's, as far as a process tells that it is that one. */
export type Named = Pick<Program, 'name' | 'kind' | 'words'>;

/** One program at work in a container: what supervisord, an init or a shell started, and all that came from it. */
export interface Crew {
  /** As supervisord calls it, else by what it is: the same before and after a plan. */
  readonly name: string;
  /** It only stands in front of others. */
  readonly front: boolean;
  readonly processes: readonly Process[];
}

/**
 * Those who do the work: root that only starts others may write everywhere, and says nothing of the app. A master is one whose
 * children run the same program as somebody else (gunicorn, uWSGI, nginx).
 */
export const workers = (processes: readonly Process[]): readonly Process[] => {
  const oversees = (p: Process): boolean => p.uid.effective === 0 && (startsOthers(p.argv) || processes.some((q) => q.ppid === p.pid && q.uid.effective !== 0 && programOf(q.argv) === programOf(p.argv)));
  const all = processes.filter((p) => !oversees(p));
  return all.length > 0 ? all : processes;
};

const childrenOf = (p: Process, all: readonly Process[]): readonly Process[] => all.filter((q) => q.ppid === p.pid && q.pid !== p.pid);
const below = (p: Process, all: readonly Process[]): readonly Process[] => [p, ...childrenOf(p, all).flatMap((q) => below(q, all))];

/** The first process of a container. What somebody started in it since (a health check) has a parent that is not in there either. */
function first(all: readonly Process[]): Process | undefined {
  const roots = all.filter((p) => !all.some((q) => q.pid === p.ppid && q !== p));
  return roots.find((p) => p.innerPid === 1) ?? [...roots].sort((a, b) => below(b, all).length - below(a, all).length)[0];
}

/** With a script too: what it has started does the work. */
const isShell = (p: Process): boolean => /(?:^|\/)(?:ba|da|a)?sh$/.test(p.argv[0] ?? '');

/** What the container is for: the programs of its supervisord, else what its init and shells have started, else its first process. */
function tops(all: readonly Process[]): readonly Process[] {
  const masters = all.filter((p) => programOf(p.argv) === 'supervisord');
  if (masters.length > 0) return masters.flatMap((m) => childrenOf(m, all)).filter((p) => !masters.includes(p));
  const down = (p: Process): readonly Process[] => {
    const children = startsOthers(p.argv) || isShell(p) ? childrenOf(p, all) : [];
    return children.length === 0 ? [p] : children.flatMap(down);
  };
  const top = first(all);
  return top ? down(top) : [];
}

const ini = (p: Process): string | undefined => p.argv.filter((w) => /\.ini$/.test(w)).at(-1);

/** The vassals of a uWSGI emperor are programs of their own: each has its file on its command line. */
function vassals(top: Process, all: readonly Process[]): readonly Process[] {
  if (programOf(top.argv) !== 'uwsgi') return [];
  return childrenOf(top, all).filter((p) => programOf(p.argv) === 'uwsgi' && ini(p) !== undefined && ini(p) !== ini(top));
}

/** Two of the same name (a program with `numprocs`, two of a kind that nobody here names) stand beside each other: each has to be able to. */
export function crews(processes: readonly Process[], known: readonly Named[] = []): readonly Crew[] {
  const all = tops(processes).filter((p) => p.argv.length > 0);
  const said = (p: Named): string => p.words.slice(1).map((w) => w.value).join(' ');
  const exact = new Map(all.flatMap((top) => { const one = known.find((p) => p.kind === programOf(top.argv) && top.argv.join(' ').endsWith(said(p)) && said(p) !== ''); return one ? [[top, one] as const] : []; }));
  const free = known.filter((p) => ![...exact.values()].includes(p));
  return all.flatMap((top): readonly Crew[] => {
    const kind = programOf(top.argv);
    // The plan may have changed its words: then it is the only one of its kind that is left.
    const alike = free.filter((p) => p.kind === kind);
    const name = exact.get(top)?.name ?? (alike.length === 1 ? alike[0]?.name : undefined) ?? kind;
    const own = vassals(top, processes);
    const theirs = own.map((v): Crew => ({ name: `${name} ${ini(v)?.split('/').at(-1) ?? ''}`, front: false, processes: below(v, processes) }));
    const rest = below(top, processes).filter((p) => !theirs.some((t) => t.processes.includes(p)));
    return [{ name, front: FRONTS.test(kind), processes: rest }, ...theirs];
  });
}
