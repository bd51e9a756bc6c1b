import { openTrials, type Options, type Tried, type Trials } from '../rehearse/trials.ts';
import { CannotTell, type RehearseContext } from '../rehearse/context.ts';
import type { Container } from '../../model/container.ts';
import type { Found, Least, Place, Trial } from '../../model/least.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { text, type Text } from '../../model/text.ts';
import { BY_DEFAULT, capability, kept } from '../../settings/capabilities.ts';
import { runningOf } from '../../settings/service-files.ts';
import { tmpfsOf } from '../../settings/tmpfs.ts';
import { leastCapabilities } from './capabilities.ts';
import { leastPlaces } from './places.ts';
import type { Answer, Came } from './search.ts';
import { isTmp, keepsItself, placeOf, placesSeen } from './where.ts';

/** What a service is to be tried without. */
export interface Sought {
  readonly service: string;
  readonly capabilities: boolean;
  readonly writable: boolean;
}

/** Said before the first trial, and as each of them goes. */
export type LeastEvent =
  | { readonly kind: 'limits'; readonly services: readonly string[]; readonly trials: number; readonly seconds: number }
  | { readonly kind: 'trial'; readonly service: string; readonly number: number; readonly most: number; readonly given: string }
  | { readonly kind: 'tried'; readonly service: string; readonly number: number; readonly trial: Trial }
  | { readonly kind: 'found'; readonly service: string; readonly text: Text };

/** For each service: enough for three capabilities that no log names, and for a handful of places. */
export const MOST = { capabilities: 16, writable: 8 } as const;
/** What a trial takes, about: the copy starts, settles and is asked. */
const SECONDS = 12;

export interface LeastContext extends RehearseContext {
  readonly onTrial: (event: LeastEvent) => void;
  /** Another way to make copies; tests have their own. */
  readonly open?: typeof openTrials;
}

const listed = (words: readonly string[]): string => words.join(', ');

/** As one would write it in compose. */
function shown({ capDrop, capAdd, readOnly, tmpfs, volumes }: Options): string {
  return [
    ...(readOnly ? ['read_only', ...(tmpfs && tmpfs.length > 0 ? [`tmpfs: ${listed(tmpfs.map(tmpfsOf))}`] : [])] : []),
    ...(volumes && volumes.length > 0 ? [`volumes: ${listed(volumes.map((v) => v.path))}`] : []),
    ...(capDrop ? [`cap_drop: ${listed(capDrop)}`] : []),
    ...(capAdd && capAdd.length > 0 ? [`cap_add: ${listed(capAdd)}`] : []),
  ].join(', ');
}

/** What a trial said that tells why: its log, and what was refused to whoever tried to write. */
const lines = (tried: Tried): readonly string[] => [...tried.log, ...tried.rows.filter((r) => r.result === 'WORSE').map((r) => r.asPlanned.en)];

/** The lines of it that say what was refused, the last of them last; else its last ones. */
function telling(log: readonly string[]): readonly string[] {
  const said = log.filter((l) => /not permitted|denied|read-only file system|failed/i.test(l));
  return (said.length > 0 ? said : log).slice(-3);
}

/** One service's search: how its trials are made, counted and told. */
function trying(service: Service, trials: Trials, most: number, context: LeastContext): { readonly made: Trial[]; readonly ask: (options: Options) => Promise<Answer> } {
  const made: Trial[] = [];
  return {
    made,
    async ask(options) {
      const [given, number, started] = [shown(options), made.length + 1, context.system.now().getTime()];
      context.onTrial({ kind: 'trial', service: service.name, number, most, given });
      const tried = await trials.trial(service.name, options);
      const log = tried.holds ? [] : telling(lines(tried));
      const why = tried.cannotTell ?? (tried.holds ? undefined : tried.means);
      const trial: Trial = { given, outcome: tried.holds ? 'holds' : tried.cannotTell ? 'cannot-tell' : 'breaks', log, ...(why ? { why } : {}), ms: context.system.now().getTime() - started };
      made.push(trial);
      context.onTrial({ kind: 'tried', service: service.name, number, trial });
      return { holds: tried.holds, ...(tried.cannotTell ? { cannotTell: tried.cannotTell } : {}), log: lines(tried) };
    },
  };
}

const ended = <T>(came: Came<T>, trials: readonly Trial[]): Found<T> => ({ ...came, trials });
const needs = <T>(found: Found<T> | undefined): readonly T[] | undefined => (found && 'needs' in found ? found.needs : undefined);

async function capabilitiesOf(service: Service, c: Container, trials: Trials, context: LeastContext): Promise<Found<string>> {
  const own = c.capAdd.map(capability);
  const { made, ask } = trying(service, trials, MOST.capabilities, context);
  const candidates = kept(c.capDrop, []).filter((x) => BY_DEFAULT.includes(x) && !own.includes(x));
  const came = await leastCapabilities(candidates, (given) => ask({ capDrop: ['ALL'], capAdd: [...own, ...given] }), MOST.capabilities);
  return ended(came, made);
}

async function writableOf(service: Service, c: Container, beside: Options, trials: Trials, context: LeastContext): Promise<Found<Place>> {
  const first = await placesSeen(context.system, c, trials.asItIs(service.name).written);
  if ('en' in first) return { refused: first, trials: [] };
  const kept = first.find((p) => p.keeps);
  // Its data is brought into a volume that compose knows, from the one container that has it.
  if (kept && (!service.compose || service.containers.length !== 1)) return { refused: keepsItself(kept.path), trials: [] };
  const { made, ask } = trying(service, trials, MOST.writable, context);
  const came = await leastPlaces(first, (p) => isTmp(p) || p.keeps === true, (path) => placeOf(context.system, c, path), c.workdir, (all) => ask({ ...beside, readOnly: true, tmpfs: all.filter((p) => !p.keeps), volumes: all.filter((p) => p.keeps) }), MOST.writable);
  return ended(came, made);
}

const nothing = text('none at all', '一项也不需要');

function told({ capabilities, writable }: Least): readonly Text[] {
  const [caps, places] = [needs(capabilities), needs(writable)];
  const [memory, data] = [false, true].map((keeps) => (places ?? []).filter((p) => (p.keeps === true) === keeps).map((p) => p.path)) as [string[], string[]];
  return [
    ...(caps ? [text(`capabilities: ${listed(caps) || nothing.en}`, `capability：${caps.join('、') || nothing['zh-CN']}`)] : []),
    ...(places ? [text(`read-only, in memory: ${listed(memory) || 'nothing'}`, `只读，放在内存里：${memory.join('、') || '无'}`)] : []),
    ...(data.length > 0 ? [text(`in a volume: ${listed(data)}`, `放在卷里：${data.join('、')}`)] : []),
    ...[capabilities, writable].flatMap((f) => (f && 'refused' in f ? [f.refused] : [])),
  ];
}

/** Nothing of it could be tried. */
const without = (sought: Sought, refused: Text): Least => ({
  ...(sought.capabilities ? { capabilities: { refused, trials: [] } } : {}),
  ...(sought.writable ? { writable: { refused, trials: [] } } : {}),
});

/** The copies, or why there can be none. */
async function opened(machine: Machine, services: readonly string[], context: LeastContext): Promise<Trials | Text> {
  const running = services.filter((name) => machine.services.some((s) => s.name === name && runningOf(machine, s).length > 0));
  if (running.length === 0) return text(`${services.join(', ')} does not run, so there is nothing to compare a copy with`, `${services.join('、')} 没有在运行，没有可以比较的`);
  try {
    return await (context.open ?? openTrials)(machine, running, context);
  } catch (error) {
    if (error instanceof CannotTell) return error.why;
    throw error;
  }
}

/** One service, the capabilities first: what is tried read-only then has them already, so that both were seen together. */
async function leastOf(machine: Machine, sought: Sought, trials: Trials, context: LeastContext): Promise<Least> {
  const service = machine.services.find((s) => s.name === sought.service);
  const [c] = service ? runningOf(machine, service) : [];
  if (!service || !c) return without(sought, text(`${sought.service} does not run, so there is nothing to compare a copy with`, `${sought.service} 没有在运行，没有可以比较的`));
  const { cannotTell } = trials.asItIs(service.name);
  if (cannotTell) return without(sought, cannotTell);
  const capabilities = sought.capabilities ? await capabilitiesOf(service, c, trials, context) : undefined;
  const found = needs(capabilities);
  const beside: Options = found ? { capDrop: ['ALL'], capAdd: [...c.capAdd.map(capability), ...found] } : {};
  const writable = sought.writable ? await writableOf(service, c, beside, trials, context) : undefined;
  return { ...(capabilities ? { capabilities } : {}), ...(writable ? { writable } : {}) };
}

/**
 * Finds, by disposable copies, the least that each service holds with. Nothing of the user's is touched; whatever ends it,
 * the copies are taken away. The machine comes back with what was seen.
 */
export async function leastPrivilege(machine: Machine, all: readonly Sought[], context: LeastContext): Promise<Machine> {
  const wanted = all.filter((s) => s.capabilities || s.writable);
  if (wanted.length === 0) return machine;
  const most = Math.max(...wanted.map((s) => (s.capabilities ? MOST.capabilities : 0) + (s.writable ? MOST.writable : 0)));
  context.onTrial({ kind: 'limits', services: wanted.map((s) => s.service), trials: most, seconds: SECONDS });
  const found = new Map(machine.trials ?? []);
  const trials = await opened(machine, wanted.map((s) => s.service), context);
  try {
    for (const sought of wanted) {
      const least = 'en' in trials ? without(sought, trials) : await leastOf(machine, sought, trials, context);
      found.set(sought.service, { ...found.get(sought.service), ...least });
      for (const words of told(least)) context.onTrial({ kind: 'found', service: sought.service, text: words });
    }
  } finally {
    if (!('en' in trials)) await trials.end();
  }
  return { ...machine, trials: found };
}
