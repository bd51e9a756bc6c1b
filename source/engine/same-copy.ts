import { posix } from 'node:path';
import { instructionOf } from '../inspect/docker.ts';
import type { Service } from '../model/service.ts';
import type { RawHistory, RawImage } from '../system/raw.ts';
import type { Docker } from '../system/system.ts';

const MAKES = /^(?:RUN|COPY|ADD|WORKDIR)\b/;

/** A COPY as the builder recorded it, with the folder that its relative target starts from. */
interface Made {
  readonly words: string;
  readonly target?: string;
  /** It takes all of the build's folder: what lies there under a name lies in the image under the same one. */
  readonly whole: boolean;
}

/** Where a COPY puts its files, absolute; undefined for what can't be told (a JSON form, a `--from`). */
function targetOf(words: string, workdir: string): string | undefined {
  const parts = words.split(/\s+/).slice(1).filter((word) => word !== '#' && word !== 'buildkit');
  const last = parts.at(-1);
  return last === undefined || /[$\[\]"']/.test(words) ? undefined : posix.resolve(workdir, last);
}

function made(history: readonly RawHistory[]): readonly Made[] {
  let workdir = '/';
  return [...history].reverse().flatMap((entry) => {
    const words = instructionOf(entry.CreatedBy);
    if (words.startsWith('WORKDIR ')) workdir = posix.resolve(workdir, words.slice(8).trim());
    if (!(entry.Size > 0 || MAKES.test(words))) return [];
    const target = /^(?:COPY|ADD)\b/.test(words) ? targetOf(words, workdir) : undefined;
    return [{ words, whole: /^COPY (?:--\S+ )*\.\/? \S+(?: # buildkit)?$/.test(words), ...(target === undefined ? {} : { target }) }];
  });
}

/** Name, kind and mode, owner, and what is in it or where it points: all but the times. Into volumes below it, too: the engine fills them from the image. */
const LIST = 'for at in "$@"; do find "$at" -exec stat -c "%N %f %u:%g" {} + && find "$at" -type f -exec sha256sum {} + || exit 1; done';

async function listed(docker: Docker, image: string, at: readonly string[], aside: readonly string[]): Promise<string | undefined> {
  const answer = await docker.ask({ kind: 'helper', image, user: '0:0', argv: ['sh', '-c', LIST, 'sh', ...at] }).catch(() => undefined);
  const isAside = (row: string): boolean => aside.some((path) => row.endsWith(`  ${path}`) || row.startsWith(`${path} `) || row.startsWith(`'${path}' `));
  return answer?.code === 0 ? answer.stdout.split('\n').filter((row) => !isAside(row)).sort().join('\n') : undefined;
}

/** What tells Docker and us what to do, and the app nothing: a `COPY . .` takes it along all the same. Relative to the build's folder. */
function besideTheApp({ build, compose }: Service): readonly string[] {
  const named = [...(build ? [build.dockerfile, `${build.dockerfile}.dockerignore`, posix.join(build.context, '.dockerignore')] : []), ...(compose?.files ?? []), '.harden-tui.yaml'];
  return named.map((path) => posix.relative(build?.context ?? '.', path)).filter((path) => !path.startsWith('..'));
}

/**
 * True where two images differ in layers of COPY alone, and in those by their times alone. A builder that no longer has
 * such a step in its cache makes its layer anew, with the times of the files as they lie there now (measured). Compose
 * files, Dockerfiles and the like are left aside: a run that changed those alone builds nothing, and the next one would
 * be refused for it. Anything that can't be told is not the same.
 */
export async function differsInTimesAlone(docker: Docker, service: Service, running: RawImage, built: RawImage, histories: { readonly old: readonly RawHistory[]; readonly now: readonly RawHistory[] }): Promise<boolean> {
  const [old, now] = [running.RootFS.Layers ?? [], built.RootFS.Layers ?? []];
  const [before, after] = [made(histories.old), made(histories.now)];
  if (old.length !== now.length || after.length !== now.length || before.length !== after.length || before.some((one, i) => one.words !== after[i]!.words)) return false;
  const others = after.filter((_, i) => old[i] !== now[i]);
  const targets = others.flatMap((one) => one.target ?? []);
  if (others.length === 0 || targets.length !== others.length || targets.includes('/')) return false;
  const aside = others.flatMap((one) => (one.whole && one.target ? besideTheApp(service).map((path) => posix.join(one.target!, path)) : []));
  const [a, b] = await Promise.all([listed(docker, running.Id, targets, aside), listed(docker, built.Id, targets, aside)]);
  return a !== undefined && a === b;
}
