import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import { copyScenario, type Scenario } from '../../source/demo/index.ts';
import { realSystem } from '../../source/system/real/index.ts';
import { docker, unique } from './engine.ts';
import { inspect } from './inspected.ts';
import { harden, must, ran, type Told } from './program.ts';
import { processesOf, type Seen } from './processes.ts';
import { answersAsBefore, get, post, untilItAnswers, type Got } from './requests.ts';

export interface Project {
  /** The folder of the compose file; its name is the compose project's. */
  readonly root: string;
  readonly name: string;
  /** A folder around it for whatever the test makes beside it. */
  readonly box: string;
  readonly state: string;
  readonly scenario: Scenario;
  port(service: string): number;
  /** Where the first GET of the scenario answers. */
  readonly url: string;
  compose(...words: string[]): Promise<string>;
  /** Runs a command in a service's container; the code is the test's to judge. */
  exec(service: string, words: readonly string[], options?: { input?: string; user?: string }): Promise<Told>;
  /** The whole inspect of a service's only container. */
  container(service: string): Record<string, any>;
  containers(): readonly string[];
  processes(service: string): readonly Seen[];
  logs(service: string): Promise<string>;
  get(url?: string): Promise<Got>;
  post(url: string, body: string, type?: string): Promise<Got>;
  answersAsBefore(): Promise<void>;
  /** Tags of images that its runs keep for their undo now. What was in a container's own layer is kept for good. */
  keptImages(): Promise<readonly string[]>;
  harden(...words: string[]): Promise<Told>;
}

export interface ScenarioOptions {
  /** Makes the copy another one before it is built: breaks it on purpose, makes a repository of it. */
  readonly before?: (copy: { root: string; box: string; scenario: Scenario }) => Promise<void> | void;
  /** False: copied, not started. */
  readonly start?: boolean;
  /** Its own name and its own ports, open to the network: one such test at a time, and none of a user's shop beside it. */
  readonly asWritten?: boolean;
}

const lines = (text: string): string[] => text.split('\n').filter(Boolean);

/** Tags of the images that runs on it keep; the label is the one that its Dockerfiles got (below). */
const kept = async (name: string): Promise<readonly string[]> =>
  lines((await ran(['docker', 'images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', 'reference=harden-tui/keep', '--filter', `label=test=${name}`])).stdout).filter((tag) => !tag.endsWith(':<none>'));

/** All that the project made on the engine, by its label, whatever state it is in. Errors are left for the next step. */
async function clear(name: string, root: string): Promise<void> {
  const label = `label=com.docker.compose.project=${name}`;
  await ran(['docker', 'compose', '-p', name, 'down', '-v', '--rmi', 'local', '--remove-orphans', '-t', '1'], { cwd: root });
  const remove = async (list: string[], words: string[]): Promise<void> => {
    const found = [...new Set(lines((await ran(['docker', ...list])).stdout))];
    if (found.length > 0) await ran(['docker', ...words, ...found]);
  };
  await remove(['ps', '-aq', '--filter', label], ['rm', '-fv']);
  // A helper of a wizard that was killed has no project any more, and would hold its volume for the next test.
  for (const volume of lines((await ran(['docker', 'volume', 'ls', '-q', '--filter', label])).stdout)) await remove(['ps', '-aq', '--filter', `volume=${volume}`], ['rm', '-fv']);
  for (const tag of await kept(name)) await ran(['docker', 'rmi', tag]);
  for (const mark of [label, `label=test=${name}`]) await remove(['images', '-q', '--filter', mark], ['rmi', '-f']);
  await remove(['volume', 'ls', '-q', '--filter', label], ['volume', 'rm', '-f']);
  await remove(['network', 'ls', '-q', '--filter', label], ['network', 'rm']);
}

function project(root: string, box: string, scenario: Scenario): Project {
  const name = path.basename(root);
  const state = path.join(box, 'state');
  const compose = (...words: string[]): Promise<string> => must(['docker', 'compose', ...words], { cwd: root });
  const ids = (...filter: string[]): string[] => lines(docker('ps', '-aq', '--no-trunc', '--filter', `label=com.docker.compose.project=${name}`, ...filter));
  const idOf = (service: string): string => {
    const found = ids('--filter', `label=com.docker.compose.service=${service}`);
    if (found.length !== 1) throw new Error(`${service} has ${found.length} containers`);
    return found[0]!;
  };
  return {
    root, name, box, state, scenario, compose,
    port: (service) => scenario.ports[service]!,
    url: scenario.answers.find((a) => a.get)?.get ?? '',
    exec: (service, words, { input, user } = {}) => ran(['docker', 'exec', '-i', ...(user ? ['-u', user] : []), idOf(service), ...words], { input: input ?? '' }),
    container: (service) => inspect(idOf(service)),
    containers: () => ids().sort(),
    processes: (service) => processesOf(idOf(service)),
    logs: async (service) => {
      const { stdout, stderr } = await ran(['docker', 'logs', idOf(service)]);
      return stdout + stderr;
    },
    get: (url) => get(url ?? scenario.answers.find((a) => a.get)?.get ?? ''),
    post,
    answersAsBefore: () => answersAsBefore(scenario.answers),
    keptImages: async () => (await kept(name)).filter((tag) => !/-layer(-\d+)?$/.test(tag)),
    harden: (...words) => harden(root, state, ...words),
  };
}

/**
 * A label of its own at the end of every Dockerfile. Others on this engine build the same files, and an image that follows
 * a Dockerfile of ours step by step may be taken for ours: a `fix --yes` of this test must never reach their containers.
 */
function makeItsOwn(folder: string, name: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) makeItsOwn(at, name);
    else if (entry.name === 'Dockerfile') appendFileSync(at, `LABEL test=${name}\n`);
  }
}

/** Its name and its ports are nobody else's while it runs: the next one waits, and a holder that died holds nothing. */
async function alone(name: string): Promise<() => void> {
  const lock = path.join(tmpdir(), `harden-tui-as-written-${name}`);
  const isThere = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  for (let i = 0; i < 3600; i++) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch {
      const holder = Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0);
      if (holder > 0 && !isThere(holder)) rmSync(lock, { force: true });
      else await pause(1000);
    }
  }
  throw new Error(`${lock} was held for an hour`);
}

/** A scenario that runs, on free ports of 127.0.0.1, under a project name that nobody else has; gone afterwards in any case. */
export async function withScenario(_t: TestContext, name: string, options: ScenarioOptions, body: (project: Project) => Promise<void> | void): Promise<void> {
  const release = options.asWritten ? await alone(name) : undefined;
  const box = realpathSync(mkdtempSync(path.join(tmpdir(), 'ht-')));
  mkdirSync(path.join(box, 'state'), { mode: 0o700 });
  const folder = options.asWritten ? name : unique(name);
  // Not the ports as written, unless that is what is shown: other tests on this machine want the same ones.
  const { root, scenario } = await copyScenario(realSystem, name, path.join(box, 'work'), { ports: options.asWritten ? 'as written' : 'loopback', folder, mayUse: () => false });
  try {
    makeItsOwn(root, folder);
    await options.before?.({ root, box, scenario });
    const it = project(root, box, scenario);
    if (options.start !== false) {
      await it.compose('up', '-d', '--build');
      await untilItAnswers(scenario.answers);
      for (const { service, command } of scenario.seed) await it.compose('exec', '-T', service, ...command);
    }
    await body(it);
  } finally {
    await clear(folder, root);
    rmSync(box, { recursive: true, force: true });
    release?.();
  }
}
