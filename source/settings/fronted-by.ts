import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { replaceArgs, type Directive } from '../files/nginx.ts';
import { written } from './compose-services.ts';
import { editOf } from './edit.ts';
import { nginxOf } from './parsed.ts';
import { programsOf, type Program } from './program.ts';
import { proxyOf } from './reach-kind.ts';

/** Where a directive of nginx hands requests on to. */
export interface HandsOn {
  readonly file: SourceFile;
  readonly directive: Directive;
}

const NAMES = /^(?:proxy_pass|uwsgi_pass|grpc_pass|fastcgi_pass|server)$/;
const every = (directives: readonly Directive[]): readonly Directive[] => directives.flatMap((d) => [d, ...every(d.block?.directives ?? [])]);

const isNginx = (f: SourceFile): boolean => (/\.(?:conf|template)$/.test(f.path) || /sites-(?:available|enabled)\//.test(f.path)) && /_pass\b|\bserver\b/.test(f.text);

/** Directives of some of the configuration that hand on to a port of the same machine, or of the same container. */
const localTo = (machine: Machine, port: number, mine: (f: SourceFile) => boolean): readonly HandsOn[] => {
  const local = new RegExp(`(?:^|//)(?:127\\.0\\.0\\.1|localhost|\\[::1\\]|0\\.0\\.0\\.0):${port}(?!\\d)`);
  return [...machine.files.values()].filter((f) => isNginx(f) && mine(f)).flatMap((file) =>
    every(nginxOf(file, undefined).directives).filter((d) => NAMES.test(d.name) && !d.block && local.test(d.args[0]?.value ?? '')).map((directive) => ({ file, directive })));
};

/** `proxy_pass http://127.0.0.1:8000;`, `uwsgi_pass 127.0.0.1:3031;` and `server 127.0.0.1:8000;` of an upstream. */
export function handsOnTo(machine: Machine, program: Program, port: number): readonly HandsOn[] {
  const { service } = program;
  if (service.host) return localTo(machine, port, () => true);
  // A container reaches its own loopback alone: the nginx has to run in it, with configuration that comes with it.
  const context = service.build?.context;
  if (context === undefined || !programsOf(machine).some((p) => p.service.name === service.name && p.kind === 'nginx')) return [];
  return localTo(machine, port, (f) => !f.path.startsWith('/') && (context === '' || f.path.startsWith(`${context}/`)));
}

/** An nginx of the machine that hands on to a port which a container publishes on it. */
export const frontsPublished = (machine: Machine, outside: number): boolean => localTo(machine, outside, () => true).length > 0;

/** Addresses that the proxy in front of a program comes from, where they are the same at every start; `who` is what fronts it. */
export function proxyAddresses(machine: Machine, program: Program, port: number | undefined): { readonly who?: string; readonly addresses: readonly string[] } {
  if (port !== undefined && handsOnTo(machine, program, port).length > 0) return { who: 'nginx', addresses: ['127.0.0.1'] };
  const proxy = program.service.host ? undefined : proxyOf(machine, program.service);
  if (!proxy) return { addresses: [] };
  const fixed = proxy.compose ? written(machine.files, proxy.compose).flatMap((w) => w.service.networks.flatMap((n) => n.ipv4 ?? [])) : [];
  return { who: proxy.name, addresses: fixed.filter((a) => !a.includes('$')) };
}

/** The same directive with a unix socket in the place of the port: `http://unix:/run/app.sock:/path`. */
export function handOnTo({ file, directive }: HandsOn, path: string): EditFile {
  const [first] = directive.args;
  const old = first?.value ?? '';
  const [, scheme = ''] = /^(\w+:\/\/)/.exec(old) ?? [];
  const rest = old.slice(scheme.length).replace(/^[^/]+/, '');
  const target = directive.name === 'server' ? `unix:${path}` : `${scheme}unix:${path}${rest === '' ? '' : `:${rest}`}`;
  return editOf(file, first ? [{ start: first.start, end: first.end, text: target }] : [replaceArgs(directive, target)]);
}
