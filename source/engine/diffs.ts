import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { relative, sep } from 'node:path';
import type { KeptFile } from '../system/preview.ts';
import type { FileDiff } from './session.ts';

const octal = (mode: number | undefined): string => `100${((mode ?? 0o644) & 0o111) !== 0 ? '755' : '644'}`;

/** The mode of a new file that git can't say: it has 644 and 755 alone. */
const unsaid = ({ before, after, mode }: KeptFile): number | undefined => (!before && after && mode !== undefined && ![0o644, 0o755].includes(mode & 0o7777) ? mode & 0o7777 : undefined);

const headers = (from: string, to: string, before = '', after = ''): string =>
  createTwoFilesPatch(from, to, before, after, undefined, undefined, { context: 3, timeout: 10_000, headerOptions: FILE_HEADERS_ONLY }) ?? '';

/** git quotes a path with unusual characters, in octal; the library does it for its own lines, so for all of them. */
const quoted = (path: string): string => /^--- (.*)$/m.exec(headers(path, path))?.[1] ?? path;

/**
 * A patch as `git apply` takes it: `diff --git` header, `new file mode` (without it a new entrypoint arrives as 0644 and
 * cannot start, measured), paths relative to `base`. Line endings and a missing last newline are kept.
 */
export function gitPatch(file: KeptFile, base: string, root = base): FileDiff {
  const outside = file.path !== root && !file.path.startsWith(root + sep);
  // Outside the project it is nothing for git: the patch is one for `patch -p1 -d /`.
  const path = relative(outside ? '/' : base, file.path).split('\\').join('/');
  const before = file.before?.toString('utf8') ?? '';
  const after = file.after?.toString('utf8') ?? '';
  const body = headers(file.before ? `a/${path}` : '/dev/null', file.after ? `b/${path}` : '/dev/null', before, after);
  const mode = !file.before ? `new file mode ${octal(file.mode)}\n` : !file.after ? `deleted file mode ${octal(file.beforeMode)}\n` : '';
  const real = unsaid(file);
  const lines = body.split('\n').filter((l) => !/^(\+\+\+|---) /.test(l));
  return {
    path: outside ? file.path : path,
    ...(outside ? { outside } : {}),
    ...(real === undefined ? {} : { mode: real }),
    patch: `diff --git ${quoted(`a/${path}`)} ${quoted(`b/${path}`)}\n${mode}${body}`,
    added: lines.filter((l) => l.startsWith('+')).length,
    removed: lines.filter((l) => l.startsWith('-')).length,
  };
}
