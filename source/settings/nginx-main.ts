import { named, parseNginx, walkDirectives, type Directive, type NginxFile } from '../files/nginx.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Live, Process } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { fileAt } from './file-at.ts';
import { liveOf } from './live.ts';
import { perMachine } from './once.ts';
import { nginxOf, place } from './parsed.ts';
import { programsOf, type Program } from './program.ts';
import { fileOf } from './program-files.ts';
import { baseOf, shipped } from './service-files.ts';
import { flags } from './started.ts';
import { startsAs } from './starts-as.ts';
import { declaredUser } from './user.ts';

/** The user that nginx's main configuration gives its workers. */
export interface WorkerUser {
  /** As written, the group too. */
  readonly value: string;
  readonly name: string;
  readonly at: Place;
  readonly file: SourceFile;
  /** In the file; absent for one behind `-g`. */
  readonly directive?: Directive;
}

/** One nginx that somebody starts, or a main configuration that nothing here starts. */
export interface Nginx {
  readonly service?: Service;
  readonly program?: Program;
  readonly live: Live;
  /** What holds `events` or `http`; undefined where it lies in a pulled image. */
  readonly main?: { readonly file: SourceFile; readonly nginx: NginxFile };
  readonly user?: WorkerUser;
  /** Only a master that is root can give its workers away; undefined where nobody says who starts it. */
  readonly startsAsRoot?: boolean;
}

const NOTHING: Live = { processes: [], listeners: [], sockets: [] };
const CONFIG = '/etc/nginx/nginx.conf';

/** nginx's own images, as a Dockerfile or compose names them. */
export const IS_NGINX = /^(?:docker\.io\/)?(?:library\/)?nginx(?:[:@]|$)/;

const isMain = (nginx: NginxFile): boolean => ['events', 'http', 'stream'].some((name) => named(nginx.directives, name).some((d) => d.block));

/** `-g "daemon off; user www-data;"` */
function behindG(program: Program | undefined): WorkerUser | undefined {
  for (const { value, word } of program ? flags(program.words, ['-g']) : []) {
    const directive = named(parseNginx(value).directives, 'user')[0];
    if (directive && word.at && program?.file) return { value: directive.args.map((a) => a.value).join(' '), name: directive.args[0]?.value ?? '', at: word.at, file: program.file };
  }
  return undefined;
}

function inFile(file: SourceFile, nginx: NginxFile): WorkerUser | undefined {
  const directive = named(nginx.directives, 'user').at(-1);
  return directive && { value: directive.args.map((a) => a.value).join(' '), name: directive.args[0]?.value ?? '', at: place(file, directive.span), file, directive };
}

function built(file: SourceFile | undefined, program: Program | undefined): Pick<Nginx, 'main' | 'user'> {
  const nginx = file && nginxOf(file, undefined);
  const user = behindG(program) ?? (file && nginx ? inFile(file, nginx) : undefined);
  return { ...(file && nginx ? { main: { file, nginx } } : {}), ...(user ? { user } : {}) };
}

function ofProgram(machine: Machine, program: Program): Nginx {
  const path = flags(program.words, ['-c']).at(-1)?.value ?? CONFIG;
  const root = startsAs(machine, program)?.root;
  return { service: program.service, program, live: program.live, ...built(fileOf(machine, program, path), program), ...(root === undefined ? {} : { startsAsRoot: root }) };
}

/** An image of nginx's own that starts what it was made for, with nothing running to look at. */
function ofImage(machine: Machine, service: Service): Nginx | undefined {
  const image = shipped(machine, service);
  if (!IS_NGINX.test(image ? baseOf(image) : (service.image ?? '')) || service.host) return undefined;
  const user = declaredUser(machine, service);
  return { service, live: liveOf(machine, service)[0] ?? NOTHING, ...built(fileAt(machine, service, CONFIG), undefined), startsAsRoot: user?.root ?? true };
}

/** Every nginx: those that are started here, and main configurations that lie here for one elsewhere. */
export const nginxes = perMachine((machine: Machine): readonly Nginx[] => {
  const programs = programsOf(machine).filter((p) => p.kind === 'nginx').map((p) => ofProgram(machine, p));
  const started = new Set(programsOf(machine).map((p) => p.service));
  const images = machine.services.filter((s) => !started.has(s)).flatMap((s) => ofImage(machine, s) ?? []);
  const taken = new Set([...programs, ...images].flatMap((n) => n.main?.file.path ?? []));
  const loose = [...machine.files.values()].filter((f) => /(?:^|\/)nginx[^/]*\.conf$/.test(f.path) && !f.path.startsWith('/') && !taken.has(f.path))
    .map((file) => ({ file, nginx: nginxOf(file, undefined) })).filter(({ nginx }) => isMain(nginx))
    .map(({ file }): Nginx => ({ live: NOTHING, ...built(file, undefined) }));
  return [...programs, ...images, ...loose];
});

/** nginx names its processes itself: `nginx: worker process`; its cache's helpers are the workers' user as well. */
const WORKER = /^nginx: (?:worker process|cache )/;

export const workersOf = ({ live }: Nginx): readonly Process[] => live.processes.filter((p) => WORKER.test(p.argv[0] ?? '') || WORKER.test(p.argv.join(' ')));

/** Unix sockets that it hands requests to, with the place of each. */
export function upstreamSockets({ main }: Nginx): readonly string[] {
  const found = main ? [...walkDirectives(main.nginx)].flatMap(({ directive }) => (/_pass$|^server$/.test(directive.name) ? directive.args : [])) : [];
  return [...new Set(found.flatMap((a) => /(?:^|\/\/)unix:(\/[^:;\s]+)/.exec(a.value)?.[1] ?? []))];
}

/** A service that starts an nginx itself whose own file gives its workers to root: who they are is decided there, and USER would only keep it from starting. */
export const nginxDecides = (machine: Machine, service: Service): boolean =>
  nginxes(machine).some((n) => n.service === service && (n.program?.starter ?? 'container') === 'container' && n.user !== undefined && /^(?:root|0)$/.test(n.user.name));
