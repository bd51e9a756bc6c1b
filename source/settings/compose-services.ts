import { basename } from 'node:path';
import { service as serviceIn, type ComposeFile } from '../files/compose.ts';
import type { Service as Written } from '../files/compose.ts';
import { parseDotenv, values } from '../files/dotenv.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Build, ComposeOrigin, Service } from '../model/service.ts';
import { withSharedBuilds } from './built-by.ts';
import { composeOf, folderOf, within } from './parsed.ts';

type Files = Machine['files'];

/** The names that `docker compose` looks for by itself, the best first; and their overrides. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const OVERRIDES = ['compose.override.yaml', 'compose.override.yml', 'docker-compose.override.yaml', 'docker-compose.override.yml'];

const join = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);

/** The list that a `.env` beside them names, as compose takes it: then that is the whole list. Undefined where one of them is not here. */
function namedInDotenv(files: Files, folder: string): readonly string[] | undefined {
  const { COMPOSE_FILE: list, COMPOSE_PATH_SEPARATOR: separator = ':' } = environment(files, folder);
  const paths = list?.split(separator).filter(Boolean).map((p) => within(folder, p)) ?? [];
  return paths.length > 0 && paths.every((p) => p !== undefined && files.has(p)) ? (paths as string[]) : undefined;
}

/** Files that `docker compose up` would read in each folder: those that `.env` names, or one main file and its override. */
export function projectsInTree(files: Files): readonly (readonly string[])[] {
  const folders = new Set([...files.keys()].map(folderOf));
  return [...folders].sort().flatMap((folder) => {
    const main = NAMES.map((n) => join(folder, n)).find((p) => files.has(p));
    const override = OVERRIDES.map((n) => join(folder, n)).find((p) => files.has(p));
    const named = namedInDotenv(files, folder);
    if (named) return [named];
    return main ? [override ? [main, override] : [main]] : [];
  });
}

/** A file that compose reads over another by itself. */
export const isOverride = (path: string): boolean => OVERRIDES.includes(basename(path));

/**
 * Where a new override file of a project would lie: beside its only file, when that has the usual name and no override is there.
 * (One that is there and not among the project's files is not read: compose was started with `-f`.)
 */
export function overrideOf(origin: ComposeOrigin, files: Files): string | undefined {
  const [main, ...more] = origin.files;
  if (main === undefined || more.length > 0 || !NAMES.includes(basename(main))) return undefined;
  const folder = folderOf(main);
  // Named in `.env`, the list is the whole list.
  if (environment(files, folder)['COMPOSE_FILE'] !== undefined) return undefined;
  return OVERRIDES.some((n) => files.has(join(folder, n))) ? undefined : join(folder, basename(main).replace('compose.', 'compose.override.'));
}

/** The project's files with an override among the new ones, which compose reads from then on. */
export const withOverride = (origin: ComposeOrigin, made: readonly string[], files: Files): ComposeOrigin => {
  const fresh = overrideOf(origin, files);
  return fresh !== undefined && made.includes(fresh) ? { ...origin, files: [...origin.files, fresh] } : origin;
};

/** What `${NAME}` is looked up in: the `.env` beside the compose file. */
function environment(files: Files, folder: string): Readonly<Record<string, string>> {
  const dotenv = files.get(join(folder, '.env'));
  return dotenv ? values(parseDotenv(dotenv.text)) : {};
}

export function composeFile(files: Files, path: string): ComposeFile | undefined {
  const file = files.get(path);
  return file && composeOf(file, environment(files, folderOf(path)));
}

/** The service as each of its files writes it, the strongest (last) first. */
export function written(files: Files, origin: ComposeOrigin): readonly { readonly file: SourceFile; readonly compose: ComposeFile; readonly service: Written }[] {
  return [...origin.files].reverse().flatMap((path) => {
    const file = files.get(path);
    const compose = composeFile(files, path);
    const service = compose && serviceIn(compose, origin.service);
    return file && compose && service ? [{ file, compose, service }] : [];
  });
}

/** Compose's rule for a project's name: lower case, and only letters, digits, `-` and `_`. */
export const projectName = (folder: string): string => basename(folder).toLowerCase().replace(/[^a-z0-9_-]/g, '').replace(/^[_-]+/, '');

function buildOf(files: Files, origin: ComposeOrigin): Build | undefined {
  const all = written(files, origin).flatMap(({ service }) => service.build ?? []);
  const first = <T>(pick: (b: (typeof all)[number]) => T | undefined): T | undefined => all.map(pick).find((v) => v !== undefined);
  const context = first((b) => b.context?.value);
  if (all.length === 0 || first((b) => b.dockerfileInline) || /^[a-z]+:\/\/|^git@/.test(context ?? '')) return undefined;
  const folder = within(origin.directory, context ?? '.');
  const dockerfile = folder === undefined ? undefined : within(folder, first((b) => b.dockerfile?.value) ?? 'Dockerfile');
  if (folder === undefined || dockerfile === undefined || !files.has(dockerfile)) return undefined;
  const target = first((b) => b.target?.value);
  const args = Object.fromEntries([...all].reverse().flatMap((b) => b.args.map((a) => [a.name, a.value ?? ''])));
  return { context: folder, dockerfile, ...(target ? { target } : {}), args };
}

/** The services of one compose project as its files declare them. Those behind a profile count too: they may run. */
export function declaredServices(files: Files, paths: readonly string[], project: string): readonly Service[] {
  const directory = folderOf(paths[0] ?? '');
  const names = [...new Set(paths.flatMap((p) => composeFile(files, p)?.services.map((s) => s.name) ?? []))];
  return withSharedBuilds(names.map((name) => {
    const compose: ComposeOrigin = { project, files: paths, service: name, directory, envFiles: [] };
    const build = buildOf(files, compose);
    const image = written(files, compose).map(({ service }) => service.image?.value).find((v) => v !== undefined) ?? (build ? `${project}-${name}` : undefined);
    return { name, compose, ...(build ? { build, tie: 'compose' as const } : {}), ...(image ? { image } : {}), containers: [] };
  }));
}

/** `COMPOSE_PROJECT_NAME` of the `.env` wins over a top-level `name:`, and that over the folder's name. */
export const declaredName = (files: Files, paths: readonly string[], folder: string): string =>
  environment(files, folderOf(paths[0] ?? ''))['COMPOSE_PROJECT_NAME']
  ?? [...paths].reverse().map((p) => composeFile(files, p)?.name?.value).find((v) => v) ?? projectName(folder);

/** What the compose files that count could not say: `docker compose` would refuse them too. */
export const composeFaults = (files: Files, paths: readonly string[]): readonly { readonly path: string; readonly message: string; readonly line: number }[] =>
  paths.flatMap((path) => composeFile(files, path)?.faults.map((f) => ({ path, message: f.message, line: f.line })) ?? []);

/** `include:` and `extends:` that bring in what these files do not hold: compose merges them, we do not follow them. */
export const composeElsewhere = (files: Files, paths: readonly string[]): readonly { readonly path: string; readonly what: string }[] =>
  paths.flatMap((path) => {
    const compose = composeFile(files, path);
    const included = compose?.include.map((i) => ({ path, what: `include: ${i.value}` })) ?? [];
    const extended = compose?.services.flatMap((s) => (s.extends?.file ? [{ path, what: `extends: ${s.extends.file}` }] : [])) ?? [];
    return [...included, ...extended];
  });
