import { givenUp, hostLog } from '../changes/host-owner.ts';
import type { RestartHost } from '../model/change.ts';
import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Vital } from '../model/proof.ts';
import { text, type Text } from '../model/text.ts';
import type { Event } from './session.ts';
import type { System } from '../system/system.ts';
import { roots, settleHost } from './host-vitals.ts';
import { timeAway, type Door } from './away.ts';
import { worseWords } from './said-vital.ts';
import { allStand, lastWord, PATIENCE_MS, wordAfter } from './patience.ts';
import { cutOff } from './rehearse/means.ts';
import { LOG_LINES, telling } from './telling.ts';
import { askedOf, compareVitals, settle, takeVitals } from './vitals.ts';
import { isPing, PONG, takeWorkers } from './worker-answers.ts';

/** The user's own health check: a URL that must answer as before, or words for `sh -c` that must exit 0. */
export type Check = { readonly kind: 'url'; readonly url: string } | { readonly kind: 'command'; readonly words: string };

export interface WatchContext {
  readonly system: System;
  readonly machine: Machine;
  readonly inspectAgain: () => Promise<Machine>;
  readonly replaced: readonly string[];
  /** Workers that run on without their broker until a person starts them again. */
  readonly leftRunning?: readonly string[];
  /** The owners that start programs of the machine itself again. */
  readonly hosts: readonly RestartHost[];
  /** Published ports that the plan closes on purpose: that they answer is not to be true afterwards. */
  readonly closes?: readonly { readonly service: string; readonly port: number }[];
  readonly checks: readonly Check[];
  /** What was true before, where that was noted: what is seen now is the middle of a run that was cut off. */
  readonly known?: readonly Vital[];
  /** How long starts of these have taken that are known, in milliseconds. */
  readonly starts?: readonly number[];
  /** Breaks the watch at once: what was begun is taken back then. */
  readonly interrupt?: AbortSignal;
  readonly onEvent: (event: Event) => void;
}

export interface Watched {
  readonly vitals: readonly Vital[];
  readonly failure?: { readonly what: Text; readonly log: readonly string[]; /** Whose it is, and the picture that shows it. */ readonly service: string; readonly machine: Machine };
}

export interface Watcher {
  readonly before: readonly Vital[];
  /** They are being stopped: how long each is away is measured from here on. */
  stopped(services: readonly string[]): void;
  /** Milliseconds that each was away so far. The measuring ends with it. */
  away(): Readonly<Record<string, number>>;
  after(): Promise<Watched>;
  /** After taking back: the same facts once more. */
  again(): Promise<readonly Vital[]>;
}

async function ask(system: System, check: Check): Promise<Vital> {
  if (check.kind === 'url') {
    const got = await system.net.get(check.url, 10_000);
    return { service: 'check', what: check.url, before: got ? `${got.status} ${got.type.split('/').at(-1) ?? ''}` : 'nothing' };
  }
  // The user's own words, from the command line only (DECISIONS.md, "Secrets and a hostile tree").
  const { code } = await system.shell.ask(['sh', '-c', check.words], { timeoutMs: 60_000 });
  return { service: 'check', what: check.words, before: code === 0 ? 'ok' : 'nothing' };
}

const BEAT_MS = 500;
/** As long as a worker may take to get its broker back by itself. */
const RAN_ON_MS = 15_000;
const RESTARTS = 3;

/** Notes what is true of every service before a change, and says afterwards what is not true any more. */
export async function watch(context: WatchContext): Promise<Watcher> {
  const { system, onEvent } = context;
  const all = async (machine: Machine): Promise<readonly Vital[]> =>
    context.replaced.length === 0 ? [] : [...(await takeVitals(system.net, machine)), ...(await Promise.all(context.checks.map((c) => ask(system, c))))];
  const workers = async (machine: Machine): Promise<readonly Vital[]> => (context.replaced.length === 0 ? [] : takeWorkers(system, machine));
  // A worker that can't be asked from here is not asked afterwards either.
  const before = context.known ?? (await Promise.all([all(context.machine), workers(context.machine).then((some) => some.filter((v) => v.before === PONG))])).flat();
  const closes = (v: Vital): boolean => (context.closes ?? []).some((c) => c.service === v.service && c.port === v.inside);
  const kept = before.filter((v) => !closes(v));
  // A service whose every port is closed on purpose, or was bad before, has no door to be measured by.
  const doors = askedOf(system.net, context.machine).flatMap((a): readonly Door[] => {
    const known = kept.filter((v) => v.service === a.service && v.what === a.what && compareVitals([v], [v])[0]?.result === 'same');
    return known.map((v) => ({ service: a.service, asBefore: async () => compareVitals([v], [{ ...v, before: await a.ask() }])[0]?.result === 'same' }));
  });
  const clock = timeAway(system, doors);

  const containerOf = (machine: Machine, service: string): Container | undefined => {
    const id = machine.services.find((s) => s.name === service)?.containers[0];
    return machine.containers.find((c) => c.id === id);
  };
  const ownerOf = (service: string): RestartHost | undefined => context.hosts.find((h) => h.services.includes(service));
  const lines = async (machine: Machine, service: string): Promise<readonly string[]> => {
    const [c, owner] = [containerOf(machine, service), ownerOf(service)];
    return telling((owner ? await hostLog(system, owner, LOG_LINES, service) : c && (await system.docker?.look.logs(c.id, LOG_LINES))) ?? '');
  };

  /** Waiting does not help any more: the engine is gone, or one that ran before has ended, or starts again and again. */
  const endedForGood = (machine: Machine, service: string): boolean => {
    const c = containerOf(machine, service);
    const ran = before.some((v) => v.service === service && v.what === 'state' && v.before === 'running');
    return c !== undefined && ran && ((!c.running && !c.restarting) || c.restartCount >= RESTARTS);
  };
  /** First processes of the machine's own programs, as many as were seen: one that comes anew again and again has another each time. */
  const firsts = new Map<string, Set<number>>();
  const loops = (machine: Machine, service: string): boolean => {
    const seen = firsts.get(service) ?? new Set(roots(machine, service));
    firsts.set(service, seen);
    for (const pid of roots(machine, service)) seen.add(pid);
    return seen.size >= roots(context.machine, service).length + RESTARTS;
  };
  async function hopeless(machine: Machine): Promise<boolean> {
    const contained = context.replaced.filter((s) => !ownerOf(s));
    if (contained.length > 0 && (!machine.docker || contained.some((s) => endedForGood(machine, s)))) return true;
    const looping = context.hosts.flatMap((h) => h.services).filter((s) => loops(machine, s));
    return looping.length > 0 || (await Promise.all(context.hosts.map((h) => givenUp(system, h)))).some(Boolean);
  }

  /** A worker that says nothing of having lost its broker may only be slow: on a busy machine its program alone takes half a minute to ask. */
  async function isOver(ms: number, machine: Machine, vitals: readonly Vital[]): Promise<boolean> {
    const worse = vitals.filter((v) => v.result === 'WORSE');
    if (ms < PATIENCE_MS || ms >= 2 * PATIENCE_MS || !worse.every(isPing)) return ms >= PATIENCE_MS;
    const logs = await Promise.all(worse.map((v) => lines(machine, v.service)));
    return logs.some((log) => log.some((line) => cutOff(line, log.join('\n'))));
  }

  /**
   * One that is a person's to start again runs on without its broker: it may take jobs again and still answer no such question (Celery
   * 5.2.6 with redis, measured), or take none. What its log says of a broker that it has not got back counts; else nobody can tell.
   */
  const meant = (ms: number, machine: Machine, pings: readonly Vital[]): Promise<readonly Vital[]> => Promise.all(pings.map(async (v) => {
    if (v.result !== 'WORSE' || !context.leftRunning?.includes(v.service) || ms < RAN_ON_MS) return v;
    const log = await lines(machine, v.service);
    return log.some((line) => cutOff(line, log.join('\n'))) ? v : { ...v, result: 'cannot-tell' as const };
  }));

  /** Until everything answers as before, or the patience for it ends. */
  async function compared(wanted: readonly Vital[], broken?: AbortSignal): Promise<{ machine: Machine; vitals: readonly Vital[]; worse?: Vital }> {
    const started = system.now().getTime();
    const isLastWord = lastWord(system, wordAfter(context.starts ?? []));
    for (;;) {
      const machine = await context.inspectAgain();
      const asked = wanted.filter(isPing);
      const plain = compareVitals(wanted.filter((v) => !isPing(v)), await all(machine));
      const isWell = (some: readonly Vital[]) => (s: string): boolean => !some.some((v) => v.service === s && v.result === 'WORSE');
      clock.well(context.replaced.filter(isWell(plain)).filter((s) => !asked.some((v) => v.service === s)));
      // A worker may start before its broker does and wait for it: it is asked once all else is as before.
      const vitals = plain.some((v) => v.result === 'WORSE') || asked.length === 0 ? plain : [...plain, ...(await meant(system.now().getTime() - started, machine, compareVitals(asked, await workers(machine))))];
      const worse = vitals.find((v) => v.result === 'WORSE');
      if (vitals !== plain) clock.well(context.replaced.filter(isWell(vitals)));
      if (!worse) return { machine, vitals };
      if (broken?.aborted || (await hopeless(machine)) || isLastWord(vitals, allStand(context.machine, machine, context.replaced)) || await isOver(system.now().getTime() - started, machine, vitals)) return { machine, vitals, worse };
      await system.pause(BEAT_MS);
    }
  }

  return {
    before,
    stopped: clock.stopped,
    away: clock.times,
    async after() {
      const first = await compared(kept, context.interrupt);
      // What did not answer for a minute is not watched any longer, unless it may say why: it is down meanwhile.
      const settled = first.worse && !(await hopeless(first.machine)) ? [] : (await Promise.all([
        settle(system, async () => context.replaced.flatMap((service) => {
          const c = containerOf(first.machine, service);
          return c ? [{ service, id: c.id }] : [];
        }), context.interrupt),
        settleHost(system, context.replaced.flatMap((service) => roots(first.machine, service).map((pid) => ({ service, pid }))), context.interrupt),
      ])).flat();
      const fallen = settled.find((s) => s.failed);
      if (fallen) {
        return { vitals: first.vitals, failure: { what: text(`${fallen.service} ${fallen.failed ?? ''} after the change.`, `${fallen.service} 在更改后未能保持运行（${fallen.failed ?? ''}）。`), log: await lines(first.machine, fallen.service), service: fallen.service, machine: first.machine } };
      }
      if (context.interrupt?.aborted) return { vitals: first.vitals };
      const { machine, vitals, worse } = first.worse ? first : await compared(kept, context.interrupt);
      for (const vital of vitals) onEvent({ kind: 'vital', vital });
      if (!worse) return { vitals };
      return {
        vitals,
        failure: {
          what: worseWords(worse, vitals),
          log: await lines(machine, worse.service), service: worse.service, machine,
        },
      };
    },
    async again() {
      firsts.clear();
      return (await compared(before)).vitals;
    },
  };
}
