import { addListItem, removeKey, removeListItem, setPath, setServiceKey } from '../files/compose.ts';
import type { ComposeFile, NamedValue, Service as Written } from '../files/compose.ts';
import type { Edits } from '../files/span.ts';
import type { Change, EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { written } from './compose-services.ts';
import { editOf, editsOf } from './edit.ts';
import { fileAt } from './file-at.ts';
import { keptOut } from './kept-out.ts';
import { imageName } from './reach-kind.ts';
import { baseOf, runningOf, shipped } from './service-files.ts';
import { started } from './started.ts';
import { declaredUser } from './user.ts';

/** Images whose entrypoint reads `NAME_FILE` in the place of `NAME`, by their own documentation. */
const READS: readonly [RegExp, RegExp, string][] = [
  [/^(?:postgres|postgis|timescaledb|pgvector)$/, /^POSTGRES_(?:PASSWORD|USER|DB|INITDB_ARGS)$/, '_FILE'],
  [/^(?:mysql|percona)$/, /^MYSQL_(?:ROOT_PASSWORD|PASSWORD|USER|DATABASE|ROOT_HOST)$/, '_FILE'],
  [/^mariadb$/, /^(?:MYSQL|MARIADB)_(?:ROOT_PASSWORD|PASSWORD|USER|DATABASE|ROOT_HOST)$/, '_FILE'],
  [/^mongo$/, /^MONGO_INITDB_ROOT_(?:PASSWORD|USERNAME)$/, '_FILE'],
  [/^wordpress$/, /^WORDPRESS_(?:DB_\w+|\w+_(?:KEY|SALT))$/, '_FILE'],
  [/^nextcloud$/, /^(?:(?:MYSQL|POSTGRES)_(?:PASSWORD|USER|DB|DATABASE)|NEXTCLOUD_ADMIN_PASSWORD|REDIS_HOST_PASSWORD|SMTP_PASSWORD)$/, '_FILE'],
  [/^influxdb$/, /^DOCKER_INFLUXDB_INIT_(?:PASSWORD|USERNAME|ADMIN_TOKEN)$/, '_FILE'],
  [/^minio$/, /^MINIO_ROOT_(?:PASSWORD|USER)$/, '_FILE'],
  [/^pgadmin4$/, /^PGADMIN_DEFAULT_PASSWORD$/, '_FILE'],
  [/^grafana(?:-oss|-enterprise)?$/, /^GF_/, '__FILE'],
];

/** The variable that names a file instead, where the service is known to read it; else why not. */
export function readsFile(machine: Machine, service: Service, name: string): string | Refusal {
  const image = shipped(machine, service);
  const base = imageName(image ? baseOf(image) : (service.image ?? ''));
  const known = READS.find(([pattern, names]) => pattern.test(base) && names.test(name));
  if (known) return `${name}${known[2]}`;
  // A script or a module of the project's own that looks for it.
  const own = [...(started(machine, service)?.scripts ?? []), ...[...machine.files.values()].filter((f) => f.path.endsWith('.py') && fileAt(machine, service, f.path) === f)];
  if (own.some((f) => new RegExp(String.raw`\b${name}_FILE\b|file_env\s+["']?${name}\b`).test(f.text))) return `${name}_FILE`;
  if (base === 'rabbitmq') return refuse(text('RabbitMQ\'s image reads no *_FILE since 3.9: it wants its own configuration file', 'RabbitMQ 的镜像从 3.9 起不再读 *_FILE：要写进它自己的配置文件'));
  return refuse(text(`nothing shows that ${service.name} reads ${name}_FILE`, `看不出 ${service.name} 会读取 ${name}_FILE`));
}

/** A mounted secret keeps the mode of its file: only root inside may open one of 600. */
function readableBy(machine: Machine, service: Service): number {
  const live = runningOf(machine, service).flatMap((c) => c.processes);
  if (live.length > 0) return live.every((p) => p.uid.effective === 0) ? 0o600 : 0o644;
  const user = declaredUser(machine, service);
  return user?.root && !user.stepsDown && service.build ? 0o600 : 0o644;
}

const at = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);
export const secretId = (service: string, name: string): string => `${service}_${name}`.toLowerCase().replace(/[^a-z0-9_]/g, '_');

export interface Placed {
  readonly id: string;
  readonly path: string;
  readonly change: Change;
}

/** The value alone in a file of its own, below `.secrets/` beside the compose file. */
export function placed(machine: Machine, service: Service, id: string, value: string, mode = readableBy(machine, service)): Placed | Refusal {
  const path = at(service.compose?.directory ?? '', `.secrets/${id}`);
  if (machine.files.has(path)) return refuse(text(`${path} is there already`, `${path} 已经存在`));
  return { id, path, change: { kind: 'create-file', path, text: value, mode } };
}

/** `secrets:` at the top, for each its file; the key is made once for all of them. */
export function declare(compose: ComposeFile, file: SourceFile, all: readonly Placed[]): readonly (EditFile | Refusal)[] {
  const source = (id: string): string => `file: ./.secrets/${id}`;
  if (!compose.root?.entries.some((e) => e.key === 'secrets')) return [editsOf(file, setPath(compose, ['secrets'], all.map((p) => `${p.id}:\n  ${source(p.id)}`).join('\n')))];
  return all.map((p) => editsOf(file, setPath(compose, ['secrets', p.id], source(p.id))));
}

/** `secrets:` of a service with these in it. */
export function grant(compose: ComposeFile, file: SourceFile, s: Written, ids: readonly string[]): readonly (EditFile | Refusal)[] {
  if (!s.keys.has('secrets')) return [editsOf(file, setServiceKey(compose, s, 'secrets', ids.map((id) => `- ${id}`).join('\n')))];
  return ids.map((id) => editsOf(file, addListItem(compose, ['services', s.name, 'secrets'], id)));
}

/** `NAME: value` becomes `NAME_FILE: /run/secrets/id`, as an item of a list or a map. */
export function renamed(file: SourceFile, entry: NamedValue, variable: string, id: string): EditFile | Refusal {
  if (entry.shared || entry.merged) return refuse(text(`${file.path}: ${entry.name} is shared through a YAML anchor, so a change here would change the others too`, `${file.path}：${entry.name} 通过 YAML 锚点共用，改这里会影响其他地方`));
  const path = `/run/secrets/${id}`;
  return editOf(file, [{ start: entry.span.start, end: entry.span.end, text: entry.style === 'map' ? `${variable}: ${path}` : `${variable}=${path}` }]);
}

/** A build argument taken out of `build.args`; the key goes with the last one. */
export function withoutArg(compose: ComposeFile, s: Written, name: string): Edits {
  const path = ['services', s.name, 'build', 'args'];
  const args = s.build?.args ?? [];
  const index = args.findIndex((a) => a.name === name);
  const arg = args[index];
  if (!arg) return [];
  if (args.length === 1) return removeKey(compose, path);
  return arg.style === 'map' ? removeKey(compose, [...path, name]) : removeListItem(compose, path, index);
}

/** `build.secrets:` with this one in it; a bare `build: .` becomes a map. */
export function grantToBuild(compose: ComposeFile, s: Written, id: string): Edits {
  if (s.build?.short && s.build.context) return setServiceKey(compose, s, 'build', `context: ${s.build.context.raw}\nsecrets:\n  - ${id}`);
  return addListItem(compose, ['services', s.name, 'build', 'secrets'], id);
}

/** The files of a service, the weakest first: what is added stands there. */
export const firstFile = (machine: Machine, service: Service): ReturnType<typeof written>[number] | undefined => (service.compose ? written(machine.files, service.compose).at(-1) : undefined);

/** The folder as a whole: a COPY would else bring it along, empty. */
export const outOfSight = (machine: Machine, all: readonly Placed[]): readonly Change[] => keptOut(machine, all.map((p) => p.path.split('/').slice(0, -1).join('/')));
