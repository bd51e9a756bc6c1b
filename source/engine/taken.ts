import type { Change, RestartHost, RunsAs, StartedAgain } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Choice, Plan } from '../model/plan.ts';
import type { Proposal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { lacksUser } from '../settings/user-entry.ts';

/** A choice that can be made here, and what it wants done. */
export interface Taken {
  readonly choice: Choice;
  readonly finding: Finding;
  readonly proposal: Proposal;
}

/** A step before it has its number. */
export interface Draft {
  readonly change: Change;
  readonly because: readonly string[];
}

/** Ids of the findings whose proposal wants it. */
export const serving = (taken: readonly Taken[], wants: (proposal: Proposal) => boolean): readonly string[] => taken.filter((t) => wants(t.proposal)).map((t) => t.finding.id);

/**
 * It can be replaced, and seen afterwards. A one-off that has ended (a migration) shares images with what runs, and a
 * program that somebody stopped stays stopped: neither is started by us. What was started and has no user is.
 */
export const runsNow = (machine: Machine, service: Service): boolean =>
  service.host ? service.host.running && (service.pids ?? []).length > 0 : machine.containers.some((c) => service.containers.includes(c.id) && (c.running || c.restarting || lacksUser(c)));

/**
 * It does not run and is to: somebody stopped it, or it fell. A one-off that did its work (a migration) ended with 0, and nothing
 * starts it again; one that was never started shows neither.
 */
export const isMissed = (machine: Machine, service: Service): boolean =>
  !service.host && !runsNow(machine, service) && machine.containers.some((c) => service.containers.includes(c.id) && c.exitCode !== undefined && (c.exitCode !== 0 || !/^(?:no)?$/.test(c.restart)));

/** Services that a plan starts anew, in containers and on the machine itself. */
export const startedAnew = (plan: Pick<Plan, 'steps'>): readonly string[] => [...new Set(plan.steps.flatMap(({ change }) =>
  change.kind === 'start-services' ? change.services.map((s) => s.service) : change.kind === 'restart-host' ? change.services : []))];

/** Who is started again whatever comes of it: a worker whose broker is started anew. */
export const always = (again: readonly StartedAgain[] | undefined): readonly StartedAgain[] => (again ?? []).filter((a) => a.when === 'always');

/** Services that a stop or a start takes away for a while. */
export const awayWith = ({ services, again }: { readonly services: readonly RunsAs[]; readonly again?: readonly StartedAgain[] }): readonly string[] => [...services.map((s) => s.service), ...always(again).map((a) => a.service)];

/** All that is away for a while: those, and who runs on and is started again with them. */
export const startedWith = (plan: Pick<Plan, 'steps'>): readonly string[] => [...new Set([...startedAnew(plan), ...plan.steps.flatMap(({ change }) => (change.kind === 'start-services' ? awayWith(change) : []))])];

/** Services of the plan that one which runs on takes its jobs from. */
export const leansOn = (plan: Pick<Plan, 'steps'>, service: string): readonly string[] => plan.steps.flatMap(({ change }) =>
  change.kind === 'start-services' ? always(change.again).flatMap((a) => (a.service === service ? a.of : [])) : change.kind === 'restart-host' && change.services.includes(service) ? (change.of ?? []) : []);

/** The owners of the machine's own programs that a plan lets start them again. */
export const hostOwners = (plan: Pick<Plan, 'steps'>): readonly RestartHost[] => plan.steps.flatMap(({ change }) => (change.kind === 'restart-host' ? [change] : []));

/** Services that run as planned only when a person has done something. */
export const leftToHand = (plan: Pick<Plan, 'steps'>): readonly string[] => [...new Set(plan.steps.flatMap(({ change }) => (change.kind === 'by-hand' && !change.afterwards ? change.services : [])))];

/** Workers that run on without their broker until a person starts them again. */
export const leftRunning = (plan: Pick<Plan, 'steps'>): readonly string[] => plan.steps.flatMap(({ change }) => (change.kind === 'by-hand' && change.afterwards ? change.services : []));

/** Ports that are closed on purpose: that they answer is not to be true afterwards. */
export const closedPorts = (plan: Pick<Plan, 'owed'>): readonly { readonly service: string; readonly port: number }[] => plan.owed.flatMap((o) => o.proofs).flatMap((p) => {
  const closed = (p.kind === 'reach' && p.published === 'no') || (p.kind === 'no-listener' && (!p.beyond || p.closes === true)) || (p.kind === 'loopback-only' && p.socket !== undefined);
  return closed ? [{ service: p.service, port: p.port }] : [];
});

/** Kinds of change that only an engine can do, or take back. */
const OF_ENGINE: ReadonlySet<Change['kind']> = new Set(['build-image', 'stop-services', 'own-mount', 'set-folder', 'start-services']);
export const needsEngine = (change: Change): boolean => OF_ENGINE.has(change.kind);
