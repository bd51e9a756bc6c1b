import { resolve } from 'node:path';
import { lost } from '../../engine/lost.ts';
import { MOST_BYTES, readSavedPlan, stale, type SavedPlan } from '../../engine/saved-plan.ts';
import type { Offer } from '../../engine/session.ts';
import { quote } from '../../files/shellwords.ts';
import { Stop } from '../../model/errors.ts';
import type { Finding } from '../../model/finding.ts';
import { text, type Text } from '../../model/text.ts';
import { readReadme } from '../../risks/readme.ts';
import type { Chosen } from '../choose.ts';
import type { Io } from '../io.ts';
import { fixNamed, riskNamed } from '../known.ts';
import { look, openSession, type Looked } from '../look.ts';
import type { Args } from '../parse.ts';
import { tryLeast } from '../try-least.ts';
import { mended } from '../unfinished.ts';
import { goOn } from './fix.ts';

const again = (root?: string): Text => {
  const at = root === undefined ? '' : ` ${quote([root])}`;
  return text(`Plan again: harden-tui fix --save-plan FILE${at}`, `重新规划：harden-tui fix --save-plan FILE${at}`);
};

async function read(path: string, io: Io): Promise<SavedPlan> {
  const files = await io.doors.files();
  const at = await files.realpath(resolve(io.cwd, path)).catch(() => undefined);
  const stat = at === undefined ? undefined : await files.stat(at);
  if (at === undefined || stat?.kind !== 'file') throw new Stop(text(`There is no file ${path}.`, `文件 ${path} 不存在。`), [again()]);
  if (stat.size > MOST_BYTES) throw new Stop(text(`${path} is too big to be a plan.`, `${path} 太大，不会是方案。`), [again()]);
  const plan = readSavedPlan((await files.read(at)).toString('utf8'));
  if ('fault' in plan) throw new Stop(text(`${path} can't be taken for a plan: ${plan.fault.en}.`, `无法把 ${path} 当作方案：${plan.fault['zh-CN']}。`), [again()]);
  return plan;
}

const tooOld = (path: string, why: Text, root: string): Stop =>
  new Stop(text(`${path} does not fit any more: ${why.en}. Nothing was begun.`, `${path} 已不适用：${why['zh-CN']}。什么都没有开始。`), [again(root)]);

/** Its choices as they stand today: each finding must be there, and each way be open. */
async function chosenOf(saved: SavedPlan, path: string, titles: (risk: string) => Text, { session, machine, findings }: Looked): Promise<Chosen> {
  const pairs = await Promise.all(saved.choices.map(async (choice): Promise<{ finding: Finding; offer: Offer }> => {
    const finding = findings.find((f) => f.id === choice.finding && f.risk === choice.risk);
    if (!finding) throw tooOld(path, lost(saved, choice.finding, titles(choice.risk), machine), saved.root);
    if (finding.suppressed) throw tooOld(path, text(`${finding.title.en}: it is ignored now (${finding.suppressed.reason})`, `${finding.title['zh-CN']}：现在已被忽略（${finding.suppressed.reason}）`), saved.root);
    const offer = (await session.offers(machine, finding)).find((o) => o.fix === choice.fix);
    if (!offer || offer.refused || offer.safety === 'by-hand') throw tooOld(path, text(`${finding.title.en} (${choice.fix}): ${offer?.refused?.en ?? 'it can\'t be done here'}`, `${finding.title['zh-CN']}（${choice.fix}）：${offer?.refused?.['zh-CN'] ?? '这里无法执行'}`), saved.root);
    return { finding, offer };
  }));
  return { taken: pairs, byHand: [], passed: [], ...(saved.without ? { without: saved.without } : {}) };
}

/** Applies a saved plan as `fix --yes` would, or with `--dry-run` shows it; one that does not fit any more is refused, and nothing is begun. */
export async function run(args: Args, io: Io): Promise<number> {
  const path = args.rest ?? '';
  const saved = await read(path, io);
  const risks = await io.doors.risks();
  for (const { risk, fix } of saved.choices) fixNamed(risks, `${risk}=${fix}`);
  const files = await io.doors.files();
  if ((await files.realpath(saved.root).catch(() => undefined)) !== saved.root) {
    throw new Stop(text(`${path} was made for ${saved.root}, and that is not a folder here.`, `${path} 是为 ${saved.root} 制定的，而这里没有这个目录。`), [again()]);
  }
  const { dockerfile } = saved.answers;
  const here: Args = { ...args, rest: saved.root, flags: { ...args.flags, ...(dockerfile === undefined ? {} : { dockerfile: resolve(saved.root, dockerfile) }) } };
  const dry = args.flags['dry-run'] === true;
  const code = dry ? undefined : await mended(await openSession(here, io), here, io);
  if (code !== undefined) return code;
  // What can only be found by trying is in no file: it is tried again, as `fix --yes` does.
  const named = { from: 'info', risks: new Set(saved.choices.map((c) => c.risk)), fixes: new Map<string, string>(), safeOnly: false } as const;
  const looked = await tryLeast(await look(here, io), named, { ...here, flags: { ...here.flags, yes: true } }, io);
  if (saved.daemon !== undefined && looked.machine.docker && looked.machine.docker.id !== saved.daemon) {
    throw new Stop(text(`${path} was made for another Docker daemon. Nothing was begun.`, `${path} 是为另一个 Docker 守护进程制定的。什么都没有开始。`), [text('Choose it with --docker-host or --context.', '用 --docker-host 或 --context 选择它。'), again(saved.root)]);
  }
  const title = (id: string): Text => { const { readme } = riskNamed(risks, id); return text(readReadme(readme.en).title, readReadme(readme['zh-CN']).title); };
  const chosen = await chosenOf(saved, path, title, looked);
  const plan = await looked.session.plan(looked.machine, saved.choices, saved.without);
  const why = stale(saved, plan, looked.machine);
  if (why) throw tooOld(path, why, saved.root);
  return goOn(looked, chosen, dry, args, io);
}
