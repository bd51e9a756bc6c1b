import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from '../../model/text.ts';
import { Stop } from '../../model/errors.ts';

export interface EndpointWish {
  readonly dockerHost?: string;
  readonly context?: string;
}

const DEFAULT = 'unix:///var/run/docker.sock';

/** Order as the docker CLI has it: flags, DOCKER_HOST, DOCKER_CONTEXT, the current context of config.json, the default. */
export async function resolveEndpoint(wish: EndpointWish, env: NodeJS.ProcessEnv): Promise<string> {
  if (wish.dockerHost) return wish.dockerHost;
  const folder = env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
  if (!wish.context && env['DOCKER_HOST']) return env['DOCKER_HOST'];
  const name = wish.context ?? env['DOCKER_CONTEXT'] ?? (await current(folder));
  if (!name || name === 'default') return env['DOCKER_HOST'] ?? DEFAULT;
  const meta = join(folder, 'contexts', 'meta', createHash('sha256').update(name).digest('hex'), 'meta.json');
  const host = await fs.readFile(meta, 'utf8').then((raw) => (JSON.parse(raw) as { Endpoints?: { docker?: { Host?: string } } }).Endpoints?.docker?.Host).catch(() => undefined);
  if (!host) {
    throw new Stop(text(`The Docker context "${name}" does not exist or can't be read (${meta}).`, `Docker 上下文“${name}”不存在或无法读取（${meta}）。`), [
      text('See what there is: docker context ls', '查看现有的上下文：docker context ls'),
    ]);
  }
  return host;
}

async function current(folder: string): Promise<string | undefined> {
  try {
    return (JSON.parse(await fs.readFile(join(folder, 'config.json'), 'utf8')) as { currentContext?: string }).currentContext;
  } catch {
    return undefined;
  }
}

/** Only unix sockets and loopback are this machine. */
export const isRemote = (endpoint: string): boolean =>
  !/^(unix|npipe):/.test(endpoint) && !/^(tcp|https?):\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/.test(endpoint);
