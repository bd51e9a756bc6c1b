import { posix } from 'node:path';
import { copies } from '../files/dockerfile.ts';
import { insertAfter, named, walkDirectives, type Directive, type NginxFile } from '../files/nginx.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { fileAt } from './file-at.ts';
import { digitsIn, moved, type Bind } from './listen.ts';
import { IS_NGINX, nginxes, type Nginx } from './nginx-main.ts';
import { nginxOf, place } from './parsed.ts';
import { baseOf, shipped } from './service-files.ts';
import { composeMounts } from './volumes.ts';

/** A `listen` of nginx, with the server that it stands in. */
export interface NginxBind extends Bind {
  readonly nginx: NginxFile;
  readonly server: Directive;
  readonly listen: Directive;
}

const HOME = '/etc/nginx';
/** Where the packages' own main configuration takes servers from. */
const USUAL = [`${HOME}/conf.d/*.conf`, `${HOME}/sites-enabled/*`];

const fits = (pattern: string, path: string): boolean => posix.dirname(pattern) === posix.dirname(path) && new RegExp(`^${posix.basename(pattern).replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(posix.basename(path));

const takesIn = ({ main }: Nginx): readonly string[] =>
  (main ? [...walkDirectives(main.nginx)].flatMap(({ directive: d }) => (d.name === 'include' ? d.args.map((a) => a.value) : [])) : USUAL).map((p) => posix.resolve(HOME, p));

/** Paths in the container that the Dockerfile's COPY lines and compose's mounts name. */
function brought(machine: Machine, service: Service): readonly string[] {
  const image = shipped(machine, service);
  return [...(image ? copies(image.stage, image.df).map((c) => c.dest.value) : []), ...composeMounts(machine, service).map((m) => m.target)];
}

/** The files of the project that an nginx reads in its container: its main configuration, and what that takes in. */
function filesOf(machine: Machine, nginx: Nginx, service: Service): readonly SourceFile[] {
  const names = [...machine.files.keys()].map((p) => posix.basename(p));
  const found = takesIn(nginx).flatMap((pattern) => {
    if (!pattern.includes('*')) return fileAt(machine, service, pattern) ?? [];
    const paths = new Set([...names.map((n) => posix.join(posix.dirname(pattern), n)), ...brought(machine, service)].filter((path) => fits(pattern, path)));
    return [...paths].flatMap((path) => fileAt(machine, service, path) ?? []);
  });
  return [...new Map([...(nginx.main ? [nginx.main.file] : []), ...found].map((f) => [f.path, f])).values()];
}

/** `80`, `0.0.0.0:80`, `[::]:80`, `*:80`; an address alone is port 80. */
function address(value: string): { readonly address: string; readonly port: number } | undefined {
  if (value.startsWith('unix:') || value.includes('$')) return undefined;
  if (/^\d+$/.test(value)) return { address: '', port: Number(value) };
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(value) ?? [];
  return host === '' ? undefined : { address: host === '*' ? '' : host, port: port === undefined ? 80 : Number(port) };
}

function inFile(file: SourceFile): readonly NginxBind[] {
  const nginx = nginxOf(file, undefined);
  return [...walkDirectives(nginx)].flatMap(({ directive: server, within }) => {
    if (server.name !== 'server' || !server.block || within.some((d) => d.name === 'stream')) return [];
    return named(server.block.directives, 'listen').flatMap((listen): readonly NginxBind[] => {
      const told = address(listen.args[0]?.value ?? '');
      if (!told) return [];
      const digits = digitsIn(file, place(file, listen.argsSpan), told.port);
      return [{ ...told, file, at: place(file, listen.span), program: 'nginx', ...(digits ? { digits } : {}), nginx, server, listen }];
    });
  });
}

/** What the project's own configuration tells the nginx of a container to listen on. */
export const nginxBinds = (machine: Machine, service: Service): readonly NginxBind[] =>
  service.host ? [] : nginxes(machine).filter((n) => n.service === service).flatMap((n) => filesOf(machine, n, service).flatMap(inFile));

/** The server that comes with the package or image listens on 80 as well, unless it was taken out or written over. */
function ownSite(machine: Machine, nginx: Nginx, service: Service): string | undefined {
  const image = shipped(machine, service);
  const site = IS_NGINX.test(image ? baseOf(image) : (service.image ?? '')) ? `${HOME}/conf.d/default.conf` : `${HOME}/sites-enabled/default`;
  if (!takesIn(nginx).some((pattern) => fits(pattern, site))) return undefined;
  const spoken = image?.df.instructions.some((i) => i.keyword === 'RUN' && /(?:sites-(?:enabled|available)|conf\.d)/.test(i.args)) ?? false;
  const over = brought(machine, service).some((p) => [site, posix.dirname(site), site.replace('enabled', 'available')].includes(p.replace(/(?<=.)\/$/, '')));
  return spoken || over ? undefined : site;
}

/** Every `listen` of that port moved to another. Redirects of nginx's own name the port that it listens on: they go on naming none. */
export function moveNginx(machine: Machine, service: Service, from: number, to: number): readonly EditFile[] | Refusal {
  const all = nginxBinds(machine, service);
  const mine = all.filter((b) => b.port === from);
  const other = all.find((b) => b.port < 1024 && b.port !== from);
  if (other) return refuse(text(`nginx listens on ${other.port} as well (${other.file.path}:${other.at.line}): give its workers another user instead`, `nginx 还监听 ${other.port}（${other.file.path}:${other.at.line}）：请改为让它的工作进程使用别的用户`));
  const site = from === 80 ? nginxes(machine).filter((n) => n.service === service).map((n) => ownSite(machine, n, service)).find((s) => s !== undefined) : undefined;
  if (site !== undefined) return refuse(text(`${site} of the image listens on 80 as well: take it out of the image first`, `镜像自带的 ${site} 也监听 80：请先从镜像里去掉它`));
  const naming = mine.find((b) => b.file.text.replace(/#.*$/gm, '').includes('$server_port'));
  if (naming) return refuse(text(`${naming.file.path} hands on $server_port, which would be ${to} then`, `${naming.file.path} 会传出 $server_port，那时它就成了 ${to}`));
  const edits = mine.map((b): EditFile | Refusal => {
    const digits = moved(b, to);
    if (!digits) return refuse(text(`${b.file.path}:${b.at.line} names no port to move`, `${b.file.path}:${b.at.line} 没有写端口，没法改`));
    const last = mine.filter((o) => o.file === b.file && o.server === b.server).at(-1) === b;
    const said = b.file.text.includes('port_in_redirect') || b.file.text.includes('absolute_redirect');
    return editOf(b.file, [digits, ...(last && !said ? [insertAfter(b.nginx, b.listen, 'port_in_redirect off;')] : [])]);
  });
  const stuck = edits.find(isRefusal);
  return stuck ?? edits.flatMap((e) => (isRefusal(e) ? [] : e));
}

/** Why no `listen` was found, where nginx is what the service runs. */
export const nginxElsewhere = (machine: Machine, service: Service, port: number): Refusal | undefined =>
  (nginxes(machine).some((n) => n.service === service)
    ? refuse(text(`nginx is told to listen on ${port} by configuration that lies in the image, not in this project`, `让 nginx 监听 ${port} 的配置在镜像里，不在本项目中`))
    : undefined);
