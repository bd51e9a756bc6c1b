import { spoken } from './deeds.ts';
import type { RawContainer, RawImage } from './raw.ts';
import type { Docker, Ran } from './system.ts';

const DONE: Ran = { code: 0, stdout: '', stderr: '' };

/** As the engine keeps it: a name without a tag is its `latest`. */
const whole = (reference: string): string => (/^sha256:|[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`);

/** Project and services of a `docker compose … stop`, as changes/docker-cli.ts words it. */
function stoppedBy(argv: readonly string[]): readonly string[] {
  const [, ...words] = argv.slice(argv.indexOf('compose') + 1);
  if (!argv.includes('compose') || words[0] === undefined) return [];
  const [project, ...rest] = words;
  const at = rest.findIndex((word, i) => !/^(?:-f|--env-file)$/.test(word) && !/^(?:-f|--env-file)$/.test(rest[i - 1] ?? ''));
  return rest[at] === 'stop' ? rest.slice(at + 1).filter((word, i, all) => word !== '-t' && all[i - 1] !== '-t').map((service) => `${project} ${service}`) : [];
}

/**
 * An engine that does nothing and looks as if it had: a deed that asks what an earlier one did (which image has this name
 * now, does that container still run) goes on as it would in earnest. What it would have built or started is not there.
 */
export function previewDocker(docker: Docker, say: (argv: readonly string[]) => void): { readonly docker: Docker; /** A command of the docker CLI that did not run, either. */ heard(argv: readonly string[]): void } {
  const names = new Map<string, RawImage | undefined>();
  const [gone, still, services] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const { look } = docker;
  const image = async (reference: string): Promise<RawImage | undefined> => (names.has(whole(reference)) ? names.get(whole(reference)) : look.image(reference));
  const isStill = ({ Id, Config }: RawContainer): boolean => still.has(Id) || services.has(`${Config.Labels?.['com.docker.compose.project']} ${Config.Labels?.['com.docker.compose.service']}`);
  const asNow = (one: RawContainer): readonly RawContainer[] => (gone.has(one.Id) ? [] : [isStill(one) ? { ...one, State: { ...one.State, Running: false } } : one]);
  const container = async (id: string): Promise<RawContainer | undefined> => {
    const found = await look.container(id);
    return found && asNow(found)[0];
  };
  return {
    heard: (argv) => stoppedBy(argv).forEach((one) => services.add(one)),
    docker: {
      ...docker,
      look: { ...look, image, container, containers: async () => (await look.containers()).flatMap(asNow) },
      // A dry run executes nothing, not even a reading command in a container.
      ask: async () => DONE,
      act: async (deed) => {
        say(spoken(deed, docker.endpoint));
        if (deed.deed === 'tag') names.set(whole(deed.tag), await image(deed.image));
        if (deed.deed === 'untag' && !deed.tag.startsWith('sha256:')) names.set(whole(deed.tag), undefined);
        if (deed.deed === 'stop') still.add((await container(deed.container))?.Id ?? deed.container);
        if (deed.deed === 'remove') gone.add((await container(deed.container))?.Id ?? deed.container);
        return DONE;
      },
    },
  };
}
