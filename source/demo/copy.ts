import { join } from 'node:path';
import { Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import type { Files, System } from '../system/system.ts';
import { makeCertificate } from './certificate.ts';
import { freePort, moved, onLoopback, type Move } from './ports.ts';
import { scenarioNamed, scenariosFolder, type Scenario } from './scenario.ts';

export interface CopyOptions {
  /** loopback: published on 127.0.0.1 only, on another number where that one is taken. */
  readonly ports?: 'as written' | 'loopback';
  /** Name of the folder, and so of the compose project; the scenario's unless given. */
  readonly folder?: string;
  /** Host ports that may be used as they are written; a rootless engine has no low ones. */
  readonly mayUse?: (port: number) => boolean;
}

export interface Copy {
  readonly root: string;
  /** Its ports and answers are those of the copy. */
  readonly scenario: Scenario;
}

/** git and npm know two modes; anything finer is an accident of who unpacked it, and 0600 would break the fixed app. */
const shipped = (mode: number): number => ((mode & 0o111) === 0 ? 0o644 : 0o755);

/** `dot.env` becomes `.env`, in folders too: `npm pack` leaves some dot files out. */
async function copyTree(files: Files, from: string, to: string): Promise<void> {
  await files.makeFolder(to, 0o755);
  for (const entry of await files.list(from)) {
    const source = join(from, entry.name);
    const target = join(to, entry.name.replace(/^dot\./, '.'));
    if (entry.kind === 'directory') await copyTree(files, source, target);
    else if (entry.kind === 'file') await files.write(target, await files.read(source), { mode: shipped((await files.stat(source))?.mode ?? 0) });
  }
}

async function toLoopback(system: Pick<System, 'files' | 'net'>, root: string, scenario: Scenario, may: (port: number) => boolean): Promise<Scenario> {
  const moves: Move[] = [];
  for (const [service, from] of Object.entries(scenario.ports)) {
    const to = await freePort(system.net, from, (port) => may(port) && !moves.some((m) => m.to === port));
    moves.push({ service, from, to });
  }
  const at = join(root, 'compose.yaml');
  const compose = (await system.files.read(at)).toString('utf8');
  await system.files.write(at, Buffer.from(onLoopback(compose, moves), 'utf8'));
  return { ...scenario, ports: Object.fromEntries(moves.map((m) => [m.service, m.to])), answers: scenario.answers.map((a) => moved(a, moves)) };
}

/** Copies a scenario's project into a new folder below `into`, with everything in it that is not shipped. */
export async function copyScenario(system: Pick<System, 'files' | 'shell' | 'net'>, name: string, into: string, options: CopyOptions = {}): Promise<Copy> {
  const { files } = system;
  const folder = await scenariosFolder(files);
  const scenario = await scenarioNamed(files, folder, name);
  await files.makeFolder(into, 0o700);
  // A container's files and the tool's own paths both go by the real path.
  const root = join(await files.realpath(into), options.folder ?? name);
  if (await files.stat(root)) throw new Stop(text(`${root} is there already, so nothing was copied.`, `${root} 已经存在，因此没有复制。`), [text('Name an empty folder.', '请指定一个空目录。')]);
  await copyTree(files, join(folder, name, 'project'), root);
  for (const what of scenario.make) await makeCertificate(system, root, what);
  if (options.ports !== 'loopback') return { root, scenario };
  return { root, scenario: await toLoopback(system, root, scenario, options.mayUse ?? (() => true)) };
}
