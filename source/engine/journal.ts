import { join } from 'node:path';
import { Stop } from '../model/errors.ts';
import { text, type Text } from '../model/text.ts';
import type { Choice, Plan } from '../model/plan.ts';
import type { Verdict, Vital } from '../model/proof.ts';
import type { Files } from '../system/system.ts';
import { standing } from './part.ts';
import type { Ending, RunSummary } from './session.ts';
import { stayingOf } from './waiting.ts';

/** A container of a replaced service as it was when the run was proven: what `verify` holds the present against. */
export interface Running {
  readonly service: string;
  readonly id: string;
  readonly name: string;
  readonly imageId: string;
  readonly startedAt: string;
}

/** One line of a run's journal. A step's undo is on disk before the step runs. */
export type JournalLine =
  | { readonly t: 'run'; readonly run: string; readonly root: string; readonly name: string; readonly endpoint?: string; readonly daemon?: string; readonly at: string; /** The process that ran it. */ readonly by?: string; readonly plan: Plan }
  /** An image is about to get this tag of ours, for the undo of a step that may never begin. */
  | { readonly t: 'keeps'; readonly tag: string }
  /** A build of the user's own that made room when it was taken back, under a tag of ours: theirs, and none of the run's. */
  | { readonly t: 'aside'; readonly tag: string }
  /** An image that the run built, by its id: its name may mean another one by the time somebody looks for it. */
  | { readonly t: 'built'; readonly service: string; readonly image: string }
  | { readonly t: 'step'; readonly step: number; readonly undo: unknown }
  | { readonly t: 'done'; readonly step: number }
  /** From here until an end the run is neither there nor back. */
  | { readonly t: 'taking-back'; readonly at: string }
  | { readonly t: 'taken-back'; readonly step: number }
  /** The watchman could not take it back, and why. */
  | { readonly t: 'tried'; readonly at: string; readonly why: Text }
  | { readonly t: 'vitals'; readonly vitals: readonly Vital[] }
  | { readonly t: 'verdicts'; readonly verdicts: readonly Verdict[]; /** Of what nobody chose and went with it. */ readonly along?: readonly Verdict[] }
  | { readonly t: 'proven'; readonly at: string; readonly running: readonly Running[] }
  /** A part of the run was taken back on purpose; the rest of it stands. */
  | { readonly t: 'part'; readonly at: string; readonly step: number; readonly findings: readonly string[] }
  /** All that is left of a run that was forgotten: its number is not given again. */
  | { readonly t: 'forgotten'; readonly at: string }
  | { readonly t: 'end'; readonly ending: Ending | 'undone' | 'cut-off'; readonly at: string; /** How long each service was away while it was applied. */ readonly away?: RunSummary['away']; /** Who did not answer as before when it was undone. */ readonly unwell?: RunSummary['unwell'] };

export interface Journal {
  readonly run: string;
  write(line: JournalLine): Promise<void>;
}

/** A run as its journal tells it, also after a crash in the middle. */
export interface Recorded {
  readonly head: Extract<JournalLine, { t: 'run' }>;
  /** Findings that were taken back on purpose, and what of the plan stands without them. */
  readonly gone: ReadonlySet<string>;
  readonly standing: Plan;
  /** Undo of every step that was begun and not taken back, in the order of the plan. */
  readonly undos: ReadonlyMap<number, unknown>;
  /** Undo of every step that was ever begun: some of what was kept outlives the taking back. */
  readonly begun: ReadonlyMap<number, unknown>;
  /** Tags that were about to be made, whatever became of their step. */
  readonly keeps: readonly string[];
  /** Images that it built; none in journals of older versions. */
  readonly built: readonly { readonly service: string; readonly image: string }[];
  readonly tried?: Text;
  /** Size of the journal itself. */
  readonly bytes: number;
  readonly verdicts: readonly Verdict[];
  readonly along: readonly Verdict[];
  readonly vitals: readonly Vital[];
  /** Absent in journals of older versions, and where the files alone were written. */
  readonly proven?: Extract<JournalLine, { t: 'proven' }>;
  readonly ending: RunSummary['ending'];
  readonly endedAt?: string;
  readonly away?: RunSummary['away'];
  readonly unwell?: RunSummary['unwell'];
}

const runsIn = (state: string): string => join(state, 'runs');
const fileOf = (state: string, run: string): string => join(runsIn(state), run, 'journal.jsonl');

/** bigint and Map do not occur in plans; a Secret prints redacted, which is what a journal line may hold of it. */
const encode = (line: JournalLine): string => `${JSON.stringify(line)}\n`;

async function runs(files: Files, state: string): Promise<readonly number[]> {
  if (!(await files.stat(runsIn(state)))) return [];
  return (await files.list(runsIn(state))).filter((e) => e.kind === 'directory' && /^\d+$/.test(e.name)).map((e) => Number(e.name)).sort((a, b) => a - b);
}

/** Opens the journal of a new run: folders 0700, the file 0600, because it holds what files held. */
export async function openJournal(files: Files, state: string): Promise<Journal> {
  const run = String(((await runs(files, state)).at(-1) ?? 0) + 1);
  await files.makeFolder(join(runsIn(state), run), 0o700);
  return { run, write: (line) => files.append(fileOf(state, run), encode(line)) };
}

/** The state folder has to take a line before anything is begun; where it can't, nothing is. */
export async function mustTakeLines(files: Files, state: string): Promise<void> {
  const probe = join(state, '.writable');
  try {
    await files.makeFolder(state, 0o700);
    await files.append(probe, '\n');
    await files.remove(probe);
  } catch (error) {
    throw new Stop(
      text(`The journal can't be written in ${state} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}), and without it there is no undo. Nothing was begun.`, `无法在 ${state} 写入运行记录（${(error as NodeJS.ErrnoException).code ?? '未知'}），没有它就无法撤销。什么都没有开始。`),
      [text('Make room there or let this user write, or set XDG_STATE_HOME to another folder.', '请在那里腾出空间或让当前用户可写，或把 XDG_STATE_HOME 设为别的目录。')],
    );
  }
}

/** A crash can have left half a line: what is added stands on lines of its own. */
export const continueJournal = (files: Files, state: string, run: string): Journal => ({ run, write: (line) => files.append(fileOf(state, run), `\n${encode(line)}`) });

/** Undefined when there is no such run, or nothing of it reached the disk. */
export async function readRun(files: Files, state: string, run: string): Promise<Recorded | undefined> {
  const at = fileOf(state, run);
  const stat = await files.stat(at);
  if (!stat) return undefined;
  const lines = await linesOf(files, state, run);
  const head = lines.find((l) => l.t === 'run');
  if (!head) return undefined;
  const undos = new Map<number, unknown>();
  const begun = new Map<number, unknown>();
  const gone = new Set<string>();
  let ending: RunSummary['ending'] = 'unfinished';
  let verdicts: readonly Verdict[] = [];
  let along: readonly Verdict[] = [];
  let vitals: readonly Vital[] = [];
  const ended = lines.findLast((l) => l.t === 'end');
  const away = lines.findLast((l): l is Extract<JournalLine, { t: 'end' }> => l.t === 'end' && l.ending === 'applied')?.away;
  const unwell = ended?.unwell;
  const proven = lines.findLast((l) => l.t === 'proven');
  const tried = lines.findLast((l) => l.t === 'tried');
  const keeps = lines.flatMap((l) => (l.t === 'keeps' ? [l.tag] : []));
  const built = lines.flatMap((l) => (l.t === 'built' ? [{ service: l.service, image: l.image }] : []));
  for (const line of lines) {
    if (line.t === 'step') {
      undos.set(line.step, line.undo);
      begun.set(line.step, line.undo);
    }
    if (line.t === 'taken-back') undos.delete(line.step);
    if (line.t === 'taking-back') ending = 'unfinished';
    if (line.t === 'part') {
      ending = 'applied';
      for (const finding of line.findings) gone.add(finding);
    }
    if (line.t === 'end') ending = line.ending;
    if (line.t === 'verdicts') [verdicts, along] = [line.verdicts, line.along ?? []];
    if (line.t === 'vitals') vitals = line.vitals;
  }
  // It died before its first step: nothing stands in anybody's way.
  if (ending === 'unfinished' && begun.size === 0 && keeps.length === 0) ending = 'nothing-started';
  return { head, gone, standing: standing(head.plan, gone), undos, begun, keeps, built, bytes: stat.size, verdicts, along, vitals, ending, ...(proven ? { proven } : {}), ...(tried ? { tried: tried.why } : {}), ...(ended ? { endedAt: ended.at } : {}), ...(away ? { away } : {}), ...(unwell ? { unwell } : {}) };
}

async function linesOf(files: Files, state: string, run: string): Promise<readonly JournalLine[]> {
  const lines: JournalLine[] = [];
  for (const raw of (await files.read(fileOf(state, run))).toString('utf8').split('\n')) {
    try {
      if (raw) lines.push(JSON.parse(raw) as JournalLine);
    } catch {
      // A crash can cut the last line: its step had not begun.
    }
  }
  return lines;
}

/** Builds of the user's own that runs of this history put aside; those of a run that was forgotten, too. */
export async function putAside(files: Files, state: string): Promise<readonly string[]> {
  const all = await Promise.all((await runs(files, state)).map((run) => linesOf(files, state, String(run)).catch(() => [])));
  return all.flat().flatMap((line) => (line.t === 'aside' ? [line.tag] : []));
}

/** In place of the journal, by rename: what files held goes with it. What was put aside stays known: it is not thrown away with the run. */
export async function effaceRun(files: Files, state: string, run: string, now: Date): Promise<void> {
  const aside = (await linesOf(files, state, run)).filter((line) => line.t === 'aside');
  await files.write(fileOf(state, run), Buffer.from([{ t: 'forgotten' as const, at: now.toISOString() }, ...aside].map(encode).join('')), { mode: 0o600 });
}

export async function history(files: Files, state: string): Promise<readonly RunSummary[]> {
  const found = await Promise.all((await runs(files, state)).map((run) => readRun(files, state, String(run))));
  return Promise.all(found.filter((r) => r !== undefined).map(async (recorded) => {
    const { head, gone, standing: stands, verdicts, along, ending, tried, away, unwell } = recorded;
    const rest = stayingOf(recorded);
    const folder = await files.stat(head.root).catch(() => undefined);
    return { run: head.run, root: head.root, name: head.name, at: head.at, ending, plan: head.plan, verdicts, ...(along.length > 0 ? { along } : {}), ...(away ? { away } : {}), ...(gone.size > 0 ? { part: { gone: [...gone], stands } } : {}), ...(ending === 'unfinished' && tried ? { tried } : {}), ...(rest ? { rest } : {}), ...(unwell && ending !== 'applied' ? { unwell } : {}), ...(folder?.kind === 'directory' ? {} : { folderGone: true }) };
  }));
}

export type { Choice };
