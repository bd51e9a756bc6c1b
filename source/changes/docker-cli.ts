import { join } from 'node:path';
import { DEFAULT_ENDPOINT } from '../system/deeds.ts';
import type { ComposeOrigin } from '../model/service.ts';
import type { RunOptions } from '../system/system.ts';

/**
 * The resolved endpoint goes to every call; a context or host in the environment must not turn it elsewhere.
 * Undefined values are left out by the child process.
 */
const CLEARED = { DOCKER_HOST: undefined, DOCKER_CONTEXT: undefined } as unknown as Record<string, string>;

export const cliOptions = (onLine?: (line: string) => void): RunOptions => ({ env: { ...CLEARED, BUILDKIT_PROGRESS: 'plain', COMPOSE_ANSI: 'never' }, ...(onLine ? { onLine } : {}) });

export const dockerArgv = (endpoint: string, ...args: readonly string[]): readonly string[] =>
  endpoint === DEFAULT_ENDPOINT ? ['docker', ...args] : ['docker', '-H', endpoint, ...args];

/** The same project name, files and env files as the project was started with. */
export function composeArgv(endpoint: string, root: string, origin: ComposeOrigin, ...args: readonly string[]): readonly string[] {
  const files = origin.files.flatMap((f) => ['-f', join(root, f)]);
  const env = origin.envFiles.flatMap((f) => ['--env-file', join(root, f)]);
  return dockerArgv(endpoint, 'compose', '-p', origin.project, ...files, ...env, ...args);
}
