import { join } from 'node:path';
import { cliOptions, dockerArgv } from '../changes/docker-cli.ts';
import { Stop } from '../model/errors.ts';
import { same, text, type Text } from '../model/text.ts';
import type { Docker, Ran, System } from '../system/system.ts';

/** A compose project that is ours alone: calls go to it by name and file, whatever COMPOSE_* says here. */
export interface Project {
  readonly root: string;
  readonly name: string;
}

export type Engine = Pick<System, 'files' | 'shell' | 'net' | 'pause' | 'now'> & { readonly docker: Docker };

export const composeArgv = (engine: Engine, { root, name }: Project, ...words: readonly string[]): readonly string[] =>
  dockerArgv(engine.docker.endpoint, 'compose', '-p', name, '-f', join(root, 'compose.yaml'), ...words);

export const compose = (engine: Engine, project: Project, words: readonly string[], say?: (line: string) => void): Promise<Ran> =>
  engine.shell.run(composeArgv(engine, project, ...words), { ...cliOptions(say), cwd: project.root });

/** Compose goes by the project's name alone: a second `shop` would take over the containers and volumes of the first. */
export async function isTaken(engine: Engine, name: string): Promise<boolean> {
  const label = `label=com.docker.compose.project=${name}`;
  const questions = [
    ['ps', '-aq', '--filter', label],
    ['volume', 'ls', '-q', '--filter', label],
    ['network', 'ls', '-q', '--filter', label],
    ['image', 'ls', '-q', '--filter', `reference=${name}-*`],
  ];
  const answers = await Promise.all(questions.map((words) => engine.shell.ask(dockerArgv(engine.docker.endpoint, ...words), cliOptions())));
  for (const answer of answers) mustHave(answer, text('Docker could not say what is there already.', 'Docker 没能说明现有哪些东西。'));
  return answers.some(({ stdout }) => stdout.trim() !== '');
}

const SHOWN = 12;

/** Docker's own words explain best why something of Docker's failed; the last lines of them are enough. */
export function mustHave({ code, stdout, stderr }: Ran, what: Text): void {
  if (code === 0) return;
  const log = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim()).slice(-SHOWN);
  throw new Stop(what, [...log.map((line) => same(line)), text('Nothing of yours was touched. Try again when that is mended.', '没有动过你的任何东西。解决之后再试一次。')]);
}
