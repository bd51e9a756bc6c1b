import { join } from 'node:path';
import type { Files } from '../system/system.ts';

/**
 * The first lines for a newcomer appear once in a lifetime: that they were shown is kept beside the journals. Where
 * nothing can be kept there is nothing to go by, and a greeting too many is better than none.
 */
export async function greeted(files: Pick<Files, 'makeFolder' | 'claim'>, state: string): Promise<boolean> {
  try {
    await files.makeFolder(state, 0o700);
    return await files.claim(join(state, 'greeted'), `${new Date().toISOString()}\n`);
  } catch {
    return true;
  }
}
