import type { System } from '../system/system.ts';

/** While this goes on a watchman stands beside us: should we die in the middle, the run is taken back all the same. */
export async function guarded<T>(system: Pick<System, 'post'>, work: (guards: (run: string) => Promise<void>) => Promise<T>): Promise<T> {
  const coming = system.post?.() ?? Promise.resolve(undefined);
  try {
    return await work(async (run) => (await coming)?.guards(run));
  } finally {
    await (await coming)?.dismiss();
  }
}
