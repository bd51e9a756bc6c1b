import { staysBehind } from '../engine/stays-behind.ts';
import type { Offer, Preview, Session } from '../engine/session.ts';
import type { Finding } from '../model/finding.ts';
import { generatedIn } from '../model/generated.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Rehearsal } from '../model/rehearsal.ts';
import { text, type Text } from '../model/text.ts';
import { quote } from '../files/shellwords.ts';
import { nothingFound } from '../report/looked-at.ts';
import { leftToYou } from '../report/left-to-you.ts';
import { markdownText } from '../report/markdown-text.ts';
import { patchText } from '../report/patch-text.ts';
import { oneLine } from '../report/plain.ts';
import { planJson } from '../report/plan-json.ts';
import { planText } from '../report/plan-text.ts';
import { BY_HAND } from '../report/terms.ts';
import { withoutSecrets, type Shown } from '../report/withhold.ts';
import { wrap } from '../report/wrap.ts';
import { idle, idleText, type Chosen } from './choose.ts';
import { paintFor } from './deliver.ts';
import { because } from '../words/zh-CN/because.ts';
import { columnsOf, suggested, type Io } from './io.ts';
import type { Looked } from './look.ts';
import type { Args } from './parse.ts';

/** Diffs as this call may show them. */
export function shownDiffs(preview: Preview, args: Args): readonly Shown[] {
  return preview.diffs.map((d) => (args.flags['show-secrets'] ? { path: d.path, ...(d.outside ? { outside: true } : {}), ...(d.mode === undefined ? {} : { mode: d.mode }), patch: d.patch, withheld: 0 } : withoutSecrets(d)));
}

/** Result of a dry run: what git takes, byte for byte; on a terminal the same with colours and without escapes. */
export function diffPage(shown: readonly Shown[], args: Args, io: Io): string {
  const patch = shown.filter((d) => !d.outside).map((d) => d.patch).join('');
  return args.flags.output === undefined && io.stdout.isTTY ? patchText(patch, paintFor(io.stdout, args, io.env)) : patch;
}

export function jsonPage(session: Session, plan: Plan, preview: Preview, chosen: Chosen, args: Args, rehearsal?: Rehearsal): string {
  const byHand = chosen.byHand.map(({ finding, offers }) => ({ finding: finding.id, risk: finding.risk, fixes: offers.map((o) => o.fix) }));
  return planJson({ plan, tell: (s) => session.tell(s), diffs: shownDiffs(preview, args), commands: preview.commands, byHand, ...(rehearsal ? { rehearsal } : {}) }, args.lang);
}

const title = (finding: Finding, { lang }: Args): string => oneLine(finding.title[lang]);

function wordsOf(offer: Offer, args: Args, io: Io, columns: number): readonly string[] {
  const page = markdownText(offer.words[args.lang], paintFor(io.stderr, args, io.env), columns - 4);
  return [`  ${oneLine(offer.title[args.lang])}${text(` (${offer.fix})`, `（${offer.fix}）`)[args.lang]}`, ...page.split('\n').map((l) => (l === '' ? '' : `    ${l}`))];
}

const NOTE = text('Note: ', '注意：');
const OUTSIDE = text('Outside PATH, and so not in the diff for git:', '在 PATH 之外，因此不在给 git 的差异里：');

/** Everything about a plan that is not the result: steps, commands, what was left out and why, the words of by-hand ways. */
export function sayPlan(session: Session, plan: Plan, preview: Preview, chosen: Chosen, { findings, machine }: Pick<Looked, 'findings' | 'machine'>, args: Args, io: Io): void {
  const { lang } = args;
  const columns = columnsOf(io.stderr);
  const paint = paintFor(io.stderr, args, io.env);
  io.stderr.write(planText(plan, preview.commands, { lang, columns, tell: (s) => session.tell(s), findings }));
  const passed = chosen.passed.flatMap(({ finding, why }) => wrap(suggested(text(`Left out: ${title(finding, args)}: ${oneLine(why.en)}`, `未纳入“${title(finding, args)}”：${because(oneLine(why['zh-CN']))}`)[lang], io), columns));
  const refused = (why: Text | undefined): readonly string[] => (why ? wrap(text(`Nothing else applies here: ${oneLine(why.en)}`, `这里没有其他可用的办法：${because(oneLine(why['zh-CN']))}`)[lang], columns - 2).map((l) => `  ${l}`) : []);
  const byHand = chosen.byHand.flatMap(({ finding, offers, why }) => [paint('strong', `${BY_HAND[lang]}${lang === 'en' ? ': ' : '：'}${title(finding, args)}`), ...refused(why), ...offers.flatMap((o) => wordsOf(o, args, io, columns))]);
  const behind = staysBehind(plan, machine).flatMap((one) => wrap(`${NOTE[lang]}${oneLine(one[lang])}`, columns));
  const hands = leftToYou(plan, lang, columns);
  const outside = shownDiffs(preview, args).filter((d) => d.outside);
  const system = outside.length === 0 ? [] : [...wrap(OUTSIDE[lang], columns), patchText(outside.map((d) => d.patch).join(''), paint)];
  for (const part of [behind, hands, system, passed, byHand]) if (part.length > 0) io.stderr.write(`\n${part.join('\n').trimEnd()}\n`);
}

/** Notes that only a dry run needs: what nobody saw running, what is a guess, what is withheld. */
export function sayNotes(shown: readonly Shown[], chosen: Chosen, machine: Machine, args: Args, io: Io): void {
  const asleep = [...new Set(chosen.taken.flatMap(({ finding }) => idle(finding, machine)))];
  const words = idleText(asleep, machine);
  const owners = chosen.taken.some((t) => t.offer.proposal?.changes.some((c) => c.kind === 'own-mount' || c.kind === 'set-folder'));
  const made = [...new Set(shown.flatMap((d) => generatedIn(d.patch)))];
  const notes = [
    // Measured: pages look fine and every upload fails when the patch alone is applied to a volume that root wrote.
    ...(owners ? [text('The diff alone is not enough here: the volumes and folders above have to change their owner while the services are stopped. fix --yes does both; by hand, apply the diff first, then run the commands above in their order. An N in them stands for the number of the run.', '这里只打补丁还不够：上面列出的卷和目录要在服务停止时更换属主。fix --yes 会一并完成；手动操作时请先打补丁，再按上面的顺序执行命令，其中的 N 代表运行的编号。')] : []),
    ...(asleep.length > 0 ? [text(`Not observed: ${words.en}; what is written to at run time could not be seen.`, `未观察：${words['zh-CN']}；看不到运行时会写哪里。`)] : []),
    ...(made.length > 0 ? [text(`Passwords are made when this is applied, and only then: ${made.map((n) => `<generated:${n}>`).join(', ')} stands for one in the diff. To apply the diff with git, put your own in its place; behind ":sha256" goes what \`printf %s PASSWORD | sha256sum\` prints.`, `密码在应用时才生成：差异里的 ${made.map((n) => `<generated:${n}>`).join('、')} 是它的占位。若用 git 打补丁，请换成你自己的密码；带 “:sha256” 的地方填 \`printf %s 密码 | sha256sum\` 的输出。`)] : []),
    // A diff that is empty creates nothing whose mode could be set.
    ...shown.filter((d) => d.mode !== undefined && !d.outside && d.patch !== '').map(({ path, mode = 0 }) => text(
      `${oneLine(path)} is written with mode ${mode.toString(8)}, which a diff for git can't say. After git apply: ${oneLine(quote(['chmod', mode.toString(8), path]))}`,
      `${oneLine(path)} 写入时的权限是 ${mode.toString(8)}，而给 git 的差异说不出来。git apply 之后请运行：${oneLine(quote(['chmod', mode.toString(8), path]))}`,
    )),
    ...chosen.taken.filter((t) => t.finding.confidence === 'guess').map(({ finding }) => text(`A guess: ${title(finding, args)}. --yes leaves it out.`, `只是推测：${title(finding, args)}。--yes 不会应用它。`)),
  ];
  const hidden = shown.filter((d) => d.withheld > 0).map((d) => text(
    `${oneLine(d.path)}: ${d.withheld} part${d.withheld === 1 ? '' : 's'} of the diff withheld, a line there holds a secret. Applied as it is, this would be half of the change; --show-secrets prints all of it.`,
    `${oneLine(d.path)}：差异中有 ${d.withheld} 处未显示，因为含有密码。直接应用只会完成一半的改动；--show-secrets 会全部显示。`,
  ));
  for (const note of [...notes, ...hidden]) io.stderr.write(`\n${wrap(note[args.lang], columnsOf(io.stderr)).join('\n')}\n`);
}

/** An empty plan: nothing is there to look at, nothing was found, or nothing of what was found is to be done. */
export function nothingToDo({ findings, machine }: Pick<Looked, 'findings' | 'machine'>, chosen: Chosen, plan: Plan): Text {
  const left = chosen.passed.length + chosen.byHand.length + plan.refused.length > 0 || findings.some((f) => !f.suppressed);
  return left ? text('Nothing to change.', '没有需要改动的内容。') : nothingFound(machine);
}
