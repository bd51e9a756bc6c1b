import type { Docker } from '../system/system.ts';

/** Tags that were made for a step which never began: no undo knows them, and nothing is lost without them. */
export async function dropStrays(keeps: readonly string[], begun: ReadonlyMap<number, unknown>, docker: Docker | undefined): Promise<void> {
  const known = JSON.stringify([...begun.values()]);
  for (const tag of keeps) {
    if (known.includes(JSON.stringify(tag)) || !(await docker?.look.image(tag).catch(() => undefined))) continue;
    await docker?.act({ deed: 'untag', tag }).catch(() => undefined);
  }
}
