import { command, finalStage, copies, lineage, workdir, type Command, type Dockerfile, type Instruction, type Stage } from '../files/dockerfile.ts';
import type { Container, Image } from '../model/container.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { dockerfileOf, within } from './parsed.ts';
import { perService } from './once.ts';

export interface Shipped {
  readonly file: SourceFile;
  readonly df: Dockerfile;
  /** The stage that is built: the target's, else the last. */
  readonly stage: Stage;
  readonly command: Command;
}

/** The Dockerfile behind a service, and the stage of it that ships. */
export const shipped = perService((machine: Machine, service: Service): Shipped | undefined => {
  const file = service.build && machine.files.get(service.build.dockerfile);
  if (!file || !service.build) return undefined;
  const df = dockerfileOf(file, service.build.args);
  const stage = finalStage(df, service.build.target);
  return stage ? { file, df, stage, command: command(stage, df) } : undefined;
});

/** Absolute path in the container where relative ones start; `/` where nobody says. */
export const workdirOf = (s: Shipped): string => workdir(s.stage, s.df)?.value ?? '/';

/** The working directory as it is at an instruction: a later WORKDIR does not move an earlier COPY. */
function workdirAt(s: Shipped, instruction: Instruction): string {
  const stage = s.df.stages[instruction.stage] ?? s.stage;
  return workdir({ ...stage, instructions: stage.instructions.filter((i) => i.span.start < instruction.span.start) }, s.df)?.value ?? '/';
}

export const containersOf = (machine: Machine, service: Service): readonly Container[] => machine.containers.filter((c) => service.containers.includes(c.id));

export const runningOf = (machine: Machine, service: Service): readonly Container[] => containersOf(machine, service).filter((c) => c.running && !c.restarting);

/** What runs of it; of a service that is down, what it ran in last: its volumes and its layer say what it will write again. */
export const lastRunOf = (machine: Machine, service: Service): readonly Container[] => {
  const running = runningOf(machine, service);
  return running.length > 0 ? running : containersOf(machine, service);
};

/** Name of the image that the stage builds on in the end: `FROM base` goes on with what `base` came from. */
export function baseOf(s: Shipped): string {
  const first = lineage(s.stage, s.df)[0] ?? s.stage;
  return first.baseResolved ?? first.base;
}

/** The image that the service's Dockerfile builds on, when this machine has it. */
export function baseImage(machine: Machine, s: Shipped): Image | undefined {
  const name = baseOf(s);
  const tag = name.includes(':') || name.includes('@') ? name : `${name}:latest`;
  return machine.images.find((i) => i.tags.includes(tag));
}

/**
 * The project's file that lies at `path` inside the image, by the COPY lines of the stage that ships; an absolute
 * path or one relative to the working directory.
 */
export function copiedFrom(machine: Machine, service: Service, s: Shipped, path: string): SourceFile | undefined {
  const absolute = tidy(path.startsWith('/') ? path : `${workdirOf(s)}/${path}`);
  for (const copy of [...copies(s.stage, s.df)].reverse()) {
    if (copy.from !== undefined) continue;
    const dest = tidy(copy.dest.value.startsWith('/') ? copy.dest.value : `${workdirAt(s, copy.instruction)}/${copy.dest.value}`);
    for (const { value: written } of copy.sources) {
      // `COPY docker/*.sh /usr/local/bin/` brings the folder's files, each under its own name.
      const source = written.replace(/[^/]*[*?][^/]*$/, '') || (/[*?]/.test(written) ? '.' : written);
      const whole = source === '.' || source === './' || source.endsWith('/');
      const name = source.split('/').filter(Boolean).at(-1) ?? '';
      const inside = absolute === dest ? '' : absolute.startsWith(dest === '/' ? '/' : `${dest}/`) ? absolute.slice(dest === '/' ? 1 : dest.length + 1) : undefined;
      if (inside === undefined) continue;
      const candidates = whole || inside !== '' ? [`${source}/${inside}`, inside === name ? source : ''] : [source];
      for (const candidate of [...candidates, source]) {
        const at = candidate === '' ? undefined : within(service.build?.context ?? '', candidate);
        const file = at === undefined ? undefined : machine.files.get(at);
        if (file && (file.path.split('/').at(-1) === absolute.split('/').at(-1) || inside === '')) return file;
      }
    }
  }
  return undefined;
}

const PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The project's file that a program's name stands for; a bare name is looked up where the system does. */
export function programFile(machine: Machine, service: Service, s: Shipped, name: string): SourceFile | undefined {
  const paths = name.includes('/') ? [name] : [...PATH.map((folder) => `${folder}/${name}`), name];
  return paths.map((path) => copiedFrom(machine, service, s, path)).find((file) => file !== undefined);
}

/** `//`, `.` and `..` taken out of an absolute path. */
export function tidy(path: string): string {
  const parts: string[] = [];
  for (const p of path.split('/')) {
    if (p === '..') parts.pop();
    else if (p && p !== '.') parts.push(p);
  }
  return `/${parts.join('/')}`;
}
