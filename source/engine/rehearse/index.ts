import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { deedOf } from '../../changes/index.ts';
import { StepFailed } from '../../changes/deed.ts';
import { Stop } from '../../model/errors.ts';
import type { Machine } from '../../model/machine.ts';
import type { Plan, Step } from '../../model/plan.ts';
import type { Compared, Rehearsal, Shown } from '../../model/rehearsal.ts';
import { list, text, type Text } from '../../model/text.ts';
import { logged } from '../../system/logged.ts';
import { NotAccepted, type Drift } from '../baseline.ts';
import { mustBeDrained } from '../drained.ts';
import { startedAnew } from '../taken.ts';
import { isPing } from '../worker-answers.ts';
import { besideEachOther, expectedOf, placesOf, programsIn } from './beside.ts';
import { breakageOf } from './breakage.ts';
import { built } from './built.ts';
import { castOf } from './cast.ts';
import { hasRoot, outcomeOf } from './compare.ts';
import { CannotTell, labelsOf, mayGoOn, STAGES, type Ground, type RehearseContext } from './context.ts';
import { mustBeNear } from './far.ts';
import { fileFor } from './file-for.ts';
import { toolboxes } from './probe.ts';
import { ownRows } from './own.ts';
import { folded, inServices, proven } from './proven.ts';
import { configOf, mustStayOurs, rolesOf, type Project } from './roles.ts';
import { settleCopies } from './settle.ts';
import { keyOf, shelf, type Edited, type Shelf } from './shelf.ts';
import { makeStage, staged, type Stage } from './stage.ts';
import { sweep } from './sweep.ts';
import { originsOf, wantedFor } from './wanted.ts';
import { raise, shelved, type Role, type World } from './world.ts';

export { sweep } from './sweep.ts';
export type { RehearseContext } from './context.ts';

/** Containers that a plan starts anew; programs of the machine itself have no copies. */
export const rehearsable = (plan: Plan, machine: Machine): readonly string[] => startedAnew(plan).filter((name) => machine.services.some((s) => s.name === name && !s.host && s.containers.length > 0));

/** Which step of the plan it was that could not be done. */
class OfStep extends StepFailed {
  readonly step: Step;
  constructor(step: Step, { what, log }: StepFailed) {
    super(what, log);
    this.step = step;
  }
}

/** What a plan hands to new owners before it starts anything, on the copies as planned. */
async function handOver(ground: Ground, plan: Plan, shelfAfter: Shelf, roles: readonly Role[]): Promise<void> {
  const bench = { system: ground.system, root: plan.root, run: ground.id, say: () => undefined };
  const failing = (step: Step) => (error: unknown): never => {
    throw error instanceof StepFailed ? new OfStep(step, error) : error;
  };
  for (const step of plan.steps) {
    const { change } = step;
    mayGoOn(ground.interrupt);
    if (change.kind === 'fill-volume') {
      // The running container is not touched: the copy begins with the image's own content, and the right owner.
      const volume = shelfAfter.get(keyOf({ type: 'volume', source: change.volume }));
      if (volume) await ground.docker.act({ deed: 'helper', image: ground.shell, user: '0:0', argv: ['chown', `${change.uid}:${change.gid}`, '/m'], mounts: [{ type: 'volume', source: volume, target: '/m' }] });
      continue;
    }
    if (change.kind !== 'own-mount' && change.kind !== 'set-folder' && change.kind !== 'make-keys') continue;
    const deed = deedOf(change.kind);
    const image = (await ground.docker.look.image(change.image)) ? change.image : ground.shell;
    if (change.kind === 'make-keys') {
      // The library that the keys are made with may be what the plan brings into the image.
      const own = roles.find((r) => r.part.name === change.service)?.image ?? image;
      const volume = shelfAfter.get(keyOf({ type: 'volume', source: change.volume }));
      if (volume) await deed.run({ ...change, image: own, volume, labels: ground.labels }, { made: true }, bench).catch(failing(step));
      continue;
    }
    const source = shelfAfter.get(keyOf(change.mount));
    if (!source) continue;
    const there = { ...change, image, mount: { type: 'volume' as const, source } };
    await deed.run(there, await deed.prepare(there, bench), bench).catch(failing(step));
  }
}

/** Files of the project that a folder mounted from it shows, as the plan makes them. */
const editsOf = (plan: Plan, stage: Stage): readonly Edited[] => plan.steps.flatMap(({ change }) => {
  if (change.kind !== 'edit-file' && change.kind !== 'create-file') return [];
  const there = staged(change.path, plan.root, stage.after);
  return there ? [{ path: join(plan.root, change.path), staged: there }] : [];
});

interface Said {
  rows: readonly Compared[];
  findings?: readonly Shown[];
  untried: readonly Text[];
  drift: readonly Drift[];
  buildMs: number;
  readyMs?: number;
}

const unique = (texts: readonly Text[]): readonly Text[] => texts.filter((t, i) => texts.findIndex((o) => o.en === t.en) === i);

/** Copies are published nowhere and no way leads out of them. Commands of `--check` are the host's; what was typed for copies, and URLs, were asked there. */
const untriedOf = (own: RehearseContext['own']): Text =>
  (own && own.length > 0
    ? text('what your app asks of other machines (no way leads out of a copy), and real data through it.', '应用对其他机器的访问（副本没有出去的路），以及真实数据。')
    : text('what your app asks of other machines (no way leads out of a copy), your own checks, and real data through your app.', '应用对其他机器的访问（副本没有出去的路）、你自己的检查，以及真实数据。'));

async function onGround(ground: Ground, plan: Plan, machine: Machine, replaced: readonly string[], context: RehearseContext, said: Said): Promise<Pick<Rehearsal, 'outcome' | 'why' | 'breakage'>> {
  const { docker, system } = ground;
  const { onEvent } = context;
  const at = join(context.state, STAGES, ground.id);
  onEvent({ kind: 'rehearsal', phase: 'building' });
  const began = system.now().getTime();
  const cast = await castOf(machine, replaced, docker);
  mustBeNear(machine, cast);
  const tools = await toolboxes(ground, [...new Set(cast.map((p) => p.raw.Image))]);
  if (!tools.shell) throw new CannotTell(text('No image of the project has a shell, by which a copy could be prepared.', '项目的镜像里都没有 shell，无法准备副本。'));
  const here: Ground = { ...ground, shell: tools.shell };
  const origins = originsOf(plan);
  const real = await Promise.all(origins.map((o) => configOf(system, o.before, plan.root, plan.root)));
  const stage = await makeStage(plan, await wantedFor(plan, machine, cast, real, system.files), at, system);
  const projects = await Promise.all(origins.map(async (o, i): Promise<Project> => ({ name: o.after.project, before: real[i] as Project['before'], after: await configOf(system, o.after, stage.after, plan.root) })));
  for (const p of projects) for (const side of [p.before, p.after]) mustStayOurs(side, Object.keys(side.services));
  mayGoOn(ground.interrupt);
  const { images, drift } = await built(here, plan, machine, stage, (line) => onEvent({ kind: 'line', step: 0, line }), context.refuseDrift);
  said.drift = drift;
  said.buildMs = system.now().getTime() - began;

  onEvent({ kind: 'rehearsal', phase: 'raising', text: text(`${list(cast.map((p) => p.name)).en}, twice`, `${list(cast.map((p) => p.name))['zh-CN']}，各两份`) });
  const confines = new Map(plan.steps.flatMap(({ change }) => (change.kind === 'start-services' ? change.services.flatMap((s) => (s.container?.confine ? [[s.service, s.container.confine] as const] : [])) : [])));
  const roles = await rolesOf(cast, projects, images, confines, docker);
  const up = async (world: 'before' | 'after'): Promise<World> => {
    const files = fileFor(system.files, plan.root, join(at, world), stage[world]);
    const mounts = (await Promise.all(roles[world].map((r) => shelved(r.mounts, files)))).flat();
    const own = await shelf(here, world, mounts, world === 'after' ? editsOf(plan, stage) : [], stage[world]);
    if (world === 'after') await handOver(here, plan, own, roles.after);
    return raise(here, world, roles[world], own, files);
  };
  // Both to their end, also where one fails: what is made meanwhile must be there to be taken away.
  const [old, now] = await Promise.allSettled([up('before'), up('after')]);
  for (const one of [old, now]) if (one.status === 'rejected') throw one.reason;
  if (old.status !== 'fulfilled' || now.status !== 'fulfilled') return { outcome: 'cannot-tell' };
  const worlds = [old.value, now.value] as const;
  said.untried = [...said.untried, ...worlds.flatMap((w) => w.untried)];
  const raised = system.now().getTime();
  await settleCopies(here, ...worlds.map((w) => [...w.copies.values()]));

  onEvent({ kind: 'rehearsal', phase: 'comparing' });
  const planned = (role: Role): Role => roles.after.find((r) => r.part.name === role.part.name) ?? role;
  const questions = roles.before.map((role) => ({ role, expected: expectedOf(role.part, plan, projects), places: replaced.includes(role.part.name) ? placesOf(machine, role, planned(role), plan) : [], programs: programsIn(machine, role), workers: true }));
  const row = (r: Compared): void => onEvent({ kind: 'compared', row: r });
  const { rows, before, after } = await besideEachOther(here, worlds, questions, tools.asks, row);
  said.rows = rows;
  if (!rows.some((r) => r.result === 'WORSE')) said.readyMs = system.now().getTime() - raised;
  const found = await proven(here, machine, plan, worlds, [before, after]);
  said.findings = found.findings;
  const isRootless = (service: string): boolean => {
    const known = after.get(service);
    return known !== undefined && known.live.processes.length > 0 && !hasRoot(known);
  };
  const told = folded(rows, found.told, isRootless);
  for (const r of [...told.rows.filter((one) => one.findings), ...told.fixes]) row(r);
  const own = await ownRows(context.own ?? [], worlds, { ground: here, asks: tools.asks, moved: new Map(questions.map((q) => [q.role.part.name, q.expected.moved])), first: replaced[0] ?? '' });
  for (const r of own) row(r);
  // Where a fix is proven by the worker's own words, that it answers is said with them.
  const spoke = new Set(plan.owed.flatMap((o) => o.proofs).flatMap((p) => (p.kind === 'serializers' ? [p.service] : [])));
  const rest = told.rows.filter((r) => !(r.result === 'same' && spoke.has(r.service) && isPing({ what: r.what.en })));
  said.rows = inServices([...rest, ...told.fixes, ...own], machine.services.map((s) => s.name), replaced);
  const { worse, ...outcome } = outcomeOf(said.rows, replaced, idleOf(machine, replaced));
  if (!worse) return outcome;
  return { ...outcome, breakage: breakageOf(worse, after.get(worse.service), now.value.copies.get(worse.service)?.refused, machine, plan) };
}

/** Services that were stopped when the machine was looked at. */
const idleOf = (machine: Machine, names: readonly string[]): readonly string[] => names.filter((name) => machine.containers.some((c) => c.service === name && !c.running && !c.restarting) && !machine.containers.some((c) => c.service === name && c.running));

/**
 * Old and new beside each other as disposable copies; nothing of the user's is written. Undefined where nothing of the plan
 * runs in a container. Whatever happens, all of it is taken away before this returns.
 */
export async function rehearse(plan: Plan, machine: Machine, context: RehearseContext): Promise<Rehearsal | undefined> {
  const replaced = rehearsable(plan, machine);
  const { docker } = context.system;
  if (!docker || replaced.length === 0) return undefined;
  await mustBeDrained(plan, machine, context.system);
  const system = logged(context.system, (argv) => context.onEvent({ kind: 'command', argv }));
  // With our pid: what has no label (an image, a folder) tells by it whose it was.
  const id = `${randomBytes(4).toString('hex')}-${String(system.processes.self)}`;
  const ground: Ground = { system, docker: system.docker ?? docker, id, labels: await labelsOf(system, id), shell: '', ...(context.interrupt ? { interrupt: context.interrupt } : {}) };
  const began = system.now().getTime();
  const hosts = startedAnew(plan).filter((name) => machine.services.some((s) => s.name === name && s.host));
  const said: Said = { rows: [], untried: [untriedOf(context.own), ...(hosts.length > 0 ? [text(`Programs of this machine itself have no copies: ${list(hosts).en}.`, `本机自己的程序没有副本：${list(hosts)['zh-CN']}。`)] : [])], drift: [], buildMs: 0 };
  const whole = (end: Pick<Rehearsal, 'outcome' | 'why' | 'breakage'>): Rehearsal => ({ ...end, rows: said.rows, ...(said.findings ? { findings: said.findings } : {}), untried: unique(said.untried), ...(said.drift.length > 0 ? { drift: said.drift } : {}), ...(said.readyMs === undefined ? {} : { readyMs: said.readyMs }), buildMs: said.buildMs, ms: system.now().getTime() - began - said.buildMs });
  try {
    return whole(await onGround(ground, plan, machine, replaced, context, said));
  } catch (error) {
    if (error instanceof CannotTell) return whole({ outcome: 'cannot-tell', why: error.why });
    if (error instanceof StepFailed) {
      const step = error instanceof OfStep ? error.step : undefined;
      const service = step && 'service' in step.change ? step.change.service : replaced[0] ?? '';
      return whole({ outcome: 'breaks', breakage: { service, what: error.what, log: error.log, ...(step ? { findings: step.because } : {}) } });
    }
    if (error instanceof Stop && error.exitCode !== 130 && !(error instanceof NotAccepted)) return whole({ outcome: 'cannot-tell', why: error.what });
    const said400 = (error as { statusCode?: number; json?: { message?: string } }).statusCode;
    if (said400 !== undefined) return whole({ outcome: 'cannot-tell', why: text(`Docker refused to make a copy: ${(error as Error).message}`, `Docker 拒绝创建副本：${(error as Error).message}`) });
    throw error;
  } finally {
    context.onEvent({ kind: 'rehearsal', phase: 'removing' });
    await sweep(system, id);
    await system.files.remove(join(context.state, STAGES, id));
  }
}
