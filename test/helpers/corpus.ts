// One small service of the corpus: copied, started on the real engine, fixed, held against what it did before, undone, and gone.
import { appendFileSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, onLoopback } from '../../source/demo/ports.ts';
import { realSystem } from '../../source/system/real/index.ts';
import { root } from '../listing.ts';
import { docker, unique } from './engine.ts';
import { harden, must, ran, type Told } from './program.ts';

/** service.json: what a service shows, how it is asked, and how its fix is to end. Paths are on its one published port. */
export interface Shown {
  readonly shows: string;
  /** Another risk than root-container decides who it is. */
  readonly risk?: string;
  readonly port?: { readonly service: string; readonly host: number };
  /** A plain container: words for `docker run`, with `{name}`, `{root}` and `{port}` in them. */
  readonly run?: readonly string[];
  /** More words for `fix`, as a user of this one would give them. */
  readonly words?: readonly string[];
  /** Folders of the project that belong to a developer. */
  readonly owners?: Readonly<Record<string, number>>;
  readonly ask?: readonly (
    | { readonly get: string; readonly status: number; readonly type: string }
    | { readonly run: readonly string[]; readonly in: string; readonly says: string }
  )[];
  /** A write that must work, and where it is then read. `keeps`: in a volume, so that it outlives the container. */
  readonly write?: { readonly keeps?: boolean } & (
    | { readonly post: string; readonly status: number; readonly then: string }
    | { readonly run: readonly string[]; readonly in: string; readonly says: string; readonly thenRun: readonly string[] }
  );
  /** A worker's sign of life: what this prints grows within so many seconds. */
  readonly alive?: { readonly service: string; readonly run: readonly string[]; readonly seconds?: number };
  /** Programs whose first process stays root by design while its children are not. */
  readonly masters?: readonly string[];
  readonly expect: Outcome;
  /** What the reason of a refusal or a rollback says. */
  readonly because?: string;
  /** Seconds that its start may take, where it takes long: such a one is not drawn into the sample. */
  readonly slow?: number;
}

export type Outcome = 'held' | 'refused' | 'rolled back' | 'nothing to do' | 'broke';

export const corpus = path.join(root, 'test/docker/corpus');
export const services = (): readonly string[] => readdirSync(corpus).filter((name) => existsSync(path.join(corpus, name, 'service.json'))).sort();
export const shownOf = (name: string): Shown => JSON.parse(readFileSync(path.join(corpus, name, 'service.json'), 'utf8')) as Shown;

export interface Started {
  readonly name: string;
  readonly root: string;
  readonly shown: Shown;
  readonly url: string;
  /** The container of a service; of a plain run, its only one. */
  idOf(service: string): string;
  ids(): readonly string[];
  exec(service: string, words: readonly string[]): Promise<Told>;
  harden(...words: readonly string[]): Promise<Told>;
}

const lines = (text: string): string[] => text.split('\n').filter(Boolean);
const COMPOSE = ['compose.yaml', 'compose.yml', 'docker-compose.yml'];

/** `dot.X` becomes `.X`, Dockerfiles get a label that nobody else's have, so that no other container is taken for this one's. */
function prepare(at: string, name: string): void {
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const file = path.join(at, entry.name);
    if (entry.isDirectory()) prepare(file, name);
    else if (entry.name === 'Dockerfile') appendFileSync(file, `LABEL test=${name}\n`);
    else if (entry.name.startsWith('dot.')) renameSync(file, path.join(at, entry.name.slice(3)));
  }
}

function chown(at: string, uid: number): void {
  chownSync(at, uid, uid);
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    if (entry.isDirectory()) chown(path.join(at, entry.name), uid);
    else chownSync(path.join(at, entry.name), uid, uid);
  }
}

async function clear(name: string, at: string): Promise<void> {
  const remove = async (list: string[], words: string[]): Promise<void> => {
    const found = [...new Set(lines((await ran(['docker', ...list])).stdout))];
    if (found.length > 0) await ran(['docker', ...words, ...found]);
  };
  if (COMPOSE.some((f) => existsSync(path.join(at, f)))) await ran(['docker', 'compose', '-p', name, 'down', '-v', '--rmi', 'local', '--remove-orphans', '-t', '1'], { cwd: at });
  await remove(['ps', '-aq', '--filter', `name=${name}`], ['rm', '-fv']);
  await remove(['volume', 'ls', '-q', '--filter', `name=${name}`], ['volume', 'rm', '-f']);
  await remove(['images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `label=test=${name}`], ['rmi', '-f']);
  await remove(['images', '-q', '--filter', `label=test=${name}`], ['rmi', '-f']);
}

/** A service of the corpus that runs, on a free port of 127.0.0.1 and under a name of its own; gone afterwards in any case. */
export async function withService(which: string, body: (started: Started) => Promise<void>): Promise<void> {
  const shown = shownOf(which);
  const box = realpathSync(mkdtempSync(path.join(tmpdir(), 'ht-')));
  const name = unique(`corpus-${which}`);
  const at = path.join(box, name);
  const state = path.join(box, 'state');
  mkdirSync(state, { mode: 0o700 });
  cpSync(path.join(corpus, which), at, { recursive: true });
  rmSync(path.join(at, 'service.json'));
  prepare(at, name);
  const ids = (service?: string): string[] => lines(
    shown.run ? docker('ps', '-aq', '--no-trunc', '--filter', `name=^/${name}$`)
      : docker('ps', '-aq', '--no-trunc', '--filter', `label=com.docker.compose.project=${name}`, ...(service === undefined ? [] : ['--filter', `label=com.docker.compose.service=${service}`])),
  ).sort();
  const idOf = (service: string): string => {
    const found = ids(service);
    if (found.length !== 1) throw new Error(`${service} has ${found.length} containers`);
    return found[0]!;
  };
  try {
    // Others on this machine ask for a free port at the same moment: with a number by chance two of them rarely meet.
    const port = await freePort(realSystem.net, 0, () => false);
    for (const [folder, uid] of Object.entries(shown.owners ?? {})) chown(path.join(at, folder), uid);
    if (shown.run) {
      await must(['docker', 'build', '-q', '-t', name, at]);
      await must(['docker', 'run', '-d', '--name', name, ...shown.run.map((w) => w.replaceAll('{name}', name).replaceAll('{root}', at).replaceAll('{port}', String(port))), name]);
    } else {
      const compose = path.join(at, COMPOSE.find((f) => existsSync(path.join(at, f)))!);
      const text = readFileSync(compose, 'utf8').replaceAll('{name}', name);
      writeFileSync(compose, shown.port ? onLoopback(text, [{ service: shown.port.service, from: shown.port.host, to: port }]) : text);
      await must(['docker', 'compose', 'up', '-d', '--build'], { cwd: at });
    }
    await body({
      name, root: at, shown, url: `http://127.0.0.1:${port}`, idOf, ids,
      exec: (service, words) => ran(['docker', 'exec', idOf(service), ...words]),
      harden: (...words) => harden(at, state, ...words),
    });
  } finally {
    await clear(name, at);
    rmSync(box, { recursive: true, force: true });
  }
}
