import type { ByHand, StartedAgain } from '../model/change.ts';
import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { list, text } from '../model/text.ts';
import { leaningOn } from './celery-broker.ts';
import { WARM_SECONDS, warmSeconds } from './grace.ts';
import { looksUpOnce, proxiesOf } from './reach-kind.ts';
import { runningOf } from './service-files.ts';

const standing = (machine: Machine, service: Service): Pick<StartedAgain, 'service' | 'containers' | 'compose'> => ({
  service: service.name, containers: runningOf(machine, service).map(({ id, name }) => ({ id, name })), ...(service.compose ? { compose: service.compose } : {}),
});

/** Proxies that would go on asking the old addresses of what stands behind them. */
function proxies(machine: Machine, anew: readonly Service[]): readonly StartedAgain[] {
  const fronts = new Map<Service, string[]>();
  for (const service of anew) {
    for (const proxy of proxiesOf(machine, service)) if (!anew.includes(proxy) && looksUpOnce(machine, proxy)) fronts.set(proxy, [...(fronts.get(proxy) ?? []), service.name]);
  }
  return [...fronts].flatMap(([proxy, of]) => (runningOf(machine, proxy).length > 0 ? [{ ...standing(machine, proxy), of, when: 'moved' as const }] : []));
}

/** Stopped, it is gone; or it is somebody else's to stop. */
const isOurs = ({ owner, autoRemove }: Container): boolean => !autoRemove && (owner.kind === 'this-project' || owner.kind === 'plain');

/** Who runs on while these are started anew, and has to be started again with them. */
export function startedAgain(machine: Machine, anew: readonly Service[]): readonly StartedAgain[] {
  const workers = leaningOn(machine, anew).filter(({ worker }) => !worker.host && runningOf(machine, worker).every(isOurs));
  return [
    ...workers.map(({ worker, of }): StartedAgain => ({ ...standing(machine, worker), of: of.map((s) => s.name), when: 'always', seconds: warmSeconds(machine, worker) })),
    ...proxies(machine, anew),
  ];
}

/** The same for workers that are not ours to start again: a container that is gone once it is stopped, one of another project. */
export function leftRunning(machine: Machine, anew: readonly Service[]): readonly ByHand[] {
  const own = leaningOn(machine, anew).filter(({ worker }) => !worker.host && !runningOf(machine, worker).every(isOurs)).map(({ worker, of }) => ({ names: runningOf(machine, worker).map((c) => c.name), services: [worker.name], of: of.map((s) => s.name), seconds: warmSeconds(machine, worker) }));
  const workers = new Set(machine.elsewhere.filter((e) => e.kind === 'container' && e.worker).map((e) => e.name));
  const strangers = anew.flatMap((s) => runningOf(machine, s).flatMap((c) => c.connected ?? []).flatMap((c) => (c.by && workers.has(c.by.name) ? [{ name: c.by.name, of: s.name }] : [])));
  const others = [...new Set(strangers.map((s) => s.name))].map((name) => ({ names: [name], services: [], seconds: WARM_SECONDS, of: [...new Set(strangers.filter((s) => s.name === name).map((s) => s.of))] }));
  return [...own, ...others].map(({ names, services, of, seconds }): ByHand => {
    const [who, broker] = [list(names), list(of)];
    return {
      kind: 'by-hand', services, afterwards: true,
      words: text(
        `start ${who.en} again: ${names.length === 1 ? 'it takes its' : 'they take their'} jobs from ${broker.en}, and may take none any more`,
        `重启 ${who['zh-CN']}：它从 ${broker['zh-CN']} 取任务，之后可能一个也不再接`,
      ),
      // The engine's own ten seconds would cut off what it does.
      commands: [['docker', 'restart', '-t', String(seconds), ...names]],
    };
  });
}
