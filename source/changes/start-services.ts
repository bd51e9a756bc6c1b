import { list, text } from '../model/text.ts';
import { docker, staying, type Bench, type Deed, type Remark } from './deed.ts';
import { noteAddresses, startAgain, stopFirst } from './start-again.ts';
import { keptName, composeUp, throughCompose } from './stop-services.ts';
import { confineFlags, recreation } from './recreation.ts';
import type { RunsAs } from '../model/change.ts';

export interface StartUndo {
  /** Names that plain containers get again; what stands under them afterwards is ours to remove. */
  readonly plain: readonly { readonly name: string; readonly old: string }[];
}

/** Where a container that somebody else started in the meantime is put. */
export const sinceName = (run: string, name: string): string => `${name}-since-run-${run}`;

/** What bears the service's name is not what the run left running. */
export const startedSince = (service: string, now: string, left: Bench['left']): boolean => (left?.some((c) => c.service === service) ?? false) && !left?.some((c) => c.id === now);

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
    await startAgain(change.again, change.services, bench);
  },
  async revert(change, undo, bench) {
    const engine = docker(bench);
    await noteAddresses(change.services, bench);
    await stopFirst(change.again, bench);
    await throughCompose(change.services.filter((s) => s.compose), ['stop'], bench, (names) => text(`${names.en} could not be stopped.`, `${names['zh-CN']} 无法停止。`));
    const remarks: Remark[] = [];
    for (const { name, old } of undo.plain) {
      const now = await engine.look.container(name);
      if (!now || now.Id === old) continue;
      const service = change.services.find((s) => s.container?.name === name)?.service ?? name;
      if (!startedSince(service, now.Id, bench.left)) {
        await engine.act({ deed: 'remove', container: now.Id });
        continue;
      }
      // Somebody else's, and perhaps with data inside: it makes room for the old one, and stays.
      const aside = sinceName(bench.run, name);
      await engine.act({ deed: 'stop', container: now.Id });
      await engine.act({ deed: 'rename', container: now.Id, name: aside });
      remarks.push({ ...staying(text(`container ${aside}`, `容器 ${aside}`), text(
        `${name} was started anew since, by somebody else (${now.Id.slice(0, 12)}). It is stopped and kept as ${aside}; the one of before the run stands in its place.`,
        `${name} 之后由别人重新启动过（${now.Id.slice(0, 12)}）。它已停止并保留为 ${aside}；现在是那次运行之前的容器。`,
      )), done: true });
    }
    return remarks;
  },
};
