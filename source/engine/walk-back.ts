import type { BuildUndo } from '../changes/build-image.ts';
import type { Bench } from '../changes/deed.ts';
import { Stop } from '../model/errors.ts';
import type { Step } from '../model/plan.ts';
import { text, type Text } from '../model/text.ts';
import { apart } from './apart.ts';
import { readRun, type Journal, type Recorded } from './journal.ts';
import { clearOf, type LeftoversContext } from './leftovers.ts';
import { partWith, undoFor, type Part } from './part.ts';
import type { Event } from './session.ts';
import { dropStrays } from './strays.ts';
import { takeBack, type TakenBack } from './take-back.ts';
import { needsEngine } from './taken.ts';
import { toWalk, undoOf } from './waiting.ts';

const SEE = text('See what there is: harden-tui history', '查看已有的运行：harden-tui history');

/** The run as it stands, where there is something to take back. One that was cut off before its first step only has to be closed. */
export async function openRun(run: string, { system, state }: LeftoversContext): Promise<Recorded> {
  const recorded = await readRun(system.files, state, run);
  if (!recorded) throw new Stop(text(`There is no run ${run}.`, `没有第 ${run} 次运行。`), [SEE]);
  if (recorded.ending !== 'unfinished' && recorded.undos.size === 0) {
    throw new Stop(text(`Run ${run} has nothing to take back.`, `第 ${run} 次运行没有可撤销的内容。`), [SEE]);
  }
  return recorded;
}

/** `daemon`: the one that answers now; it must be the one of the run. */
export async function mustBePossible({ head, undos }: Recorded, { system }: LeftoversContext, daemon: string | undefined): Promise<void> {
  const needsDocker = head.plan.steps.some((s) => undos.has(s.number) && needsEngine(s.change));
  if (needsDocker && head.daemon !== daemon) {
    throw new Stop(
      text(`Run ${head.run} was made on another Docker daemon (${head.endpoint ?? ''}).`, `第 ${head.run} 次运行是在另一个 Docker 守护进程上进行的（${head.endpoint ?? ''}）。`),
      [text('Choose it with --docker-host or --context, or start Docker.', '用 --docker-host 或 --context 选择它，或先启动 Docker。')],
    );
  }
  if (!(await system.files.stat(head.root).catch(() => undefined))) {
    throw new Stop(text(`The folder of run ${head.run} is gone: ${head.root}.`, `第 ${head.run} 次运行的目录已不存在：${head.root}。`), [text('Nothing can be taken back there. What was kept in Docker carries the tag harden-tui/keep.', '那里已无法撤销。Docker 中保留的内容带有 harden-tui/keep 标签。')]);
  }
}

/** What goes back, with what was kept for it. */
export interface Going {
  /** Absent where it is the whole run. */
  readonly part?: Part;
  readonly steps: readonly Step[];
  readonly undos: ReadonlyMap<number, unknown>;
}

/** All that stands, or one step of it with its dependents. */
function partOf({ head, standing: stands, gone, undos, ending }: Recorded, step: number | undefined): Part | undefined {
  // Of one that was undone there is only the rest.
  if (step === undefined || (ending !== 'applied' && ending !== 'unfinished')) return undefined;
  if (ending === 'unfinished') throw new Stop(text(`Run ${head.run} was cut off in the middle: it can only go back whole.`, `第 ${head.run} 次运行中途被切断：只能整个撤销。`), [text(`Take it back: harden-tui undo ${head.run}`, `撤销它：harden-tui undo ${head.run}`)]);
  const part = partWith(head.plan, step, gone);
  if (!part?.steps.some((s) => undos.has(s.number))) throw new Stop(text(`Run ${head.run} has no step ${step} that could be taken back.`, `第 ${head.run} 次运行没有可撤销的第 ${step} 步。`), [text(`See its steps: harden-tui undo ${head.run}`, `查看它的步骤：harden-tui undo ${head.run}`)]);
  return stands.choices.every((c) => part.findings.includes(c.finding)) ? undefined : part;
}

export function goingOf(recorded: Recorded, step: number | undefined): Going {
  const part = partOf(recorded, step);
  // What an undo of before had to leave goes along; of a run that was undone it is all there is.
  const steps = part?.steps ?? toWalk(recorded);
  const undos = new Map(steps.flatMap((step) => {
    const undo = part ? recorded.undos.get(step.number) : undoOf(recorded, step);
    return undo === undefined ? [] : [[step.number, undoFor(step.change, undo)] as const];
  }));
  return { steps, undos, ...(part ? { part } : {}) };
}

/** What the deeds of an undo work with. */
export const benchOf = ({ head, proven, built }: Recorded, { undos }: Going, system: Bench['system'], say: Bench['say']): Bench => ({
  system, root: head.root, run: head.run, say, stood: new Map(), stayed: [], builtBefore: built, ...(proven ? { left: proven.running } : {}),
  kept: [...undos.values()].flatMap((u) => { const { kept, image } = (u ?? {}) as Partial<BuildUndo>; return [kept ?? [], image ?? []].flat(); }),
});

export interface WalkedBack extends TakenBack {
  /** Files that belong together and don't fit any more. */
  readonly together: readonly Text[];
}

/** All that an undo does, in its order: in earnest with the journal of the run, on paper without one. */
export async function walkBack({ head, begun, keeps, ending }: Recorded, { part, steps, undos }: Going, bench: Bench, state: string, journal: Journal, onEvent: (event: Event) => void): Promise<WalkedBack> {
  const { system } = bench;
  // A helper that the dead process left would work against us.
  if (ending === 'unfinished' && head.by !== undefined && (await system.processes.lives(head.by)) === false) await clearOf(head.by, { system, state });
  const back = await takeBack(steps, undos, { ...bench, built: (service, image) => journal.write({ t: 'built', service, image }), aside: (tag) => journal.write({ t: 'aside', tag }) }, journal, onEvent);
  const together = await apart(steps, back.left, undos, { root: head.root, ...(head.plan.ties ? { ties: head.plan.ties } : {}) }, system.files);
  if (!part) await dropStrays(keeps, begun, system.docker);
  // Who builds from files that don't fit each other any more breaks the app.
  return { ...back, remarks: back.remarks.filter((r) => together.length === 0 || !r.builds), together };
}
