import { owning, spoken } from './deeds.ts';
import type { System } from './system.ts';

/** Says each command before it runs: the command log. */
export function logged(system: System, say: (argv: readonly string[]) => void): System {
  const { docker } = system;
  return {
    ...system,
    files: {
      ...system.files,
      set: (path, to) => {
        for (const argv of owning(path, to)) say(argv);
        return system.files.set(path, to);
      },
    },
    shell: {
      ...system.shell,
      ask: (argv, options) => system.shell.ask(argv, options),
      run: (argv, options) => {
        say(argv);
        return system.shell.run(argv, options);
      },
    },
    ...(docker
      ? {
          docker: {
            ...docker,
            act: (deed, onLine) => {
              say(spoken(deed, docker.endpoint));
              return docker.act(deed, onLine);
            },
          },
        }
      : {}),
  };
}
