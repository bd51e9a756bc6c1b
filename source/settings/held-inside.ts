import { leaves } from './leaves.ts';

/** What every container writes and nobody misses. */
const FLEETING = /^\/(tmp|run|var\/run|proc|sys|dev|root\/\.cache)(\/|$)|__pycache__|\.pyc$|^\/(usr\/)?sbin\/docker-init$/;

/** Files of a container's own layer, of all paths that `docker diff` names: what is mounted lies elsewhere. */
export const heldInside = (changed: readonly string[], mounted: readonly string[]): readonly string[] =>
  leaves(changed).filter((p) => !FLEETING.test(p) && !mounted.some((m) => p === m || m.startsWith(`${p}/`)));
