import { basename, dirname, join } from 'node:path';
import type { RestartHost } from '../model/change.ts';
import type { Process } from '../model/process.ts';
import { text } from '../model/text.ts';
import { readProcess } from '../inspect/proc-text.ts';
import { programOf } from '../settings/roles.ts';
import { supervisordPaths } from '../settings/supervisord-control.ts';
import type { Ran, System } from '../system/system.ts';
import { StepFailed } from './deed.ts';

type Owned = Pick<RestartHost, 'by' | 'name' | 'supervisor' | 'logs'>;

/** `supervisorctl -c FILE …`; from `/`, because without `-c` it would take up a configuration that lies in our folder. */
export const supervisorctl = ({ supervisor }: Owned, ...words: readonly string[]): readonly string[] => ['supervisorctl', ...(supervisor?.control ?? []), ...words];

const TIMEOUT_MS = 120_000;
/** supervisord waits ten seconds for each program that does not stop, where its section says nothing else. */
const RELOAD_MS = 30_000;

export const run = (system: System, argv: readonly string[]): Promise<Ran> => system.shell.run(argv, { cwd: '/', timeoutMs: TIMEOUT_MS });

const said = ({ stdout, stderr }: Ran): readonly string[] => `${stdout}\n${stderr}`.split('\n').filter((l) => l.trim()).slice(-20);

/** The name of the group that a program stands in: what `update` takes. */
export const groupOf = (name: string): string => name.split(':')[0] ?? name;

/** More of a log than this explains nothing. */
const LOG_BYTES = 32_768;

/** The newest of the files that supervisord named itself; a path without `*` is itself. */
async function newest(system: System, path: string): Promise<string | undefined> {
  if (!path.endsWith('*')) return path;
  const folder = dirname(path);
  const start = basename(path).slice(0, -1);
  const names = (await system.files.list(folder).catch(() => [])).filter((e) => e.kind === 'file' && e.name.startsWith(start)).map((e) => join(folder, e.name));
  const dated = await Promise.all(names.map(async (at) => ({ at, when: (await system.files.stat(at).catch(() => undefined))?.written?.getTime() ?? 0 })));
  return dated.sort((x, y) => y.when - x.when)[0]?.at;
}

/** The end of a log file of the machine; a pipe or device that stands in its place is not opened. */
async function endOf(system: System, path: string): Promise<string> {
  const at = await newest(system, path);
  const stat = at === undefined ? undefined : await system.files.stat(at).catch(() => undefined);
  if (at === undefined || stat?.kind !== 'file') return '';
  const { code, stdout } = await system.shell.ask(['tail', '-c', String(LOG_BYTES), '--', at], { cwd: '/' });
  return code === 0 ? stdout : '';
}

async function supervised(system: System, owned: Owned, program: string, lines: number): Promise<string> {
  const bytes = `-${lines * 100}`;
  const [stderr, stdout] = await Promise.all(['stderr', 'stdout'].map((which) => system.shell.ask(supervisorctl(owned, 'tail', bytes, program, which), { cwd: '/' })));
  // With redirect_stderr there is one log only, and the other one is an error of supervisorctl's.
  return [stdout, stderr].map((r) => (r?.code === 0 && !/: ERROR \(/.test(r.stdout) ? r.stdout : '')).join('\n');
}

/** What the owner, and its own files, have kept of the last words of a service; of all of them where none is named. */
export async function hostLog(system: System, owned: Owned, lines: number, service?: string): Promise<string> {
  const logs = (owned.logs ?? []).filter((l) => service === undefined || l.service === service);
  const read = (files: readonly string[]): Promise<readonly string[]> => Promise.all(files.map((f) => endOf(system, f)));
  const own = await read(logs.flatMap((l) => l.own));
  if (owned.by === 'systemd') {
    const journal = (await system.shell.ask(['journalctl', '-u', owned.name, '-n', String(lines), '--no-pager', '-o', 'cat'])).stdout;
    return [journal, ...own].join('\n');
  }
  const names = logs.flatMap((l) => l.program ?? []);
  const asked = owned.supervisor?.control ? await Promise.all((names.length > 0 ? names : [owned.name]).map((n) => supervised(system, owned, n, lines))) : [];
  const kept = asked.some((said) => said.trim() !== '') ? asked : await read(logs.flatMap((l) => l.kept));
  return [...kept, ...own].join('\n');
}

/** Its owner has given up on it: waiting does not help. */
export async function givenUp(system: System, owned: Owned): Promise<boolean> {
  if (owned.by === 'systemd') return (await system.shell.ask(['systemctl', 'is-failed', owned.name])).stdout.trim() === 'failed';
  if (!owned.supervisor?.control) return false;
  return /\bFATAL\b/.test((await system.shell.ask(supervisorctl(owned, 'status', owned.name), { cwd: '/' })).stdout);
}

/** The supervisord that runs from this configuration. */
export const supervisordIn = (all: readonly Process[], { supervisor }: Owned): Process | undefined =>
  all.find((p) => programOf(p.argv) === 'supervisord' && supervisordPaths(p).includes(supervisor?.config ?? ''));

async function supervisordOf(system: System, change: RestartHost): Promise<{ readonly pid: number; readonly children: readonly number[] }> {
  const config = change.supervisor?.config ?? '';
  const all = (await system.processes.list()).map(readProcess);
  const pid = supervisordIn(all, change)?.pid;
  if (pid === undefined) throw new StepFailed(text(`No supervisord runs from ${config}.`, `没有使用 ${config} 的 supervisord 在运行。`));
  return { pid, children: all.filter((p) => p.ppid === pid).map((p) => p.pid) };
}

export const childrenOf = async (system: System, change: RestartHost): Promise<readonly number[]> => (await supervisordOf(system, change)).children;

/** SIGHUP lets supervisord stop everything, read all of its configuration, and start everything: the same pid (measured). */
export async function reload(system: System, change: RestartHost): Promise<void> {
  const { pid } = await supervisordOf(system, change);
  await mustDo(system, ['kill', '-HUP', String(pid)], change);
}

/** The signal returns at once: the old ones are stopped one after the other, then the new ones are started. */
export async function reloaded(system: System, change: RestartHost, before: readonly number[]): Promise<void> {
  for (let waited = 0; waited < RELOAD_MS; waited += 250) {
    const { children } = await supervisordOf(system, change);
    if (!children.some((p) => before.includes(p)) && (children.length > 0 || before.length === 0)) return;
    await system.pause(250);
  }
}

export async function mustDo(system: System, argv: readonly string[], change: RestartHost): Promise<void> {
  const ran = await run(system, argv);
  // supervisorctl says some errors on stdout and ends with 0.
  if (ran.code === 0 && !/: ERROR \((?!not running)/.test(ran.stdout)) return;
  const log = await hostLog(system, change, 20).catch(() => '');
  throw new StepFailed(text(`${change.name} could not be started again.`, `${change.name} 无法重新启动。`), [...said(ran), ...log.split('\n').filter(Boolean).slice(-15)]);
}
