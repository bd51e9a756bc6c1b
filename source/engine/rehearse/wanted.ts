import { isAbsolute, join, posix, relative, sep } from 'node:path';
import type { Machine } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import type { ComposeOrigin } from '../../model/service.ts';
import { composeFile } from '../../settings/compose-services.ts';
import type { Files } from '../../system/system.ts';
import { builtBefore } from '../baseline.ts';
import type { Part } from './cast.ts';
import type { Resolved } from './delta.ts';
import type { Wanted } from './stage.ts';

/** Compose projects of the services that a plan starts anew: as they are, and with the override that the plan makes. */
export function originsOf(plan: Plan): readonly { readonly before: ComposeOrigin; readonly after: ComposeOrigin }[] {
  const pick = (kind: 'stop-services' | 'start-services'): readonly ComposeOrigin[] => plan.steps.flatMap(({ change }) => (change.kind === kind ? change.services.flatMap((s) => s.compose ?? []) : []));
  const after = pick('start-services');
  return after.filter((o, i) => after.findIndex((x) => x.project === o.project) === i).map((one) => ({ after: one, before: pick('stop-services').find((o) => o.project === one.project) ?? one }));
}

interface Keys { readonly build?: { readonly context?: string; readonly additional_contexts?: Readonly<Record<string, string>> } }

/** What of the project a copy of it takes. */
export async function wantedFor(plan: Plan, machine: Machine, cast: readonly Part[], resolved: readonly Resolved[], files: Files): Promise<Wanted> {
  const { root } = plan;
  const mine = (path: string): readonly string[] => {
    const rel = relative(root, isAbsolute(path) ? path : join(root, path)).split(sep).join('/');
    return rel === '..' || rel.startsWith('../') || isAbsolute(rel) ? [] : [rel];
  };
  const builds = builtBefore(plan, machine);
  const more = resolved.flatMap((r) => builds.flatMap((b) => Object.values((r.services[b.compose?.service ?? ''] as Keys | undefined)?.build?.additional_contexts ?? {})).filter((c) => isAbsolute(c)));
  const contexts = [...builds.map((b) => b.build.context), ...more].flatMap(mine);
  const origins = originsOf(plan).flatMap((o) => [o.before, o.after]);
  const envFiles = origins.flatMap((o) => o.files.flatMap((path) => (composeFile(machine.files, path)?.services ?? []).flatMap((s) => s.envFile.map((e) => posix.join(posix.dirname(path), e.value)))));
  const binds = cast.flatMap((p) => p.raw.Mounts.filter((m) => m.Type === 'bind').map((m) => m.Source));
  const single = (await Promise.all(binds.map(async (b) => ((await files.stat(b).catch(() => undefined))?.kind === 'file' ? [b] : [])))).flat();
  const referred = resolved.flatMap((r) => [...Object.values(r.secrets), ...Object.values(r.configs)].flatMap((s) => s.file ?? []));
  const steps = plan.steps.flatMap(({ change }) => (change.kind === 'edit-file' ? [change.path] : change.kind === 'build-image' ? [change.build.dockerfile, `${change.build.dockerfile}.dockerignore`] : []));
  const own = [...machine.files.keys()].filter((path) => !isAbsolute(path));
  const all = [...own, ...steps, ...origins.flatMap((o) => [...o.files, ...o.envFiles, posix.join(o.directory, '.env')]), ...envFiles, ...single, ...referred].filter((p) => p !== '').flatMap(mine);
  return { contexts: [...new Set(contexts)], files: [...new Set(all)] };
}
