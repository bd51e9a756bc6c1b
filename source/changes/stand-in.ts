import { docker, type Bench } from './deed.ts';

/**
 * The image that a helper is made from: the one the step names, or, where somebody removed that name since
 * (`docker compose down --rmi local`), one that the run kept for its undo. Any of them has the same `find` and `chown`.
 */
export async function imageFor(image: string, bench: Bench): Promise<string> {
  const { look } = docker(bench);
  for (const one of [image, ...(bench.kept ?? [])]) if (await look.image(one)) return one;
  return image;
}
