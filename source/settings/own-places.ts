import { leaves } from './leaves.ts';
import { tidy } from './service-files.ts';

/** Folders of the system: an app that works right there is given its own places in them, never the folder. */
export const SYSTEM = new Set([
  '/', '/srv', '/opt', '/home', '/var', '/var/lib', '/var/log', '/var/cache', '/var/spool', '/var/run', '/run', '/etc', '/usr', '/usr/src', '/usr/local', '/root',
]);

/** `docker diff` shows these whatever the app does; none is the app's state. */
const NOISE = new RegExp([
  String.raw`^/(?:tmp|proc|sys|dev|boot|bin|sbin|lib|lib64|var/lock)(?:/|$)`,
  // What Debian's and Alpine's own folders are called: the rest below /usr and /usr/local is somebody's app.
  String.raw`^/usr/(?:local/)?(?:bin|sbin|lib|lib32|lib64|libexec|libx32|share|include|games|etc|man)(?:/|$)`,
  String.raw`^/var/(?:cache/(?:apt|debconf|dpkg|fontconfig|ldconfig|man|nginx)|lib/(?:nginx|apt|dpkg|ucf|systemd)|log/(?:nginx|apt))(?:/|$)`,
  String.raw`^(?:/var)?/run/(?:docker|lock|nginx|secrets|sudo|supervisor|systemd|user|utmp)(?:[./]|$)`,
  String.raw`__pycache__|\.pyc$|^/root/\.(?:\w+_history|lesshst|viminfo|wget-hsts)$`,
].join('|'));
/** Configuration of the distribution's own, which decides who is who and what is trusted: never an app's. */
const DISTRIBUTION = /^\/etc\/(?:[^/]+$|(?:alternatives|apk|apt|ca-certificates|cron\.[a-z]+|default|dpkg|init\.d|ld\.so\.conf\.d|logrotate\.d|pam\.d|profile\.d|rc\w\.d|security|selinux|skel|ssh|ssl|sudoers\.d|systemd|udev)\/)/;
/** Whoever installs packages when it starts finds the system's folder closed, and takes the one at home. */
const PACKAGES = /\/(?:dist|site)-packages\//;

const parent = (path: string): string => tidy(`${path}/..`);
export const under = (path: string, folder: string): boolean => path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** What a container has written, sorted by what it takes to let somebody else write it. */
export interface Own {
  /** Folders that are to be the app's. */
  readonly folders: readonly string[];
  /** Files that came with the image and were changed. */
  readonly files: readonly string[];
  /** Files that it makes right in a folder of the system, which stays the system's: an empty one is put there. */
  readonly made: readonly string[];
  /** It makes files right in /run: pid files, mostly, which are made under another name and then moved. */
  readonly run: boolean;
  /** It writes below /root, or installs packages: its HOME must come along. */
  readonly home: boolean;
}

export interface Seen {
  readonly written: readonly string[];
  readonly modified: readonly string[];
  /** Folders among them; undefined where nobody could look. */
  readonly directories?: readonly string[];
  /** Where the image's programs start. */
  readonly workdir?: string;
}

type Placed = { readonly folder: string } | { readonly made: string } | 'run' | undefined;

/** Where one path belongs. A new path right in a folder of the system is only taken where it is known to be a file, or a folder. */
function placed(path: string, { modified, directories, workdir, written }: Seen): Placed {
  const folder = parent(path);
  if (workdir !== undefined && under(path, workdir) && path !== workdir && !/__pycache__|\.pyc$/.test(path)) return { folder };
  if (NOISE.test(path)) return undefined;
  const isFolder = directories?.includes(path) ?? false;
  if (/^(?:\/var)?\/run$/.test(folder)) return isFolder ? { folder: path } : 'run';
  const came = !modified.includes(path);
  const madeHere = written.includes(folder) && !modified.includes(folder);
  if (under(path, '/etc')) {
    if (DISTRIBUTION.test(path) || !came || directories === undefined) return undefined;
    return madeHere ? { folder } : isFolder ? { folder: path } : { made: path };
  }
  if (!SYSTEM.has(folder) || folder === workdir) return { folder };
  if (!came || directories === undefined) return undefined;
  return isFolder ? { folder: path } : { made: path };
}

/** Sorts the paths that were seen written; `elsewhere` are mounts, which are not the image's. */
export function ownPlaces({ workdir, ...rest }: Seen, elsewhere: readonly string[]): Own {
  // Everything lies below `/`: who starts there has no folder of its own.
  const seen: Seen = { ...rest, ...(workdir === undefined || workdir === '/' ? {} : { workdir }) };
  const all = leaves(seen.written).filter((p) => !elsewhere.some((t) => under(t, p) || under(p, t)));
  const home = (p: string): boolean => under(p, '/root') && !(seen.workdir !== undefined && under(p, seen.workdir)) && !NOISE.test(p);
  const kept = all.filter((p) => !under(p, '/root') || !home(p));
  const places = kept.map((path) => ({ path, at: placed(path, seen) }));
  return {
    folders: places.flatMap(({ at }) => (at && at !== 'run' && 'folder' in at ? [at.folder] : [])),
    files: places.filter(({ path, at }) => seen.modified.includes(path) && !under(path, '/etc') && (at || !NOISE.test(path))).map(({ path }) => path),
    made: places.flatMap(({ at }) => (at && at !== 'run' && 'made' in at ? [at.made] : [])),
    run: places.some(({ at }) => at === 'run'),
    home: all.some(home) || all.some((p) => PACKAGES.test(p) && !/__pycache__|\.pyc$/.test(p)),
  };
}

/** The same for files that a command line or configuration names: each is one, whether it is there yet or not. */
export const namedPlaces = (files: readonly string[], workdir: string): Own =>
  ownPlaces({ written: files.map(tidy), modified: [], directories: [], workdir }, []);
