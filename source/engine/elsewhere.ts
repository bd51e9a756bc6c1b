import type { Plan } from '../model/plan.ts';

/** Data that changed hands here, and that lies on other machines, too: what has to be said there once. */
export interface Elsewhere {
  readonly volume: string;
  /** The place in the copy of the project that a server has, without the project's name. */
  readonly name: string;
  readonly argv: readonly string[];
}

/** A name that Docker made up is nobody's elsewhere. */
const MADE_UP = /^[0-9a-f]{64}$/;

/** Named volumes that went to the new user: a server that gets this change has its own, and they still belong to the old one. */
export function elsewhereOf(plan: Plan): readonly Elsewhere[] {
  return plan.steps.flatMap(({ change }): readonly Elsewhere[] => {
    if (change.kind !== 'own-mount' || change.mount.type !== 'volume' || MADE_UP.test(change.mount.source)) return [];
    const { source } = change.mount;
    const built = plan.steps.flatMap((s) => (s.change.kind === 'build-image' && s.change.service === change.service ? [s.change.image] : []))[0];
    const name = source.startsWith(`${plan.name}_`) ? source.slice(plan.name.length + 1) : source;
    return [{ volume: source, name, argv: ['docker', 'run', '--rm', '-u', '0', '--entrypoint', 'chown', '-v', `${source}:/v`, built ?? change.image, '-R', `${change.uid}:${change.gid}`, '/v'] }];
  });
}
