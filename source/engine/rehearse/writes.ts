import type { Process } from '../../model/process.ts';
import { programOf, startsOthers } from '../../settings/roles.ts';
import type { Ground } from './context.ts';
import type { Copy } from './world.ts';

/** Somewhere that the service was seen to write, or has mounted to write. */
export interface Place {
  readonly path: string;
  /** `sockets`: a folder that counts only where something else than sockets lies in it, too. */
  readonly kind: 'folder' | 'file' | 'sockets';
  /** A volume or a folder of the machine: the app's data, in which an overseer has no business. */
  readonly mounted?: boolean;
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

const users = (processes: readonly Process[]): readonly string[] => {
  const all = processes.flatMap((p) => [p.gid.effective, ...p.groups.filter((g) => g !== p.gid.effective).slice(0, 4)].map((g) => `${p.uid.effective}:${g}`));
  return [...new Set(all)].slice(0, 8);
};

/**
 * Those who do the work: root that only starts others may write everywhere, and says nothing of the app. A master is one whose
 * children run the same program as somebody else (gunicorn, uWSGI, nginx).
 */
export const workers = (processes: readonly Process[]): readonly Process[] => {
  const oversees = (p: Process): boolean => p.uid.effective === 0 && (startsOthers(p.argv) || processes.some((q) => q.ppid === p.pid && q.uid.effective !== 0 && programOf(q.argv) === programOf(p.argv)));
  const all = processes.filter((p) => !oversees(p));
  return all.length > 0 ? all : processes;
};

export interface Tries {
  readonly may: ReadonlyMap<string, boolean | undefined>;
  readonly said: ReadonlyMap<string, string>;
}

/** As each user who runs in the copy: a place is writable when one of them may write there. */
export async function writable(ground: Ground, copy: Copy, processes: readonly Process[], places: readonly Place[]): Promise<Tries> {
  const may = new Map<string, boolean | undefined>();
  const said = new Map<string, string>();
  const working = new Set(users(workers(processes)));
  for (const user of users(processes)) {
    const left = places.filter((p) => may.get(p.path) !== true && (!p.mounted || working.has(user)));
    if (left.length === 0) continue;
    const { code, stdout } = await ground.docker.ask({ kind: 'exec', container: copy.id, user, argv: ['sh', '-c', TRY, 'sh', ...left.map((p) => `${p.kind}:${p.path}`)] }).catch(() => ({ code: 1, stdout: '' }));
    if (code !== 0) continue;
    for (const line of stdout.split('\n')) {
      const [, answer, path, complaint] = /^([yn]) (?:folder|file|sockets):([^|]*)(?:\|(.*))?$/.exec(line) ?? [];
      if (path === undefined) continue;
      may.set(path, answer === 'y' || may.get(path) === true);
      if (answer === 'n' && complaint) said.set(path, complaint.replace(/^sh: \d+: |^.*?: line \d+: /, '').replace(/\.harden-tui-\d+/, '…'));
    }
  }
  return { may, said };
}
