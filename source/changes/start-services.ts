import { text, list } from '../model/text.ts';
import { docker, type Bench, type Deed } from './deed.ts';
import { keptName, composeUp, throughCompose } from './stop-services.ts';
import { confineFlags, recreation } from './recreation.ts';
import type { RunsAs } from '../model/change.ts';

export interface StartUndo {
  /** Names that plain containers get again; what stands under them afterwards is ours to remove. */
  readonly plain: readonly { readonly name: string; readonly old: string }[];
}

async function startPlain(service: RunsAs, bench: Bench): Promise<void> {
  const engine = docker(bench);
  if (!service.container) return;
  const { id, name, remap, confine } = service.container;
  const old = (await engine.look.container(id)) ?? (await engine.look.container(keptName(bench.run, name)));
  const image = old && (await engine.look.image(old.Image));
  if (!old || !image) throw new Error(`container ${name} vanished`);
  const { spec, others } = recreation(old, image, remap, confine);
  await engine.act({ deed: 'create', name, spec, from: old.Id, ...(confine ? { flags: confineFlags(confine) } : {}) });
  for (const [network, endpoint] of others) await engine.act({ deed: 'connect', network, container: name, endpoint });
  await engine.act({ deed: 'start', container: name });
}

export const startServices: Deed<'start-services', StartUndo> = {
  tell: (change) => list(change.services.map((s) => s.service)),
  prepare: async (change) => ({ plain: change.services.flatMap((s) => (s.container ? [{ name: s.container.name, old: s.container.id }] : [])) }),
  async run(change, _undo, bench) {
    await composeUp(change.services.filter((s) => s.compose), bench);
    for (const service of change.services) await startPlain(service, bench);
  },
  async revert(change, undo, bench) {
    const engine = docker(bench);
    await throughCompose(change.services.filter((s) => s.compose), ['stop'], bench, (names) => text(`${names.en} could not be stopped.`, `${names['zh-CN']} 无法停止。`));
    for (const { name, old } of undo.plain) {
      const now = await engine.look.container(name);
      if (now && now.Id !== old) await engine.act({ deed: 'remove', container: now.Id });
    }
    return [];
  },
};
