import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import { iniOf } from './parsed.ts';
import type { Program } from './program.ts';
import { supervisordFiles } from './supervisord.ts';

/** Folders whose files are run or believed by whoever works in the project, and that are never read here. */
const NEVER_READ = /\/(?:\.git|\.hg|\.svn|node_modules|\.?venv|env|\.tox|site-packages|dist-packages|__pycache__)(?:\/|$)/;
/** What a word of a command line names and a program writes; any other path is one that it loads. */
const WRITTEN = /\.(?:log|pid|sock|socket|rdb|aof)$/;
/** Settings of supervisord that name what it makes and opens itself, as root. */
const OPENED = /^(?:logfile|pidfile|file|childlogdir|stdout_logfile|stderr_logfile)$/;

const within = (folder: string, path: string): boolean => folder === '/' || path === folder || path.startsWith(`${folder}/`);
const whole = (path: string): string => posix.normalize(path).replace(/(?<=.)\/$/, '');

/** The paths of the machine that every supervisord writes or listens on. */
const opened = (machine: Machine): readonly string[] => supervisordFiles(machine).flatMap((file) => {
  const here = posix.dirname(file.path.startsWith('/') ? file.path : posix.join(machine.root, file.path));
  return iniOf(file, 'supervisord').entries.filter((e) => OPENED.test(e.key)).map((e) => e.value.trim().replaceAll('%(here)s', here)).filter((p) => p.startsWith('/') && !p.startsWith('/dev/')).map(whole);
});

/**
 * Why a folder of the machine may not be handed to an app: it holds the code, the configuration or the repository
 * ('code'), or what supervisord opens as root ('supervisord'). Who owns a folder can put another file in the place of
 * each one in it, so giving it away would give away root. `own` are the app's own files there.
 */
export function heldBy(machine: Machine, program: Program, given: string, own: readonly string[] = []): 'code' | 'supervisord' | undefined {
  const folder = whole(given);
  if (NEVER_READ.test(folder)) return 'code';
  const mine = new Set(own);
  const files = [...machine.files.keys()].map((key) => (key.startsWith('/') ? key : posix.join(machine.root, key)));
  const words = program.words.map((w) => w.value).filter((w) => w.startsWith('/') && !WRITTEN.test(w)).map(whole).filter((w) => w !== folder);
  const held = [machine.root, ...(program.cwd ? [whole(program.cwd)] : []), ...files, ...words];
  if (held.some((path) => within(folder, path) && !mine.has(path))) return 'code';
  return opened(machine).some((path) => within(folder, path) && !mine.has(path)) ? 'supervisord' : undefined;
}
