import { isRootUser } from '../files/dockerfile.ts';
import { runCommands } from './run-commands.ts';
import { tidy, workdirOf, type Shipped } from './service-files.ts';
import { ownUser } from './user.ts';

/** A RUN of the image gives this folder, or one above it with all it holds, to somebody who is not root. */
export function chowned(s: Shipped, folder: string): boolean {
  const workdir = workdirOf(s);
  return runCommands(s).some(([name, ...words]) => {
    if (!/^(?:\S*\/)?chown$/.test(name?.value ?? '')) return false;
    const flags = words.filter((w) => w.value.startsWith('-')).map((w) => w.value);
    const [owner, ...paths] = words.filter((w) => !w.value.startsWith('-')).map((w) => w.value);
    if (owner === undefined || owner.startsWith(':') || isRootUser(owner)) return false;
    const whole = flags.some((f) => f === '--recursive' || /^-\w*R/.test(f));
    const given = paths.map((p) => tidy(p.startsWith('/') ? p : `${workdir}/${p}`));
    return given.some((p) => p === folder || (whole && folder.startsWith(p === '/' ? '/' : `${p}/`)));
  });
}

/** An image with a user of its own that has given it the folder already. */
export function givenAway(s: Shipped, folder: string): boolean {
  const user = ownUser(s);
  return user !== undefined && !user.root && chowned(s, folder);
}
