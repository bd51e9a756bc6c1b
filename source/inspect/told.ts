import { basename } from 'node:path';
import type { Machine, SourceFile } from '../model/machine.ts';
import { text, type Text } from '../model/text.ts';
import { isDockerfile } from './names.ts';

/** What configures a program by itself: told by name. Compose files are told with the project. */
const CONFIGURES = /\.(?:ini|conf|cfg|service|socket|acl)$|(?:^|\/)(?:gunicorn|celery_?config)[^/]*\.py$/;
const IS_CELERY = /\bCelery\s*\(/;
/** Names that a row has room for, in columns. */
const ROOM = 44;

/** A version as people say it: the first two numbers. */
export const spokenVersion = (version: string): string => /^\d+\.\d+/.exec(version)?.[0] ?? version;

const configures = (file: SourceFile): boolean => CONFIGURES.test(file.path) || (file.path.endsWith('.py') && IS_CELERY.test(file.text));

/** Files by name, as far as there is room: Dockerfiles are counted, what configures something is named. */
export function filesTold(files: ReadonlyMap<string, SourceFile>): Text {
  const all = [...files.values()];
  const dockerfiles = all.filter((file) => isDockerfile(file.path)).length;
  const paths = all.filter(configures).map((file) => file.path);
  if (dockerfiles + paths.length === 0) return text(`${all.length} ${all.length === 1 ? 'file' : 'files'} that can decide something`, `${all.length} 个可能起决定作用的文件`);
  // Its own name is enough where no other has it; code is told with its folder.
  const names = paths.map((path) => (path.endsWith('.py') || paths.filter((other) => basename(other) === basename(path)).length > 1 ? path : basename(path)));
  const shown = names.filter((_, i) => names.slice(0, i + 1).join(', ').length <= ROOM);
  const left = names.length - shown.length;
  return text(
    [...(dockerfiles > 0 ? [`${dockerfiles} ${dockerfiles === 1 ? 'Dockerfile' : 'Dockerfiles'}`] : []), ...shown, ...(left > 0 ? [`${left} more`] : [])].join(', '),
    [...(dockerfiles > 0 ? [`${dockerfiles} 个 Dockerfile`] : []), ...shown, ...(left > 0 ? [`另有 ${left} 个`] : [])].join('、'),
  );
}

/** How many services there are, by which compose files, and how many of them run. */
export function projectTold({ services, containers }: Pick<Machine, 'services' | 'containers'>): Text {
  const up = new Set(containers.filter((c) => c.running || c.restarting).map((c) => c.id));
  const running = services.filter((s) => s.containers.some((id) => up.has(id)) || (s.pids ?? []).length > 0).length;
  const files = [...new Set(services.flatMap((s) => s.compose?.files ?? []))];
  const [en, zh] = files.length === 0 ? ['', ''] : files.length > 2 ? [`${files.length} compose files: `, `${files.length} 个 compose 文件：`] : [`${files.join(', ')}: `, `${files.join('、')}：`];
  return text(`${en}${services.length} ${services.length === 1 ? 'service' : 'services'}, ${running} running`, `${zh}${services.length} 个服务，${running} 个在运行`);
}
