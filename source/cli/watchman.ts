import { openSession, type Wish } from '../engine/open.ts';
import type { Session } from '../engine/session.ts';
import { standing } from '../system/real/sentry.ts';

/** Stands beside a run until it is sent home; when the process that posted it has died, the run is taken back. */
export async function stand(): Promise<number> {
  let session: Session | undefined;
  const orders = await standing(async (wish) => {
    session = await openSession({ ...(wish as Wish), env: process.env });
  });
  if (orders) await session?.takeOver?.(orders);
  return 0;
}
