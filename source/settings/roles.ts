import type { Live, Process } from '../model/process.ts';

/** Programs whose first process may stay root because its children step down (DECISIONS.md, "Who is root"). */
const MASTERS = ['supervisord', 'gunicorn', 'uwsgi', 'nginx', 'tini', 'docker-init', 's6-svscan', 's6-supervise', 'dumb-init'];
/** What only starts others, and waits. A shell that does the work itself runs alone. */
const STARTERS = /^(?:supervisord|tini|dumb-init|docker-init|s6-\w+|runsv\w*|init|systemd|sh|bash|dash|ash)$/;
/** They read what others write, and have a user for that; what they do write shows in their own layer. */
export const FRONTS = /^(?:nginx|haproxy|traefik|caddy|envoy|httpd|apache2|apache2ctl|apachectl)$/;
/** Servers that keep data of their own: they share neither files nor a user with the app. */
export const STORES = /^(?:redis-server|redis-sentinel|valkey-server|memcached|mongod|beanstalkd|nats-server|etcd|minio|clickhouse-server|elasticsearch)$/;
const INTERPRETERS = /^(python[\d.]*|perl|ruby|node|sh|bash|dash|env)$/;

const base = (path: string): string => path.split('/').at(-1) ?? '';

/**
 * What a process is, by its command line: `gunicorn`, `celery`, `uwsgi`, `nginx`, `redis-server`, else the program's
 * own name. An interpreter stands for its script (`python3 /usr/bin/gunicorn …`), also behind `-m`.
 */
export function programOf(argv: readonly string[]): string {
  const title = argv.length === 1 ? (argv[0] ?? '') : '';
  // Programs that write their own title: "nginx: worker process", "gunicorn: master [app]", "celeryd: …".
  const titled = /^\[?([a-z][\w.-]*):/.exec(argv[0] ?? '')?.[1] ?? /^([a-z][\w.-]*): /.exec(title)?.[1];
  if (titled) return titled.replace(/^celeryd$/, 'celery');
  // "redis-server 127.0.0.1:6379", "uWSGI worker 1": a title too, of several words in one.
  const words = (title.includes(' ') ? [title.split(' ')[0] ?? ''] : argv).map(base);
  let at = 0;
  while (at < words.length && INTERPRETERS.test(words[at] ?? '')) {
    const next = words.slice(at + 1).findIndex((w) => !w.startsWith('-'));
    if (next < 0) break;
    const flags = argv.slice(at + 1, at + 1 + next);
    if (flags.includes('-c')) break;
    at = at + 1 + next;
  }
  const name = (words[at] ?? '').replace(/-core$/, '');
  return /^uwsgi/i.test(name) ? 'uwsgi' : /^celery/.test(name) ? 'celery' : name;
}

export const startsOthers = (argv: readonly string[]): boolean => STARTERS.test(programOf(argv));

export interface Roles {
  /** Root processes that count: they run application code, or are PID 1 without a known role of stepping down. */
  readonly root: readonly Process[];
  /** Root masters that are so by design, all of whose descendants are someone else. */
  readonly byDesign: readonly Process[];
  readonly others: readonly Process[];
}

const isRoot = (p: Process): boolean => p.uid.effective === 0 || p.uid.real === 0;

/** Tells root masters by design apart from the rest. Pids are compared as the source gave them. */
export function rolesIn(live: Live): Roles {
  const all = live.processes;
  const children = (p: Process): Process[] => all.filter((c) => c.ppid === p.pid);
  const below = (p: Process): Process[] => children(p).flatMap((c) => [c, ...below(c)]);
  const designed = (p: Process): boolean => {
    if (!MASTERS.includes(programOf(p.argv))) return false;
    const under = below(p);
    return under.length > 0 && under.every((c) => !isRoot(c) || designed(c));
  };
  const root = all.filter(isRoot);
  const byDesign = root.filter(designed);
  return { root: root.filter((p) => !byDesign.includes(p)), byDesign, others: all.filter((p) => !isRoot(p)) };
}

/** The program that a container, or a service of the machine, is for: that of its first process that is no init or shell. */
export function mainProgram(live: Live): string {
  const names = live.processes.map((p) => programOf(p.argv));
  return names.find((n) => !['tini', 'docker-init', 'dumb-init', 'sh', 'bash', 'dash', ''].includes(n)) ?? names[0] ?? '';
}

/** True when supervisord runs the container: it is then fixed program by program, never with USER. */
export const supervised = (live: Live): boolean => live.processes.some((p) => programOf(p.argv) === 'supervisord');
