import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_FOLDER, MADE_BY } from '../engine/demos-left.ts';
import { Stop } from '../model/errors.ts';
import { same, text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import { copyScenario } from './copy.ts';
import { compose, composeArgv, isTaken, mustHave, type Engine, type Project } from './project.ts';
import { scenarioNamed, scenariosFolder, type Scenario } from './scenario.ts';
import { settled } from './settled.ts';
import { imagesOf, tidy } from './tidy.ts';

export interface DemoOptions {
  /** No engine is asked: the copy shows what its files alone tell, and nothing is built or started. */
  readonly filesOnly?: boolean;
  /** Where the journal lives: what runs on the copy keep for their undo is found there, and removed at the end. */
  readonly state: string;
  /** Hears what docker says while it builds and starts. */
  readonly say?: (line: string) => void;
}

export interface Demo {
  /** The copy: what the wizard is opened on. */
  readonly root: string;
  /** What `up` runs, to be shown and asked about before; of files alone nothing. */
  readonly commands: readonly (readonly string[])[];
  /** Where the copy answers once it is up, on 127.0.0.1 alone. */
  readonly urls: readonly string[];
  up(): Promise<void>;
  /** Until its programs have all started, for a while at most. */
  settled(): Promise<void>;
  /** Takes the copy away with everything it made. Safe to call at any time, also after a failed `up`. */
  down(): Promise<void>;
}

const FILES_ALONE = text('Or look at its files alone: harden-tui demo --no-docker', '或者只看它的文件：harden-tui demo --no-docker');

async function engineOf(system: System): Promise<{ engine: Engine; rootless: boolean }> {
  const { docker } = system;
  const here = text('A demo starts containers, and no Docker engine answers here.', '演示要启动容器，但这里没有 Docker 引擎响应。');
  if (!docker) throw new Stop(here, [text('Start Docker and run the command again.', '启动 Docker 后再运行一次。')]);
  const facts = await docker.look.facts();
  if (facts.remote) {
    throw new Stop(text(`A demo is only started on this machine, and Docker is elsewhere (${docker.endpoint}).`, `演示只在本机启动，而当前的 Docker 在别处（${docker.endpoint}）。`), [
      text('Choose the local one: harden-tui demo --context default', '请选择本机的 Docker：harden-tui demo --context default'),
      FILES_ALONE,
    ]);
  }
  if (!facts.compose) {
    throw new Stop(text('A demo needs docker compose, version 2, and the docker command has none.', '演示需要 docker compose 2，但 docker 命令没有这个插件。'), [
      text('Install the plugin: https://docs.docker.com/compose/install/', '请安装插件：https://docs.docker.com/compose/install/'),
      FILES_ALONE,
    ]);
  }
  return { engine: { ...system, docker }, rootless: facts.rootless };
}

async function freeName(engine: Engine, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!(await isTaken(engine, candidate))) return candidate;
    if (n === 20) throw new Stop(text(`There are ${n} projects named ${name} already.`, `已经有 ${n} 个名为 ${name} 的项目。`), [text('Remove what earlier demos left: docker compose ls -a', '请清理之前的演示：docker compose ls -a')]);
  }
}

const PATIENCE = 60;

/** Until everything that answers a GET does: the wizard should meet a shop that is open. */
async function untilItAnswers(engine: Engine, scenario: Scenario): Promise<void> {
  for (const { get, status } of scenario.answers) {
    for (let second = 0; get && (await engine.net.get(get, 2_000))?.status !== status; second++) {
      if (second === PATIENCE) throw new Stop(text(`The demo was started, but ${get} does not answer.`, `演示已启动，但 ${get} 没有应答。`), [text('Look at its log: docker compose logs', '查看日志：docker compose logs')]);
      await engine.pause(1_000);
    }
  }
}

const UP = ['up', '-d', '--build'];

async function bringUp(engine: Engine, project: Project, scenario: Scenario, say?: (line: string) => void): Promise<void> {
  const failed = text('The demo could not be started.', '演示无法启动。');
  mustHave(await compose(engine, project, UP, say), failed);
  await untilItAnswers(engine, scenario);
  for (const { service, command } of scenario.seed) mustHave(await compose(engine, project, ['exec', '-T', service, ...command]), failed);
}

const newFolder = (): string => join(tmpdir(), `${DEMO_FOLDER}${randomBytes(8).toString('hex')}`);

/** Where this process is killed, `history` finds the copy by that. */
const sign = async ({ files, processes }: System, folder: string): Promise<void> => files.write(join(folder, MADE_BY), Buffer.from(await processes.me()), { mode: 0o600 });

/** The copy alone. Nothing runs, so no port is asked for. */
async function filesOnly(system: System, name: string): Promise<Demo> {
  const folder = newFolder();
  const { root } = await copyScenario(system, name, folder);
  await sign(system, folder);
  return { root, commands: [], urls: [], up: async () => undefined, settled: async () => undefined, down: () => system.files.remove(folder) };
}

/** A copy of a scenario in a temporary folder. Nothing is built or started before `up`. */
export async function prepareDemo(system: System, name: string, options: DemoOptions): Promise<Demo> {
  // A name that is none is said before any engine is asked.
  await scenarioNamed(system.files, await scenariosFolder(system.files), name);
  if (options.filesOnly) return filesOnly(system, name);
  const { engine, rootless } = await engineOf(system);
  const folder = newFolder();
  const projectName = await freeName(engine, name);
  const before = await imagesOf(engine, projectName);
  const { root, scenario } = await copyScenario(system, name, folder, { ports: 'loopback', folder: projectName, mayUse: (port) => !rootless || port >= 1024 });
  await sign(system, folder);
  const project: Project = { root, name: projectName };
  return {
    root,
    commands: [composeArgv(engine, project, ...UP), ...scenario.seed.map((s) => composeArgv(engine, project, 'exec', '-T', s.service, ...s.command))],
    urls: scenario.answers.flatMap((a) => a.get ?? []),
    up: () => bringUp(engine, project, scenario, options.say),
    settled: () => settled(engine, project),
    async down() {
      if (!(await engine.files.stat(root))) return;
      if (await tidy(engine, project, { state: options.state, services: scenario.services, folder, before })) return;
      throw new Stop(text(`Not everything of the demo could be removed. It lies in ${root}.`, `演示没能完全清除，它在 ${root}。`), [
        text('Remove what is left:', '请手动清除剩下的部分：'),
        same(`cd ${root} && docker compose down -v --rmi local; rm -rf ${folder}`),
      ]);
    },
  };
}
