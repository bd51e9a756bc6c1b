import { quote } from '../../files/shellwords.ts';
import { outsideOfPlan } from '../../engine/on-host.ts';
import type { Session } from '../../engine/session.ts';
import { Stop } from '../../model/errors.ts';
import type { Severity } from '../../model/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Rehearsal } from '../../model/rehearsal.ts';
import { text, type Text } from '../../model/text.ts';
import { oneLine } from '../../report/plain.ts';
import { blindLines } from '../../report/pretty.ts';
import { wrap } from '../../report/wrap.ts';
import { bounds, choicesOf, choose, needsDocker, unattended, wanted, withoutContainers, withoutSystem, withoutUndrained, type Chosen, type Wishes } from '../choose.ts';
import { deliver, paintFor } from '../deliver.ts';
import { diffPage, jsonPage, nothingToDo, sayNotes, sayPlan, shownDiffs } from '../fix-pages.ts';
import { sayWhatHangs } from '../hangs.ts';
import { interruptible } from '../interrupt.ts';
import { columnsOf, suggested, type Io } from '../io.ts';
import { fixNamed, mustBeFound, riskNamed } from '../known.ts';
import { look, openSession, type Looked } from '../look.ts';
import type { Args } from '../parse.ts';
import { notWithYes, savePlan } from '../save-plan.ts';
import { tryLeast } from '../try-least.ts';
import { mended, sayHowItEnded } from '../unfinished.ts';

/** A flag that was given is repeated anyway. */
export function dryRun(plan: Pick<Plan, 'steps' | 'root'>, { word, rest, flags }: Pick<Args, 'flags'> & Partial<Args>): Text {
  if (word === 'apply') return text(`Dry run: nothing is changed. To apply this: harden-tui apply ${quote([rest ?? ''])}`, `试运行：不会改动任何东西。要应用：harden-tui apply ${quote([rest ?? ''])}`);
  const more = outsideOfPlan(plan.steps, plan.root).length > 0 && !flags['system-files'] ? ' --system-files' : '';
  return text(`Dry run: nothing is changed. To apply this: harden-tui fix --yes${more}`, `试运行：不会改动任何东西。要应用：harden-tui fix --yes${more}`);
}

async function wishes({ flags }: Args, io: Io): Promise<Wishes> {
  const risks = await io.doors.risks();
  const fixes = (flags.fix ?? []).map((pair) => fixNamed(risks, pair));
  return {
    from: (flags.severity as Severity | undefined) ?? 'medium',
    bounded: flags.severity !== undefined,
    risks: new Set((flags.risk ?? []).map((id) => riskNamed(risks, id).id)),
    fixes: new Map(fixes.map((f) => [f.risk, f.fix])),
    safeOnly: flags['safe-only'] ?? false,
  };
}

/** The files of a plan alone. Nothing runs from them yet, so nothing is owed a proof. */
export function onlyFiles(plan: Plan): Plan {
  const steps = plan.steps.filter(({ change }) => change.kind === 'edit-file' || change.kind === 'create-file');
  return { ...plan, steps, owed: [], findings: [], joins: [] };
}

/** Without Docker, nothing of a container can be replaced or verified: writing the files must be asked for by name. */
function mustReachDocker(chosen: Chosen, { machine }: Looked, { word, rest }: Args): void {
  const first = machine.docker ? undefined : chosen.taken.find((t) => needsDocker(t.finding, machine));
  if (chosen.taken.some((t) => !needsDocker(t.finding, machine))) return;
  if (!first) return;
  const [write, show] = word === 'apply' ? [`apply ${quote([rest ?? ''])} --files-only`, `apply ${quote([rest ?? ''])} --dry-run`] : ['fix --yes --files-only', 'fix'];
  throw new Stop(
    text(`Docker is not there, so a fix of a container can't be applied and verified: ${first.finding.title.en}.`, `没有 Docker，无法应用和验证容器的修复：${first.finding.title['zh-CN']}。`),
    [text(`Only the files, not verified: harden-tui ${write}`, `只写文件，不验证：harden-tui ${write}`), text(`Only the diff: harden-tui ${show}`, `只看差异：harden-tui ${show}`)],
  );
}

async function planned(session: Session, looked: Looked, chosen: Chosen, filesOnly: boolean): Promise<Plan> {
  const plan = await session.plan(looked.machine, choicesOf(chosen.taken), chosen.without);
  return filesOnly ? onlyFiles(plan) : plan;
}

/** The plan of all that may be done: with nobody watching, nothing outside PATH that was not allowed by name, and nothing that loses messages. */
async function allowed(session: Session, looked: Looked, chosen: Chosen, args: Args, dry: boolean): Promise<{ readonly chosen: Chosen; readonly plan: Plan }> {
  const filesOnly = args.flags['files-only'] ?? false;
  const plan = await planned(session, looked, chosen, filesOnly);
  if (dry) return { chosen, plan };
  if (!args.flags['system-files'] && outsideOfPlan(plan.steps, plan.root).length > 0) return allowed(session, looked, withoutSystem(chosen, plan), args, dry);
  const drained = withoutUndrained(chosen, plan, (await session.undrained?.(looked.machine, plan)) ?? []);
  return drained.taken.length === chosen.taken.length ? { chosen, plan } : allowed(session, looked, drained, args, dry);
}

/** A dry run that was asked to try it: on copies, nothing else. */
async function tried(looked: Looked, plan: Plan, args: Args, io: Io): Promise<Rehearsal | 'interrupted' | undefined> {
  const { NOTHING_TO_REHEARSE, rehearsePlan } = await import('../rehearse.ts');
  let shown: Rehearsal | undefined;
  const code = await interruptible(io, args.lang, async (interrupt) => {
    shown = await rehearsePlan(looked, plan, args, io, interrupt);
    return interrupt.aborted ? 130 : 0;
  });
  if (code !== 0) return 'interrupted';
  if (!shown) io.stderr.write(`${NOTHING_TO_REHEARSE[args.lang]}\n`);
  return shown;
}

/** Shows what was chosen, or applies it: all that `fix` and `apply` do from here on. */
export async function goOn(looked: Looked, all: Chosen, dry: boolean, args: Args, io: Io): Promise<number> {
  const { flags, lang } = args;
  const { session, machine } = looked;
  const filesOnly = flags['files-only'] ?? false;
  if (!dry && !filesOnly) mustReachDocker(all, looked, args);
  const { chosen, plan } = await allowed(session, looked, dry ? all : unattended(machine.docker || filesOnly ? all : withoutContainers(all, machine), machine, filesOnly), args, dry);
  const preview = await session.preview(plan);
  if (dry) io.stderr.write(`${suggested(dryRun(plan, args)[lang], io)}\n`);
  sayPlan(session, plan, preview, chosen, looked, args, io);
  sayWhatHangs(looked.findings, args, io);
  const unseen = blindLines(looked.blind, { lang, paint: paintFor(io.stderr, args, io.env), columns: columnsOf(io.stderr) });
  if (unseen.length > 0) io.stderr.write(`${unseen.join('\n')}\n`);
  if (dry) {
    const shown = shownDiffs(preview, args);
    sayNotes(shown, chosen, machine, args, io);
    if (plan.steps.length === 0) io.stderr.write(`${nothingToDo(looked, chosen, plan)[lang]}\n`);
    const rehearsal = flags.rehearse && plan.steps.length > 0 ? await tried(looked, plan, args, io) : undefined;
    if (rehearsal === 'interrupted') return 130;
    await deliver(flags.format === 'json' ? jsonPage(session, plan, preview, chosen, args, rehearsal) : diffPage(shown, args, io), args, io);
    if (flags['save-plan'] !== undefined) await savePlan(plan, looked, args, io);
    return 0;
  }
  const { applyPlan } = await import('../apply.ts');
  return applyPlan({ looked, plan, chosen, filesOnly }, args, io);
}

/** A dry run unless `--yes` is given: the diff on stdout, everything else on stderr, and nothing is written. */
export async function run(args: Args, io: Io): Promise<number> {
  const { flags } = args;
  const dry = !flags.yes || flags['dry-run'] === true;
  if (!dry && flags['save-plan'] !== undefined) throw notWithYes();
  if (flags.finish !== undefined) return (await import('../finish.ts')).finishNamed(args, io);
  const wish = await wishes(args, io);
  const before = await openSession(args, io);
  if (dry) await sayHowItEnded(before, args, io);
  const code = dry ? undefined : await mended(before, args, io);
  if (code !== undefined) return code;
  const looked = await look(args, io);
  const tried = await tryLeast(looked, wish, args, io);
  const { session, machine, findings } = tried;
  const missing = [...wish.fixes.keys()].some((risk) => !findings.some((f) => f.risk === risk && !f.suppressed));
  const runs = missing ? (await session.history()).filter((r) => r.root === machine.root) : [];
  for (const risk of wish.fixes.keys()) mustBeFound(risk, findings, flags, runs);
  for (const said of bounds(findings, wish)) io.stderr.write(`${wrap(oneLine(said[args.lang]), columnsOf(io.stderr)).join('\n')}\n`);
  const offers = new Map(await Promise.all(findings.filter((f) => wanted(f, wish)).map(async (f) => [f.id, await session.offers(machine, f)] as const)));
  return goOn(tried, choose(findings, offers, wish), dry, args, io);
}
