import { basename, dirname, join } from 'node:path';
import type { Files } from '../system/system.ts';

/** A process that died while it wrote leaves its half beside the file, under the name that `write` gives it. */
export async function dropHalves(files: Files, at: string): Promise<void> {
  const [folder, name] = [dirname(at), `.${basename(at)}.`];
  const isHalf = (other: string): boolean => other.startsWith(name) && /^[0-9a-f]{8}\.half$/.test(other.slice(name.length));
  if (!(await files.stat(folder))) return;
  for (const entry of await files.list(folder)) if (entry.kind === 'file' && isHalf(entry.name)) await files.remove(join(folder, entry.name));
}
