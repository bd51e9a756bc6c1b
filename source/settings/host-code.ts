import { posix } from 'node:path';
import type { Change } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { heldBy } from './code-folder.ts';
import { gunicornFiles } from './gunicorn-files.ts';
import { gunicornNamed } from './gunicorn.ts';
import { mayReplace, mayWrite, whoIs, type Somebody } from './may-write.ts';
import { programsOf, type Program } from './program.ts';
import { flags } from './started.ts';

/** Code of a program of this machine that its own user may write. */
export interface HostCode {
  readonly program: Program;
  readonly who: Somebody;
  /** Absolute: where it works. */
  readonly folder: string;
  /** Files of it that may be written or replaced, absolute. */
  readonly files: readonly [string, ...string[]];
}

const RUNS = /\.(?:py|ini|conf|cfg|sh|service|socket)$/;
const within = (folder: string, path: string): boolean => path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** Data of the project that its user wrote, all the way down (`Machine.state`). */
const stateOf = (machine: Machine, { program, who, folder }: Pick<HostCode, 'program' | 'who' | 'folder'>): readonly string[] =>
  (machine.state ?? []).filter((s) => s.wrote.some((w) => w.uid === who.uid)).map((s) => posix.join(machine.root, s.path)).filter((p) => within(folder, p) && heldBy(machine, program, p) === undefined);

function found(machine: Machine, program: Program): HostCode | undefined {
  const { service, cwd, starter, live, kind } = program;
  if (!service.host?.running || cwd === undefined || kind === 'supervisord' || (cwd !== machine.root && !within(machine.root, cwd))) return undefined;
  const folder = posix.normalize(cwd).replace(/(?<=.)\/$/, '');
  const absolute = (f: SourceFile): string => (f.path.startsWith('/') ? f.path : posix.join(machine.root, f.path));
  const code = [...machine.files.values()].filter((f) => f.folder && RUNS.test(f.path) && within(folder, absolute(f)));
  for (const process of live.processes) {
    const who = whoIs(process);
    if (who.uid === 0) continue;
    // Somebody at work on what is theirs: a server under their own terminal.
    if (starter === 'shell' && code.every((f) => f.uid === who.uid)) return undefined;
    const kept = stateOf(machine, { program, who, folder });
    const open = code.filter((f) => !kept.some((k) => within(k, absolute(f))) && (mayWrite(who, f) || (f.folder !== undefined && mayReplace(who, f.folder, f)))).map(absolute).sort();
    const [first, ...more] = open;
    if (first !== undefined) return { program, who, folder, files: [first, ...more] };
  }
  return undefined;
}

/** Each program of the machine that may rewrite what it runs; root's own are another matter. */
export const hostCode = (machine: Machine): readonly HostCode[] => programsOf(machine).flatMap((p) => found(machine, p) ?? []);

/** What it makes or opens right beside its code, which it could not any more. */
function among(machine: Machine, one: HostCode, kept: readonly string[]): string | undefined {
  const { program, folder } = one;
  const beside = (path: string): boolean => within(folder, path) && !kept.some((k) => within(k, path));
  const g = gunicornNamed(machine, program.service.name, program.name);
  const pids = g ? gunicornFiles(machine, g, ['pidfile']) : flags(program.words, ['--pidfile', '-S', '--statedb', '-s', '--schedule']).map((f) => posix.join(folder, f.value));
  const beat = program.kind === 'celery' && program.words.some((w) => w.value === 'beat' || w.value === '-B') && flags(program.words, ['-s', '--schedule']).length === 0 ? [`${folder}/celerybeat-schedule`] : [];
  const databases = program.live.processes.flatMap((p) => p.writes ?? []).map((w) => w.path).filter((p) => /\.(?:db|db3|sqlite|sqlite3)(?:-wal|-shm|-journal)?$/.test(p));
  return [...program.live.sockets.map((s) => s.path), ...pids.filter((p) => p.startsWith('/')), ...beat, ...databases].find(beside);
}

export interface HostSplit {
  readonly changes: readonly Change[];
  readonly kept: readonly string[];
  /** Who owns the code afterwards. */
  readonly owner: number;
}

/** The code to root, or to whoever owns the rest of it already; what is written stays the app's. */
export function splitHere(machine: Machine, one: HostCode): HostSplit | Refusal {
  const { program, who, folder } = one;
  const state = stateOf(machine, one);
  const tops = state.filter((s) => !state.some((o) => within(o, s)));
  const stuck = among(machine, one, tops);
  if (stuck !== undefined) return refuse(text(`it makes ${stuck} right beside its code: that needs a folder of its own first, ${posix.join(folder, 'data')}`, `它直接在代码旁边写 ${stuck}：要先给它单独的目录，比如 ${posix.join(folder, 'data')}`));
  // Logs and the like that are held open stay what they are.
  const logs = program.live.processes.flatMap((p) => p.writes ?? []).map((w) => w.path).filter((p) => within(folder, p) && !tops.some((t) => within(t, p)));
  const g = gunicornNamed(machine, program.service.name, program.name);
  const kept = [...new Set([...tops, ...logs, ...(g ? gunicornFiles(machine, g, ['accesslog', 'errorlog']).filter((f) => within(folder, f) && !tops.some((t) => within(t, f))) : [])])].sort();
  // Whoever deploys, but never whoever runs something here: that would be another app.
  const running = new Set(machine.host.processes.map((p) => p.uid.effective));
  const owner = [...machine.files.values()].filter((f) => within(folder, posix.resolve(machine.root, f.path))).map((f) => f.uid).find((uid) => uid !== 0 && !running.has(uid)) ?? 0;
  return { changes: [{ kind: 'set-path', path: folder, uid: owner, gid: who.gid, code: { from: who.uid, but: kept } }], kept, owner };
}
