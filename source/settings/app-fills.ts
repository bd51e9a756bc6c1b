import { posix, sep } from 'node:path';
import type { Mount } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { text, type Text } from '../model/text.ts';
import { chowned } from './given-away.ts';
import { SYSTEM } from './own-places.ts';
import { tidy, workdirOf, type Shipped } from './service-files.ts';

/** What people call a folder for no other reason. `data`, `media` and `files` are read as often as they are written. */
const NAMES = /^(?:uploads?|uploaded|logs?|sessions?|spool|outbox|exports?|backups?|attachments|avatars)$/i;

/** A line that opens, makes or names something to write. */
const WRITES = [
  /\.open\(\s{0,9}["'][rbt+]{0,3}[wax]/,
  /\.(?:save|touch|mkdir|write_text|write_bytes)\(/,
  /\b(?:makedirs|mkdir|mkdtemp|mkstemp|NamedTemporaryFile|FileHandler)\(/,
  /\bsqlite3?(?:\.connect\(|:\/\/)/,
  /\b(?:UPLOAD\w{0,30}|MEDIA_ROOT|LOG_?(?:DIR|FILE|PATH)\w{0,20}|(?:CACHE|EXPORT|STORAGE|BACKUP)_?(?:DIR|FOLDER|PATH|ROOT))["'\]]{0,3}\s{0,9}[=:]/,
];
/** What stands in a call before and after a word of it: calls in it are passed over, and it may stand in one itself. */
const BEFORE = '(?:[^()]|\\([^()]*\\)|\\()*?';
const AFTER = '(?:[^()]|\\([^()]*\\)|\\))*?';
const LONGEST_LINE = 500;
const LONGEST = 262_144;

/** A line of the app's code that writes below the folder, named as the container has it or from where the app works. */
function inCode(machine: Machine, service: Service, image: Shipped, target: string): string | undefined {
  const context = service.build?.context ?? '';
  const within = posix.relative(workdirOf(image), target);
  const names = [target, ...(within === '' || within.startsWith('..') ? [] : [within])].map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const name = `["'/](?:\\./)?(?:${names.join('|')})(?=["'/])`;
  const named = new RegExp(name);
  // Both in one call: what a line reads here and writes there is read here.
  const opened = new RegExp(`\\bopen\\(${BEFORE}${name}${AFTER},\\s{0,9}(?:mode\\s{0,9}=\\s{0,9})?["'][rbt+]{0,3}[wax]`);
  for (const file of machine.files.values()) {
    if (!file.path.endsWith('.py') || file.text.length > LONGEST || (context !== '' && context !== '.' && !file.path.startsWith(`${context}/`))) continue;
    const line = file.text.split('\n').findIndex((l) => l.length <= LONGEST_LINE && !/^\s*#/.test(l) && named.test(l) && (opened.test(l) || WRITES.some((w) => w.test(l))));
    if (line >= 0) return `${file.path}:${line + 1}`;
  }
  return undefined;
}

/** Not one of the project's own files is root's: what is, was made by Docker or from inside a container. */
const rootIsNobodyHere = (machine: Machine): boolean => {
  const own = [...machine.files.values()].filter((f) => !f.path.startsWith('/'));
  return own.length > 0 && own.every((f) => f.uid !== 0);
};

/**
 * Why a mounted folder is one that the app fills; undefined where it may only read it.
 *
 * A folder of root's that a container mounts for writing is the rule, not a fault: code, configuration and pages are mounted so,
 * and the app reads them. It counts as filled by the app where one of these is known, the surest first: the image gives the
 * folder to its user (a RUN chown); a line of the code opens, makes or names something to write in it; its name says nothing
 * else (`uploads`, `logs`); or it is root's in a project in which nothing else is, so that Docker or the container itself made it.
 * Inside the project also all that lies in it must be data: a folder with code, configuration or keys is nobody's to hand over. Of a
 * folder outside nobody sees that, so there only the first two count, and none that is the system's own (`/var/log`).
 */
export function filledBy(machine: Machine, service: Service, image: Shipped, mount: Mount): Text | undefined {
  const inside = (mount.source + sep).startsWith(machine.root + sep);
  if (mount.type !== 'bind' || mount.readOnly || (inside ? !mount.data : SYSTEM.has(tidy(mount.source)))) return undefined;
  if (chowned(image, mount.target)) return text(`the image gives ${mount.target} to its user`, `镜像把 ${mount.target} 交给了它的用户`);
  const at = inCode(machine, service, image, mount.target);
  if (at) return text(`${at} writes there`, `${at} 会写那里`);
  const name = posix.basename(mount.target);
  if (inside && NAMES.test(name)) return text(`it is called ${name}`, `它叫 ${name}`);
  return inside && rootIsNobodyHere(machine) ? text("nothing else in this project is root's: Docker or the container made it", '项目里没有别的东西归 root：它是 Docker 或容器建的') : undefined;
}
