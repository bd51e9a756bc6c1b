// Programs that run on this machine itself, outside containers: started by a test, ended with it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { harden, type Told } from './program.ts';

export type Need = 'supervisord' | 'gunicorn' | 'uwsgi' | 'nginx' | 'redis-server' | 'celery' | 'flask';

/** What Python imports and nobody calls. */
const MODULES: readonly string[] = ['flask'];

const present = (command: string): boolean => MODULES.includes(command) ? existsSync(`/usr/lib/python3/dist-packages/${command}`) : spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command]).status === 0;

function lacking(needs: readonly Need[]): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'programs of the machine itself are started by root on Linux';
  const missing = needs.filter((need) => !present(need));
  return missing.length > 0 && `not installed here: ${missing.join(', ')}`;
}

/** A test with real programs of this machine: skipped by name where they are missing, and a failure in CI, which installs them. */
export function hostTest(name: string, needs: readonly Need[], body: (t: TestContext) => Promise<void>, options: { timeout?: number; long?: boolean } = {}): void {
  if (options.long && process.env.HARDEN_TUI_ALL !== '1') {
    void test(name, { skip: 'long: npm run test:all' });
    return;
  }
  void test(name, { timeout: options.timeout ?? 5 * 60_000 }, async (t) => {
    const why = lacking(needs);
    if (!why) return body(t);
    assert.notEqual(process.env.CI, 'true', `${why}, though CI installs it`);
    t.skip(`${why}: HARDEN_TUI_SETUP=1 npm test -- setup`);
  });
}

/** A port of this machine that nobody uses. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const at = server.address();
      server.close(() => resolve(typeof at === 'object' && at ? at.port : 0));
    });
  });

export interface HostProject {
  readonly root: string;
  readonly state: string;
  read(file: string): string;
  write(file: string, text: string, mode?: number): void;
  /** The built program, in the project's folder. Docker is left out: what is tested here stands without it. */
  harden(...words: readonly string[]): Promise<Told>;
  /** Starts a program in the project's folder; it and all that it started end with the test. */
  start(...argv: readonly string[]): number;
}

/** A project in a temporary folder that everybody may enter, as a service's user has to. `accounts` that a fix makes are taken away at the end. */
export function hostProject(t: TestContext, files: Readonly<Record<string, string>>, accounts: readonly string[] = []): HostProject {
  const box = mkdtempSync(path.join(tmpdir(), 'harden-tui-host-'));
  const [root, state] = [path.join(box, 'project'), path.join(box, 'state')];
  chmodSync(box, 0o755);
  mkdirSync(root);
  const started: number[] = [];
  t.after(async () => {
    const left = started.flatMap((pid) => [...family(pid)].reverse());
    for (const pid of left) end(pid, 'SIGTERM');
    for (let i = 0; i < 10 && left.some((pid) => processAt(pid)); i++) await pause(50);
    for (const pid of left) end(pid, 'SIGKILL');
    for (const pid of started) end(-pid, 'SIGKILL');
    // Nobody runs as them any more.
    for (const name of accounts) if (accountThere(name)) spawnSync('userdel', [name]);
    rmSync(box, { recursive: true, force: true });
  });
  const write = (file: string, text: string, mode = 0o644): void => {
    const at = path.join(root, file);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, text);
    chmodSync(at, mode);
  };
  for (const [file, text] of Object.entries(files)) write(file, text.replaceAll('ROOT', root));
  return {
    root, state, write,
    read: (file) => readFileSync(path.join(root, file), 'utf8'),
    harden: (...words) => harden(root, state, ...words, ...(['scan', 'fix'].includes(words[0] ?? '') ? ['--no-docker'] : [])),
    start(...argv) {
      // A session of its own: a signal to the tests is none to the servers.
      const child = spawn(argv[0]!, argv.slice(1), { cwd: root, detached: true, stdio: 'ignore', env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' } });
      child.unref();
      started.push(child.pid!);
      return child.pid!;
    },
  };
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

export interface HostProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly args: readonly string[];
}

function processAt(pid: number): HostProcess | undefined {
  try {
    const [status, args] = ['status', 'cmdline'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8'));
    const field = (name: string): number[] => (new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status!)?.[1] ?? '').split(/\s+/).filter(Boolean).map(Number);
    return args === '' ? undefined : { pid, ppid: field('PPid')[0]!, uid: field('Uid')[1]!, gid: field('Gid')[1]!, groups: field('Groups'), args: args!.split('\0').slice(0, -1) };
  } catch {
    return undefined;
  }
}

const all = (): readonly HostProcess[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => processAt(Number(name)) ?? []);

/** A process and all that came from it, parents first. */
function family(pid: number): readonly number[] {
  const every = all();
  const found = [pid];
  for (let at = 0; at < found.length; at++) found.push(...every.filter((p) => p.ppid === found[at]).map((p) => p.pid));
  return found;
}

/** Processes below one whose command line holds a word, parents first: read from the kernel, nothing of source/ has a part in it. */
export const processesBelow = (pid: number, word: string): readonly HostProcess[] =>
  family(pid).flatMap((p) => processAt(p) ?? []).filter((p) => p.args.some((a) => a.includes(word)));

/** Waits until a URL answers with 200. */
export async function untilAnswers(url: string, seconds = 30): Promise<string> {
  for (let i = 0; i < seconds * 5; i++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return answer.text();
    await pause(200);
  }
  throw new Error(`${url} did not answer within ${seconds} s`);
}

export const accountThere = (name: string): boolean => readFileSync('/etc/passwd', 'utf8').split('\n').some((line) => line.startsWith(`${name}:`));

/** Waits until a process has ended. */
export async function untilGone(pid: number, seconds = 20): Promise<void> {
  for (let i = 0; i < seconds * 10 && processAt(pid); i++) await pause(100);
}

/** Waits for a path to be there, e.g. a control socket. */
export async function untilThere(file: string, seconds = 20): Promise<void> {
  for (let i = 0; i < seconds * 5; i++) {
    if (existsSync(file)) return;
    await pause(200);
  }
  throw new Error(`${file} did not come within ${seconds} s`);
}

/** Supervisord's own part of a configuration: nothing of it lies outside the project. */
export const supervisord = (more = ''): string => `[supervisord]
nodaemon=true
logfile=ROOT/supervisord.log
pidfile=ROOT/supervisord.pid
childlogdir=ROOT

[unix_http_server]
file=ROOT/supervisor.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://ROOT/supervisor.sock
${more}`;

/** An app of a few lines that says who serves it. */
export const WSGI = `import os


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"served by {os.getuid()}\\n".encode()]
`;
