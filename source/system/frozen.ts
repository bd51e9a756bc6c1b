import { Bug } from '../model/errors.ts';
import type { System } from './system.ts';

const refuse = (what: string) => (): never => {
  throw new Bug(`a frozen system was asked to ${what}`);
};

/** Reads through and throws on any write; `asks: false` also refuses to execute anything inside containers (scan). */
export function frozen(system: System, options: { readonly asks: boolean }): System {
  const { post: _, ...rest } = system;
  const { docker } = rest;
  return {
    ...rest,
    files: { ...system.files, write: refuse('write a file'), remove: refuse('remove a file'), copy: refuse('copy a file'), makeFolder: refuse('make a folder'), set: refuse('change an owner'), append: refuse('append to a file'), claim: refuse('make a file') },
    shell: { ask: (argv, o) => system.shell.ask(argv, o), run: refuse('run a command'), hand: refuse('hand over the terminal') },
    ...(docker
      ? {
          docker: {
            endpoint: docker.endpoint, look: docker.look, act: refuse('change the engine'),
            ask: options.asks ? (q) => docker.ask(q) : refuse('execute inside a container'),
          },
        }
      : {}),
  };
}
