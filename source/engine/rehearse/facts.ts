import { inspectProcesses } from '../../inspect/processes.ts';
import { throughDocker } from '../../inspect/through-docker.ts';
import type { Live } from '../../model/process.ts';
import type { RawContainer } from '../../system/raw.ts';
import { LOG_LINES } from '../telling.ts';
import { workersIn } from '../worker-answers.ts';
import { mayGoOn, type Ground } from './context.ts';
import type { Asked, Toolbox } from './probe.ts';
import { probe } from './probe.ts';
import type { Copy } from './world.ts';
import type { Named } from './crews.ts';
import { writable, type May, type Place } from './writes.ts';

/** What is true of one copy. */
export interface Facts {
  readonly state: 'running' | 'ended';
  /** The engine's words or the exit code, where it does not run. */
  readonly ended?: string;
  readonly health?: string;
  readonly live: Live;
  readonly raw?: RawContainer;
  /** Answers by port, as vitals have them (`200 html`, `connects`, `nothing`); absent where nothing could ask. */
  readonly answers: ReadonlyMap<number, string>;
  /** By place: whether somebody who runs in there may write; undefined where it could not be tried. */
  readonly writes: ReadonlyMap<string, boolean | undefined>;
  /** By place, the same for each program that has business there. */
  readonly each?: ReadonlyMap<string, ReadonlyMap<string, May>>;
  /** What a refused write said. */
  readonly complaints: ReadonlyMap<string, string>;
  readonly log: string;
  /** Its Celery workers by name, and whether each answers through its broker; where they are asked. */
  readonly workers?: ReadonlyMap<string, string>;
}

export interface Wanted {
  readonly ports: readonly Asked[];
  readonly places: readonly Place[];
  /** What supervisord is known to start in there. */
  readonly programs?: readonly Named[];
  /** Celery workers are asked whether they answer. */
  readonly workers?: boolean;
}

const NOTHING: Live = { processes: [], listeners: [], sockets: [] };
/** The engine's own name server listens in every network of one's own. */
const mine = (live: Live): Live => ({ ...live, listeners: live.listeners.filter((l) => l.address !== '127.0.0.11') });

/** What runs in each copy. */
export async function livesOf(ground: Ground, copies: readonly Copy[]): Promise<ReadonlyMap<string, Live>> {
  const { system, docker } = ground;
  const proc = system.processes.available ? (await inspectProcesses(system.processes)).byContainer : new Map<string, Live>();
  const found = await Promise.all(copies.filter((c) => c.id !== '').map(async (c) => [c.id, mine(proc.get(c.id) ?? (await throughDocker(docker, c.id, { asks: true }).catch(() => NOTHING)))] as const));
  return new Map(found);
}

/** The facts of one copy. */
export async function factsOf(ground: Ground, copy: Copy, live: Live, wanted: Wanted, asks: Toolbox | undefined): Promise<Facts> {
  const { docker } = ground;
  mayGoOn(ground.interrupt);
  const raw = copy.id === '' ? undefined : await docker.look.container(copy.id);
  const log = copy.id === '' ? '' : await docker.look.logs(copy.id, LOG_LINES).catch(() => '');
  const none = { answers: new Map<number, string>(), writes: new Map<string, boolean | undefined>(), complaints: new Map<string, string>() };
  if (!raw?.State.Running) return { state: 'ended', ended: copy.refused ?? `${raw?.State.ExitCode ?? ''}`, live: NOTHING, ...(raw ? { raw } : {}), ...none, log };
  const [answers, tried, workers] = await Promise.all([
    probe(ground, copy, live, wanted.ports, asks),
    writable(ground, copy, live.processes, wanted.places, wanted.programs),
    wanted.workers ? workersIn(ground.system, copy.id, raw.Config.Hostname, live.processes) : new Map<string, string>(),
  ]);
  return { state: 'running', ...(raw.State.Health ? { health: raw.State.Health.Status } : {}), live, raw, answers, writes: tried.may, each: tried.by, complaints: tried.said, log, workers };
}

