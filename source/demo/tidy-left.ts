import { join } from 'node:path';
import type { System } from '../system/system.ts';
import { MADE_BY } from '../engine/demos-left.ts';
import type { Engine, Project } from './project.ts';
import { scenarioNamed, scenariosFolder } from './scenario.ts';
import { tidy } from './tidy.ts';

/** Compose goes by the name alone: what another folder has under it by now is not the demo's, and stays. */
async function isItsOwn({ docker }: Engine, { root, name }: Project): Promise<boolean> {
  const labels = (await docker.look.containers()).map((c) => c.Config.Labels ?? {}).filter((l) => l['com.docker.compose.project'] === name);
  return labels.length > 0 && labels.every((l) => l['com.docker.compose.project.working_dir'] === root);
}

async function servicesOf({ files }: System, name: string): Promise<readonly string[]> {
  const scenario = await scenariosFolder(files).then((at) => scenarioNamed(files, at, name.replace(/-\d+$/, ''))).catch(() => undefined);
  return scenario?.services ?? [];
}

/** Takes a demo away whose process was killed, with its containers, volumes and images as far as they are its own. */
export async function tidyLeft(system: System, state: string, folder: string): Promise<void> {
  const copy = (await system.files.list(folder)).find((e) => e.kind === 'directory' && e.name !== MADE_BY);
  const project = copy && { root: await system.files.realpath(join(folder, copy.name)), name: copy.name };
  const engine = system.docker && { ...system, docker: system.docker };
  if (project && engine && (await isItsOwn(engine, project))) {
    if (!(await tidy(engine, project, { state, services: await servicesOf(system, project.name), folder }))) throw new Error('docker compose down did not end well');
    return;
  }
  await system.files.remove(folder);
}
