import { dirname, join, relative, resolve } from 'node:path';
import { inspect } from '../inspect/index.ts';
import { Stop } from '../model/errors.ts';
import type { Blind, Machine } from '../model/machine.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import { text } from '../model/text.ts';
import { RISKS } from '../risks/index.ts';
import { readReadme } from '../risks/readme.ts';
import { frozen } from '../system/frozen.ts';
import { post, realDocker, realSystem, resolveEndpoint } from '../system/real/index.ts';
import type { System } from '../system/system.ts';
import { answerFor, keepAnswer } from './answers.ts';
import { foreignFindings, foreignOffers } from './beyond.ts';
import { apply } from './apply.ts';
import { knowingBefore, shutOut } from './asked-before.ts';
import { writeConfig } from './config-file.ts';
import { diagnose } from './diagnose.ts';
import { undrained } from './drained.ts';
import type { Ground } from './explained.ts';
import { isFileChange, joinFiles } from './edits.ts';
import { isNoFolder, mustBeReadable } from './folder.ts';
import { forget, keptOf, type ForgetContext } from './forget.ts';
import { guarded } from './guarded.ts';
import { history, readRun } from './journal.ts';
import { leastPrivilege } from './least/index.ts';
import { clear, leftovers, release } from './leftovers.ts';
import { inTheWay } from './in-the-way.ts';
import { ways, type Way } from './offers.ts';
import { holder, lockOf } from './lock.ts';
import { makePlan } from './plan.ts';
import { onPaper } from './preview.ts';
import { prove, wentAlong } from './prove.ts';
import { rehearse } from './rehearse/index.ts';
import { repositoryOf } from './repository.ts';
import { sinceOf } from './since.ts';
import type { Event, Offer, Result, Session } from './session.ts';
import { withoutEmptied } from '../settings/emptied.ts';
import { keptFor, stateOf } from './state.ts';
import { suppress } from './suppress.ts';
import { takeOver } from './take-over.ts';
import { tellStep } from './tell.ts';
import { undo } from './undo.ts';
import { undoOnPaper } from './undo-on-paper.ts';
import { verify } from './verify.ts';
import type { Check } from './watch.ts';

export interface OpenOptions {
  readonly root: string;
  readonly dockerHost?: string;
  readonly context?: string;
  readonly allowRemote?: boolean;
  readonly noDocker?: boolean;
  readonly noProcesses?: boolean;
  readonly noFiles?: boolean;
  readonly dockerfile?: string;
  readonly acceptDrift?: boolean;
  readonly checks: readonly Check[];
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** How this program is started once more, as argv: the watchman of a run is that. Without it nobody watches. */
  readonly program?: readonly string[];
}

interface Connected {
  readonly system: System;
  readonly missing?: Blind;
}

/** Why the socket did not answer, and what would let us see it. */
function silent(endpoint: string, error: unknown): Blind {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const denied = code === 'EACCES' || code === 'EPERM';
  return {
    what: 'Docker',
    why: denied ? text(`this user may not use ${endpoint}`, `当前用户无权访问 ${endpoint}`) : text(`no answer at ${endpoint} (${code})`, `${endpoint} 没有响应（${code}）`),
    remedy: denied ? text('use a user of the docker group, or --docker-host', '使用 docker 组中的用户，或使用 --docker-host') : text('start Docker, or name it with --docker-host', '启动 Docker，或用 --docker-host 指定'),
  };
}

async function connect(options: OpenOptions, say: (argv: readonly string[]) => void): Promise<Connected> {
  if (options.noDocker) return { system: realSystem };
  const endpoint = await resolveEndpoint(options, options.env);
  try {
    return { system: { ...realSystem, docker: await realDocker(endpoint, realSystem.shell, say) } };
  } catch (error) {
    if (error instanceof Stop) throw error;
    return { system: realSystem, missing: silent(endpoint, error) };
  }
}

/** What the watchman's own session is opened with: the very engine that the run is made on, and no watchman of its own. */
export type Wish = Omit<OpenOptions, 'env' | 'program'>;

const wishOf = ({ env: _, program: __, context, ...options }: OpenOptions, { docker }: System): Wish => ({ ...options, ...(docker ? { dockerHost: docker.endpoint } : context === undefined ? {} : { context }) });

/** The state is that of whom it belongs to, and where we can be started once more, a watchman can be posted. */
const ours = (options: OpenOptions, files: System['files'], { system }: Connected): System => {
  const { program } = options;
  return { ...system, files, ...(program ? { post: () => post(program, wishOf(options, system)) } : {}) };
};

async function existing(root: string): Promise<string> {
  const at = resolve(root);
  const real = await realSystem.files.realpath(at).catch(() => undefined);
  const stat = real === undefined ? undefined : await realSystem.files.stat(real);
  if (stat && stat.kind !== 'directory') throw isNoFolder(at);
  if (real === undefined || !stat) {
    throw new Stop(text(`There is no folder ${at}.`, `目录 ${at} 不存在。`), [text('Give the folder of a project: harden-tui PATH', '请给出一个项目的目录：harden-tui PATH')]);
  }
  return real;
}

/** The git top level that holds a folder: diffs are relative to it, because git skips other paths and says nothing. */
async function gitTop(root: string): Promise<string> {
  for (let at = root; ; at = dirname(at)) {
    if (await realSystem.files.stat(join(at, '.git')).catch(() => undefined)) return at;
    if (dirname(at) === at) return root;
  }
}

/** The loop on this machine. Nothing is connected to before `inspect` is called. */
export async function openSession(options: OpenOptions): Promise<Session> {
  const root = await existing(options.root);
  const kept = await stateOf(options.env, options.home, realSystem.files);
  const state = kept.folder;
  const files = keptFor(realSystem.files, kept);
  let connected: Promise<Connected> | undefined;
  /** Calls of the engine's API while the machine is looked at; what a run does is told by its events. */
  let calls: (readonly string[])[] = [];
  let looking = false;
  const heard = (argv: readonly string[]): void => {
    if (looking) calls.push(argv);
  };
  const connection = (): Promise<Connected> => (connected ??= connect(options, heard).then((c) => ({ ...c, system: ours(options, files, c) })));
  const forgetting = async (): Promise<ForgetContext> => ({ system: (await connection()).system, state, allowRemote: options.allowRemote ?? false });

  const look = async (asks: boolean, onProgress?: Parameters<Session['inspect']>[0], at = root): Promise<Machine> => {
    const { system, missing } = await connection();
    const seen = await inspect(frozen(system, { asks }), at, { files: !options.noFiles, processes: !options.noProcesses, asks, ...(options.dockerfile === undefined ? {} : { dockerfile: relative(root, resolve(options.dockerfile)) }), ...(missing ? { noDocker: missing } : {}), ...(onProgress ? { onProgress } : {}) });
    const appEditors = await answerFor(files, state, seen.root);
    return appEditors === undefined ? seen : { ...seen, appEditors };
  };
  const takenBack = async (run: string, onEvent: (event: Event) => void, more: { readonly by?: 'watchman'; readonly step?: number } = {}): Promise<Result> => {
    const { system } = await connection();
    const recorded = (await history(files, state)).find((r) => r.run === run);
    const at = recorded?.root ?? root;
    const machine = await look(true, undefined, at);
    mayChange(machine, options);
    return undo(run, { system, state, machine, inspectAgain: () => look(true, undefined, at), prove: (plan, after) => prove(plan, after, RISKS, system), onEvent, ...more });
  };
  /** Plans whose unmodified files were built and held against what runs already, and what came of that was shown. */
  const rehearsed = new WeakSet<Plan>();
  /** The picture that a plan was made on, and then rehearsed on. */
  const grounds = new WeakMap<Plan, Ground>();
  const found = (machine: Machine): readonly Finding[] => suppress(diagnose(machine, RISKS).findings, machine, realSystem.now());

  async function offers(machine: Machine, finding: Finding): Promise<readonly Offer[]> {
    const risk = RISKS.find((r) => r.id === finding.risk);
    if (!risk) return [];
    if (finding.foreign) return foreignOffers(risk, finding.foreign);
    const { system } = await connection();
    const en = readReadme(risk.readme.en).fixes;
    const zh = readReadme(risk.readme['zh-CN']).fixes;
    const all = await Promise.all(ways(finding, risk, machine).map(async (way): Promise<Way> => {
      const refused = await inTheWay(system.files, root, way.proposal?.changes ?? []);
      return refused ? { fix: way.fix, refused, recommended: false } : way;
    }));
    // Another way is the recommended one where what lies there bars that.
    const next = all.some((way) => way.recommended) ? undefined : all.find((way) => way.proposal && way.fix.safety !== 'by-hand');
    return Promise.all(all.map((way) => (way === next ? { ...way, recommended: true } : way)).map(async (way): Promise<Offer> => {
      const [a, b] = [en.find((f) => f.id === way.fix.id), zh.find((f) => f.id === way.fix.id)];
      const files = joinFiles([], way.proposal?.changes.filter(isFileChange) ?? []).changes.map((f) => (f.kind === 'edit-file' ? withoutEmptied(machine, f) : f));
      const { diffs } = await onPaper(frozen(system, { asks: false }), root, files.map((change, i) => ({ number: i, change, because: [] })), root, way.proposal?.moves);
      return {
        fix: way.fix.id, safety: way.fix.safety, recommended: way.recommended, diffs,
        title: way.proposal?.title ?? text(a?.title ?? way.fix.id, b?.title ?? way.fix.id), price: way.proposal?.price ?? text(a?.price ?? '', b?.price ?? ''), words: text(a?.body ?? '', b?.body ?? ''),
        ...(way.because ? { because: way.because } : {}), ...(way.refused ? { refused: way.refused } : {}), ...(way.beside ? { beside: way.beside } : {}), ...(way.proposal ? { proposal: way.proposal } : {}),
      };
    }));
  }

  return {
    async inspect(onProgress) {
      if (!options.noFiles) await mustBeReadable(realSystem.files, root);
      calls = [];
      looking = true;
      return look(false, onProgress).finally(() => { looking = false; });
    },
    calls: () => calls,
    diagnose: found,
    beyond: async (machine, kind) => foreignFindings(frozen((await connection()).system, { asks: false }), machine, kind, RISKS, !options.noProcesses),
    async answer(machine, appEditors) {
      await keepAnswer(files, state, machine.root, appEditors);
      return { ...machine, appEditors };
    },
    ...(options.noFiles ? {} : { writeConfig: (machine: Machine, before: string | undefined, after: string | undefined) => writeConfig(realSystem.files, machine, before, after) }),
    offers,
    async plan(machine, choices, without) {
      const plan = await makePlan(machine, RISKS, found(machine), choices, new Set(without));
      grounds.set(plan, { machine, rehearsed: false });
      return plan;
    },
    async undrained(machine, plan) {
      // Another machine's containers are asked nothing that was not allowed.
      if (machine.docker?.remote && !options.allowRemote) return [];
      return undrained(plan, machine, frozen((await connection()).system, { asks: true }));
    },
    async preview(plan) {
      const { system } = await connection();
      const top = await gitTop(plan.root);
      const paper = await onPaper(frozen(system, { asks: false }), plan.root, plan.steps, top, plan.moves);
      const isOne = await realSystem.files.stat(join(top, '.git')).catch(() => undefined);
      const repository = isOne ? await repositoryOf(plan, frozen(system, { asks: true })) : undefined;
      return { ...paper, ...(repository ? { repository } : {}) };
    },
    tell: tellStep,
    async leastPrivilege(machine, sought, onTrial, interrupt) {
      const { system } = await connection();
      mayChange(machine, options);
      return guarded(system, () => leastPrivilege(machine, sought, { system, state, onEvent: () => undefined, onTrial, ...(interrupt ? { interrupt } : {}) }));
    },
    async rehearse(plan, onEvent, interrupt, wish) {
      const { system } = await connection();
      const machine = await look(true);
      mayChange(machine, options);
      const shown = await guarded(system, () => rehearse(plan, machine, { system, state, onEvent, own: [...options.checks.filter((c) => c.kind === 'url'), ...(wish?.own ?? [])], refuseDrift: (wish?.refuseDrift ?? false) && !options.acceptDrift, ...(interrupt ? { interrupt } : {}) }));
      // A drift was shown by then: who applies this very plan has seen it.
      if (shown && shown.outcome !== 'cannot-tell') {
        rehearsed.add(plan);
        grounds.set(plan, { machine, rehearsed: true, ...(shown.readyMs === undefined ? {} : { readyMs: shown.readyMs }) });
      }
      return shown;
    },
    async apply(plan, onEvent, interrupt) {
      const { system } = await connection();
      const machine = await look(true);
      mayChange(machine, options);
      const shut = await shutOut(plan, machine, system);
      const ground = grounds.get(plan);
      return apply(plan, {
        system, state, machine, checks: options.checks, acceptDrift: options.acceptDrift ?? false, rehearsed: rehearsed.has(plan), onEvent, ...(interrupt ? { interrupt } : {}), ...(ground ? { ground } : {}),
        inspectAgain: () => look(true),
        prove: (after) => prove(knowingBefore(plan, shut), after, RISKS, system),
        along: (after) => wentAlong(plan, found(machine), after, RISKS),
      });
    },
    history: async () => Promise.all((await history(files, state)).map(async (run) => {
      const by = run.ending === 'unfinished' ? await holder(files, realSystem.processes, state, lockOf(run.plan)) : undefined;
      return by === undefined ? run : { ...run, by };
    })),
    undo: (run, onEvent, step) => takenBack(run, onEvent, step === undefined ? {} : { step }),
    undoOnPaper: async (run, step) => undoOnPaper(run, { system: (await connection()).system, state }, step),
    async takeOver(orders) {
      const { system } = await connection();
      await takeOver(orders, { system, state, undo: (run) => takenBack(run, () => undefined, { by: 'watchman' }) });
    },
    leftovers: async () => leftovers({ system: (await connection()).system, state }),
    async clear(left) {
      const { system } = await connection();
      await mustBeHere(system, options);
      return clear(left, system, async (folder) => (await import('../demo/tidy-left.ts')).tidyLeft(system, state, folder));
    },
    async release(tag) {
      const { system } = await connection();
      await mustBeHere(system, options);
      return release(tag, { system, state });
    },
    async since(run) {
      const recorded = await readRun(files, state, run);
      // Without an engine the files can be compared all the same.
      const system = await connection().then((one) => one.system, () => realSystem);
      return recorded && sinceOf(recorded, frozen(system, { asks: true }));
    },
    kept: async (run) => keptOf(run, await forgetting()),
    forget: async (run) => forget(run, await forgetting()),
    async verify(run) {
      const system = frozen((await connection()).system, { asks: true });
      return verify(run, { system, state, inspect: (at) => look(true, undefined, at), prove: (plan, machine) => prove(plan, machine, RISKS, system) });
    },
  };
}

/** A remote daemon is read-only unless it was allowed (DECISIONS.md). */
function mayChange({ docker }: Pick<Machine, 'docker'>, options: OpenOptions): void {
  if (!docker?.remote || options.allowRemote) return;
  throw new Stop(text(`Docker at ${docker.endpoint} is another machine: it is only looked at.`, `${docker.endpoint} 上的 Docker 是另一台机器：只查看，不修改。`), [text('To change it, add --allow-remote.', '若要修改它，请加 --allow-remote。')]);
}

const mustBeHere = async ({ docker }: System, options: OpenOptions): Promise<void> => mayChange(docker ? { docker: await docker.look.facts() } : {}, options);
