import { posix, sep } from 'node:path';
import { entries, lastEntry, type IniFile } from '../files/ini.ts';
import type { Supervisor } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Process } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import { iniOf } from './parsed.ts';
import { programOf } from './roles.ts';
import { supervisordFiles } from './supervisord.ts';

/** Where supervisord looks without `-c` (its manual, "Configuration File"). */
const UNSAID = (cwd: string): readonly string[] => [`${cwd}/../etc/supervisord.conf`, `${cwd}/../supervisord.conf`, `${cwd}/supervisord.conf`, `${cwd}/etc/supervisord.conf`, '/etc/supervisord.conf', '/etc/supervisor/supervisord.conf'];

/** The configuration that a supervisord was started with: what `-c` names, else the first that is there. */
export function supervisordPaths(p: Pick<Process, 'argv' | 'cwd'>): readonly string[] {
  const at = p.argv.findIndex((w) => w === '-c' || w === '--configuration');
  const glued = p.argv.map((w) => /^(?:--configuration=|-c(?=.))(.+)$/.exec(w)?.[1]).find((w) => w !== undefined);
  const said = glued ?? (at >= 0 ? p.argv[at + 1] : undefined);
  return said === undefined ? UNSAID(p.cwd ?? '/').map((path) => posix.normalize(path)) : [posix.resolve(p.cwd ?? '/', said)];
}

/** A supervisord of this machine, and how its programs are started again. */
export interface Control {
  readonly master: Process;
  readonly supervisor: Supervisor;
  /** The service's name as `supervisorctl` knows it: `group:name`, `name:*` where it runs several times. */
  readonly name: string;
}

const keyOf = (machine: Machine, path: string): string => (path.startsWith(machine.root + sep) ? path.slice(machine.root.length + 1) : path);

function configOf(machine: Machine, master: Process): { readonly path: string; readonly file: SourceFile } | undefined {
  for (const path of supervisordPaths(master)) {
    const file = machine.files.get(keyOf(machine, path));
    if (file) return { path, file };
  }
  return undefined;
}

/** `unix:///run/x.sock` or `http://…` of what it serves; undefined where a variable stands in the way. */
function serverUrl(ini: IniFile, config: string): string | undefined {
  const said = (section: string, key: string): string | undefined => lastEntry(ini, section, key)?.value.replaceAll('%(here)s', posix.dirname(config));
  const socket = said('unix_http_server', 'file');
  if (socket !== undefined) return socket.includes('%(') ? undefined : `unix://${posix.resolve(posix.dirname(config), socket)}`;
  const port = said('inet_http_server', 'port');
  if (port === undefined || port.includes('%(')) return undefined;
  const [, host = '', number = ''] = /^(?:(.*):)?(\d+)$/.exec(port) ?? [];
  return number === '' ? undefined : `http://${host === '' || host === '*' || host === '0.0.0.0' ? '127.0.0.1' : host}:${number}`;
}

/** What `supervisorctl` has to be told; undefined where nothing but a signal reaches this supervisord. */
function controlWords(ini: IniFile, config: string): readonly string[] | undefined {
  const url = serverUrl(ini, config);
  if (ini.sections.some((s) => s.name === 'supervisorctl')) {
    if (lastEntry(ini, 'supervisorctl', 'serverurl')) return ['-c', config];
    return url === undefined ? undefined : ['-c', config, '-s', url];
  }
  // A password would stand on the command line for everybody to read.
  const guarded = ['unix_http_server', 'inet_http_server'].some((s) => lastEntry(ini, s, 'password'));
  return url === undefined || guarded ? undefined : ['-s', url];
}

function nameOf(machine: Machine, service: Service): string {
  const name = service.host?.name ?? service.name;
  for (const file of supervisordFiles(machine)) {
    const ini = iniOf(file, 'supervisord');
    const group = ini.sections.find((s) => s.name.startsWith('group:') && entries(ini, s.name, 'programs').some((e) => e.value.split(/[\s,]+/).includes(name)));
    if (group) return `${group.name.slice('group:'.length)}:${name}`;
  }
  const own = service.host?.file === undefined ? undefined : machine.files.get(service.host.file);
  const many = own && lastEntry(iniOf(own, 'supervisord'), `program:${name}`, 'numprocs')?.value;
  return many === undefined || many === '1' ? name : `${name}:*`;
}

/** The supervisord that a running host service belongs to, or is. */
export function controlOf(machine: Machine, service: Service): Control | undefined {
  const first = machine.host.processes.find((p) => p.pid === service.pids?.[0]);
  const itself = first !== undefined && programOf(first.argv) === 'supervisord';
  const master = itself ? first : machine.host.processes.find((p) => p.pid === first?.ppid && programOf(p.argv) === 'supervisord');
  const config = master && configOf(machine, master);
  if (!master || !config) return undefined;
  const control = controlWords(iniOf(config.file, 'supervisord'), config.path);
  return { master, supervisor: { config: config.path, ...(control ? { control } : {}) }, name: itself ? service.name : nameOf(machine, service) };
}

/** Names of the sections of supervisord's files that would read differently. */
export function changedSections(before: ReadonlyMap<string, SourceFile>, after: ReadonlyMap<string, SourceFile>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [path, now] of after) {
    const then = before.get(path);
    if (!then || then.text === now.text || !/\.(?:conf|ini)$/.test(path)) continue;
    const [a, b] = [iniOf(then, 'supervisord'), iniOf(now, 'supervisord')];
    const said = (ini: IniFile, section: string): string => ini.entries.filter((e) => e.section === section).map((e) => `${e.key}=${e.value}`).join('\n');
    for (const { name } of [...a.sections, ...b.sections]) if (said(a, name) !== said(b, name)) found.add(name);
  }
  return found;
}

/** Settings of supervisord itself: read when it starts, or when it is told to read all of it again. */
export const OWN_SECTIONS = ['supervisord', 'unix_http_server', 'inet_http_server'] as const;
