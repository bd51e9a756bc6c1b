import { env } from '../files/dockerfile.ts';
import { parseDotenv, values } from '../files/dotenv.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Span } from '../files/span.ts';
import { written } from './compose-services.ts';
import { within } from './parsed.ts';
import { shipped } from './service-files.ts';

/** One variable of a service's environment: what decides it, and where that stands. */
export interface Variable {
  readonly name: string;
  /** Undefined where the value comes from a variable that nobody here sets. */
  readonly value?: string;
  readonly by: 'compose' | 'env-file' | 'image';
  readonly file: SourceFile;
  readonly span: Span;
  /** Compose fills another variable in: the value is decided where that one is. */
  readonly interpolated: boolean;
}

/** Files that `env_file:` of a service names, the strongest (last) first. */
export function envFiles(machine: Machine, service: Service): readonly SourceFile[] {
  const named = service.compose ? [...written(machine.files, service.compose)].reverse().flatMap(({ service: s }) => s.envFile) : [];
  return named.flatMap((f) => {
    const at = within(service.compose?.directory ?? '', f.value);
    const file = at === undefined ? undefined : machine.files.get(at);
    return file ? [file] : [];
  }).reverse();
}

/** The environment of a service as its files give it: compose's word over its env files', theirs over the image's. */
export function variables(machine: Machine, service: Service): ReadonlyMap<string, Variable> {
  const found = new Map<string, Variable>();
  const add = (v: Variable): void => {
    if (!found.has(v.name)) found.set(v.name, v);
  };
  for (const { file, service: s } of service.compose ? written(machine.files, service.compose) : []) {
    for (const e of s.environment) add({ name: e.name, ...(e.value === undefined || e.unresolved ? {} : { value: e.value }), by: 'compose', file, span: e.span, interpolated: e.interpolated });
  }
  for (const file of envFiles(machine, service)) {
    const parsed = parseDotenv(file.text);
    const all = values(parsed);
    for (const e of [...parsed.entries].reverse()) add({ name: e.name, ...(all[e.name] === undefined ? {} : { value: all[e.name] ?? '' }), by: 'env-file', file, span: { start: e.nameSpan.start, end: e.valueSpan.end }, interpolated: e.interpolated });
  }
  const image = shipped(machine, service);
  for (const v of image ? env(image.stage, image.df).values() : []) {
    if (image) add({ name: v.name, ...(v.unresolved ? {} : { value: v.value }), by: 'image', file: image.file, span: v.span, interpolated: false });
  }
  return found;
}
