import { lineage, finalStage } from '../files/dockerfile.ts';
import type { Image } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Build } from '../model/service.ts';
import { dockerfileOf, folderOf } from '../settings/parsed.ts';
import { instructionOf } from './docker.ts';
import { isDockerfile } from './names.ts';

/** Length of the longest common subsequence, in the order both have. */
function common(a: readonly string[], b: readonly string[], same: (x: string, y: string) => boolean): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    for (let j = 0; j < b.length; j++) next.push(same(x, b[j] ?? '') ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Both builders write an exec form their own way, EXPOSE as a Go map, and the shell that a shell form needs before it. */
const bare = (s: string): string =>
  s.replace(/^RUN (?:--(?:mount|network|security)=\S+ )+/, 'RUN ').replace(/\\(?=")/g, '').replace(/["[\],{}]/g, ' ').replace(/map|\/tcp|:/g, ' ').replace(/\s+/g, ' ').trim()
    .replace(/^(RUN|CMD|ENTRYPOINT) \/bin\/(?:ba|da)?sh (?:-\w+ (?:pipefail )?)*?-\w*c /, '$1 ');

/**
 * COPY and ADD lose their source names in a legacy history (`COPY dir:<sha> in .`), HEALTHCHECK is a Go struct there, and a
 * variable of the build has its value: only the keyword is compared then.
 */
function alike(step: string, instruction: string): boolean {
  if (step === instruction) return true;
  const keyword = /^(\w+)/.exec(instruction)?.[1] ?? '';
  if (/^(?:COPY|ADD|HEALTHCHECK)$/.test(keyword) || (/^(?:ENV|LABEL|USER|WORKDIR|EXPOSE|VOLUME)$/.test(keyword) && instruction.includes('$'))) return step.startsWith(`${keyword} `);
  return bare(step) === bare(instruction);
}

const SILENT = new Set(['FROM', 'ARG', 'ONBUILD']);

/**
 * The Dockerfile whose last stage an image's history follows best. 18 of 18 were found this way among 31 (FACTS.md,
 * section 0); two that tie, or one that matches in part only, give nothing: a wrong tie is worse than none.
 */
export function dockerfilesByHistory(image: Image, files: Machine['files']): Build | undefined {
  const steps = image.history.map((h) => h.createdBy);
  const scored = [...files.values()]
    .filter((f) => isDockerfile(f.path))
    .flatMap((file) => {
      const df = dockerfileOf(file, {});
      const stage = finalStage(df);
      const wanted = stage ? lineage(stage, df).flatMap((s) => s.instructions).filter((i) => !SILENT.has(i.keyword)).map((i) => instructionOf(`${i.keyword} ${i.args}`)) : [];
      return wanted.length > 0 ? [{ file, count: wanted.length, score: common(wanted, steps, (w, s) => alike(s, w)) / wanted.length }] : [];
    })
    .filter((s) => s.score === 1)
    .sort((a, b) => b.count - a.count);
  const [best, second] = scored;
  if (!best || second?.count === best.count) return undefined;
  return { context: folderOf(best.file.path), dockerfile: best.file.path, args: {} };
}
