import { command, finalStage, copies, workdir, type Command, type Dockerfile, type Stage } from '../files/dockerfile.ts';
import type { Container, Image } from '../model/container.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { dockerfileOf, within } from './parsed.ts';

export interface Shipped {
  readonly file: SourceFile;
  readonly df: Dockerfile;
  /** The stage that is built: the target's, else the last. */
  readonly stage: Stage;
  readonly command: Command;
}

/** The Dockerfile behind a service, and the stage of it that ships. */
export function shipped(machine: Machine, service: Service): Shipped | undefined {
  const file = service.build && machine.files.get(service.build.dockerfile);
  if (!file || !service.build) return undefined;
  const df = dockerfileOf(file, service.build.args);
  const stage = finalStage(df, service.build.target);
  return stage ? { file, df, stage, command: command(stage, df) } : undefined;
}

/** Absolute path in the container where relative ones start; `/` where nobody says. */
export const workdirOf = (s: Shipped): string => workdir(s.stage, s.df)?.value ?? '/';

export const containersOf = (machine: Machine, service: Service): readonly Container[] => machine.containers.filter((c) => service.containers.includes(c.id));

export const runningOf = (machine: Machine, service: Service): readonly Container[] => containersOf(machine, service).filter((c) => c.running && !c.restarting);

/** The image that the service's Dockerfile builds on, when this machine has it. */
export function baseImage(machine: Machine, s: Shipped): Image | undefined {
  const name = s.stage.baseResolved ?? s.stage.base;
  const tag = name.includes(':') || name.includes('@') ? name : `${name}:latest`;
  return machine.images.find((i) => i.tags.includes(tag));
}

/**
 * The project's file that lies at `path` inside the image, by the COPY lines of the stage that ships; an absolute
 * path or one relative to the working directory.
 */
export function copiedFrom(machine: Machine, service: Service, s: Shipped, path: string): SourceFile | undefined {
  const base = workdirOf(s);
  const absolute = tidy(path.startsWith('/') ? path : `${base}/${path}`);
  for (const copy of [...copies(s.stage, s.df)].reverse()) {
    if (copy.from !== undefined) continue;
    const dest = tidy(copy.dest.value.startsWith('/') ? copy.dest.value : `${base}/${copy.dest.value}`);
    for (const { value: source } of copy.sources) {
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

/** `//`, `.` and `..` taken out of an absolute path. */
export function tidy(path: string): string {
  const parts: string[] = [];
  for (const p of path.split('/')) {
    if (p === '..') parts.pop();
    else if (p && p !== '.') parts.push(p);
  }
  return `/${parts.join('/')}`;
}
