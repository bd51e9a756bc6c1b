import type { Place } from '../model/least.ts';

/** `--tmpfs` as the engine takes it. The folder's mode is the image's (measured), its owner is root unless it is said. */
export function tmpfsOf({ path, uid, gid }: Place): string {
  const options = [...(uid === undefined ? [] : [`uid=${uid}`]), ...(gid === undefined ? [] : [`gid=${gid}`])];
  return options.length > 0 ? `${path}:${options.join(',')}` : path;
}
