import type { Process } from '../../model/process.ts';
import { list, text, type Text } from '../../model/text.ts';
import type { Ground } from './context.ts';
import { crews, workers, type Crew, type Named } from './crews.ts';
import type { Copy } from './world.ts';

/** Somewhere that the service was seen to write, or has mounted to write. */
export interface Place {
  readonly path: string;
  /** `sockets`: a folder that counts only where something else than sockets lies in it, too. */
  readonly kind: 'folder' | 'file' | 'sockets';
  /** A volume or a folder of the machine: the app's data, in which an overseer has no business. */
  readonly mounted?: boolean;
  /** Of a mounted one: programs of the container that have no business there. All others are asked one by one. */
  readonly strangers?: readonly string[];
}

/**
 * A file is really made and taken away again; of a file that is there it is asked whether it opens. Where a folder is not
 * there yet, the one above it must let it be made.
 */
const TRY = `for a in "$@"; do k=\${a%%:*}; p=\${a#*:}
[ "$k" = sockets ] && [ -z "$(find "$p" -xdev -type f 2>/dev/null | head -n 1)" ] && continue
if [ "$k" = file ] && [ -e "$p" ]; then e=$( ( : >> "$p" ) 2>&1 ) && echo "y $a" || echo "n $a|$e"; continue; fi
[ "$k" = file ] && p=\${p%/*}
while [ -n "$p" ] && [ ! -e "$p" ]; do p=\${p%/*}; done
t="$p/.harden-tui-$$"; e=$( ( : > "$t" ) 2>&1 ) && { rm -f "$t"; echo "y $a"; } || echo "n $a|$e"; done`;

/** As a helper is told to be somebody: each with its group, and with those that it is in besides. */
export const users = (processes: readonly Process[]): readonly string[] => {
  const all = processes.flatMap((p) => [p.gid.effective, ...p.groups.filter((g) => g !== p.gid.effective).slice(0, 4)].map((g) => `${p.uid.effective}:${g}`));
  return [...new Set(all)].slice(0, 8);
};

/** Whether one program may write a place, and as whom it runs. */
export interface May {
  readonly may: boolean | undefined;
  readonly uids: readonly number[];
}

export interface Tries {
  readonly may: ReadonlyMap<string, boolean | undefined>;
  readonly said: ReadonlyMap<string, string>;
  /** By place, what each program that has business there may: one that may says nothing of another that may not. */
  readonly by: ReadonlyMap<string, ReadonlyMap<string, May>>;
}

/**
 * Programs that are asked about a place each for itself. A proxy reads what others write; alone in its container it is all there is.
 * What lies where sockets are made is made by a root that steps down afterwards, or supervisord itself.
 */
export function askedIn(all: readonly Crew[], { kind, mounted, strangers = [] }: Pick<Place, 'kind' | 'mounted' | 'strangers'>): readonly Crew[] {
  if (!mounted || kind === 'sockets') return [];
  const apps = all.filter((c) => !c.front && !strangers.includes(c.name));
  return apps.length > 0 || all.some((c) => !c.front) ? apps : all;
}

/** Each of them by its name: of two of one name both have to be able to. */
export function each(asked: readonly Crew[], answer: (user: string) => boolean | undefined): ReadonlyMap<string, May> {
  const found = new Map<string, May>();
  for (const { name, processes } of asked) {
    const working = workers(processes);
    const answers = users(working).map(answer);
    const may = answers.includes(true) ? true : answers.includes(false) ? false : undefined;
    const before = found.get(name);
    const uids = [...new Set([...(before?.uids ?? []), ...working.map((p) => p.uid.effective)])];
    found.set(name, { may: before?.may === false ? false : may, uids });
  }
  return found;
}

/** As each user who runs in the copy: a place is writable when one of them may write there; a mounted one is asked of each program. */
export async function writable(ground: Ground, copy: Copy, processes: readonly Process[], places: readonly Place[], known: readonly Named[] = []): Promise<Tries> {
  const answers = new Map<string, Map<string, boolean>>();
  const said = new Map<string, string>();
  const [all, working] = [crews(processes, known), new Set(users(workers(processes)))];
  const wanted = new Map(places.map((p) => [p.path, new Set(askedIn(all, p).flatMap((c) => users(workers(c.processes))))]));
  const of = (path: string): readonly boolean[] => [...(answers.get(path)?.values() ?? [])];
  for (const user of [...new Set([...users(processes), ...[...wanted.values()].flatMap((u) => [...u])])]) {
    const left = places.filter((p) => wanted.get(p.path)?.has(user) === true || (!of(p.path).includes(true) && (!p.mounted || working.has(user))));
    if (left.length === 0) continue;
    const { code, stdout } = await ground.docker.ask({ kind: 'exec', container: copy.id, user, argv: ['sh', '-c', TRY, 'sh', ...left.map((p) => `${p.kind}:${p.path}`)] }).catch(() => ({ code: 1, stdout: '' }));
    if (code !== 0) continue;
    for (const line of stdout.split('\n')) {
      const [, answer, path, complaint] = /^([yn]) (?:folder|file|sockets):([^|]*)(?:\|(.*))?$/.exec(line) ?? [];
      if (path === undefined) continue;
      answers.set(path, (answers.get(path) ?? new Map<string, boolean>()).set(user, answer === 'y'));
      if (answer === 'n' && complaint) said.set(path, complaint.replace(/^sh: \d+: |^.*?: line \d+: /, '').replace(/\.harden-tui-\d+/, '…'));
    }
  }
  const by = new Map(places.flatMap((p) => (answers.has(p.path) ? [[p.path, each(askedIn(all, p), (user) => answers.get(p.path)?.get(user))] as const] : [])));
  return { may: new Map([...answers.keys()].map((path) => [path, of(path).includes(true)])), said, by };
}

/** `uwsgi (10001)`: programs by their names, with the user that each of them is. */
export function whoWrites(some: readonly (readonly [string, May])[]): Text | undefined {
  return some.length === 0 ? undefined : text(list(some.map(([name, { uids }]) => `${name} (${uids.join(', ')})`)).en, list(some.map(([name, { uids }]) => `${name}（${uids.join('、')}）`))['zh-CN']);
}

/** Programs that could write a place and can't any more. One that is not seen in the other copy is not lost by that. */
export function lostBy(was: ReadonlyMap<string, May> | undefined, now: ReadonlyMap<string, May> | undefined): readonly (readonly [string, May])[] {
  return [...(was ?? [])].flatMap(([name, { may }]) => {
    const then = now?.get(name);
    return may === true && then?.may === false ? [[name, then] as const] : [];
  });
}
