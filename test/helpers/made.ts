// A small compose project that a test writes itself: on the real engine, under a name that nobody else has, gone afterwards.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { docker, unique } from './engine.ts';
import { inspect } from './inspected.ts';
import { processesOf, type Seen } from './processes.ts';
import { harden, must, ran, type Told } from './program.ts';

export interface Made {
  readonly root: string;
  readonly name: string;
  compose(...words: string[]): Promise<string>;
  /** Runs a command in a service's container; the code is the test's to judge. */
  exec(service: string, words: readonly string[], user?: string): Promise<Told>;
  container(service: string): Record<string, any>;
  processes(service: string): readonly Seen[];
  logs(service: string): Promise<string>;
  harden(...words: string[]): Promise<Told>;
}

const lines = (text: string): string[] => text.split('\n').filter(Boolean);

async function clear(name: string, root: string): Promise<void> {
  await ran(['docker', 'compose', '-p', name, 'down', '-v', '--rmi', 'local', '--remove-orphans', '-t', '1'], { cwd: root });
  const kept = await ran(['docker', 'images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', 'reference=harden-tui/keep', '--filter', `label=test=${name}`]);
  for (const tag of lines(kept.stdout)) await ran(['docker', 'rmi', tag]);
  const images = lines((await ran(['docker', 'images', '-q', '--filter', `label=test=${name}`])).stdout);
  if (images.length > 0) await ran(['docker', 'rmi', '-f', ...new Set(images)]);
}

/** `files` by path; every Dockerfile among them gets a label of its own, so that no other test's image is taken for it. */
export async function withMade(name: string, files: Readonly<Record<string, string>>, body: (made: Made) => Promise<void>, { start = true } = {}): Promise<void> {
  const box = realpathSync(mkdtempSync(path.join(tmpdir(), 'ht-')));
  const folder = unique(name);
  const root = path.join(box, 'work', folder);
  const state = path.join(box, 'state');
  mkdirSync(state, { mode: 0o700 });
  const compose = (...words: string[]): Promise<string> => must(['docker', 'compose', ...words], { cwd: root });
  const idOf = (service: string): string => {
    const found = lines(docker('ps', '-aq', '--no-trunc', '--filter', `label=com.docker.compose.project=${folder}`, '--filter', `label=com.docker.compose.service=${service}`));
    if (found.length !== 1) throw new Error(`${service} has ${found.length} containers`);
    return found[0]!;
  };
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), path.basename(file) === 'Dockerfile' ? `${text}LABEL test=${folder}\n` : text);
    }
    if (start) await compose('up', '-d', '--build');
    await body({
      root, name: folder, compose,
      exec: (service, words, user) => ran(['docker', 'exec', ...(user ? ['-u', user] : []), idOf(service), ...words]),
      container: (service) => inspect(idOf(service)),
      processes: (service) => processesOf(idOf(service)),
      logs: async (service) => {
        const { stdout, stderr } = await ran(['docker', 'logs', idOf(service)]);
        return stdout + stderr;
      },
      harden: (...words) => harden(root, state, ...words),
    });
  } finally {
    await clear(folder, root);
    rmSync(box, { recursive: true, force: true });
  }
}
