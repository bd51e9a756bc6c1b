import type { Result, RunSummary } from '../engine/session.ts';
import type { Since } from '../engine/since.ts';
import type { Change } from '../model/change.ts';
import { list, text, type Text } from '../model/text.ts';
import { awayFor } from './away-for.ts';
import { broughtBack, cameToText, stands, verdictsOf } from './came-to.ts';
import { discreet } from './discreet.ts';
import { oneLine } from './plain.ts';
import { changedText, placeOf } from './places.ts';
import type { Looks } from './pretty-finding.ts';
import { counted, moment, OUTCOME } from './terms.ts';
import { ending as endingIn, labelled, pad, width, wrap } from './wrap.ts';

const ENDINGS: Readonly<Record<RunSummary['ending'], Text>> = {
  applied: text('applied', '已应用'), 'taken-back': text('taken back by itself', '已自动还原'), 'nothing-started': text('nothing was started', '没有开始'),
  interrupted: text('stopped and taken back', '中止并已还原'), undone: text('undone', '已撤销'), unfinished: text('unfinished', '未完成'),
  'cut-off': text('cut off, and taken back by itself', '中途被切断，已自动还原'),
};

const PARTLY = text('applied, partly undone', '已应用，部分已撤销');

const of = <K extends Change['kind']>(run: RunSummary, kind: K): readonly Extract<Change, { kind: K }>[] =>
  run.plan.steps.flatMap(({ change }) => (change.kind === kind ? [change as Extract<Change, { kind: K }>] : []));

const files = (run: RunSummary): readonly string[] => run.plan.steps.flatMap(({ change }) => (change.kind === 'edit-file' || change.kind === 'create-file' ? [oneLine(change.path)] : []));
const services = (run: RunSummary): readonly string[] => [...of(run, 'start-services').flatMap((c) => c.services.map((s) => oneLine(s.service))), ...of(run, 'restart-host').flatMap((c) => c.services.map(oneLine))];
const accounts = (run: RunSummary): readonly string[] => of(run, 'make-account').map((c) => oneLine(c.name));

const gone = (run: RunSummary): Text => (run.folderGone ? text(', its folder is gone', '，文件夹已不存在') : text('', ''));

/** Without what was taken back of it already. */
export function asItStands(run: RunSummary): RunSummary {
  const { stays } = run;
  const { plan } = run.part ? { plan: run.part.stands } : run;
  return { ...run, plan: stays ? { ...plan, steps: plan.steps.filter(({ change }) => 'path' in change && stays.includes(change.path)) } : plan };
}

/** Runs that have something to take back; one that a crash cut short has, too. */
export const canBeUndone = (run: RunSummary): boolean => run.ending === 'applied' || run.ending === 'unfinished' || run.stays !== undefined;

/** How files stand that go back. */
export function edits({ edited }: Since): Text {
  if (edited.length === 0) return text('not edited since: back byte for byte', '之后没有改过：逐字节还原');
  const names = list(edited.map(oneLine));
  return text(`${names.en} edited since: an edit on other lines is kept, on the same lines the file stays as it is`, `${names['zh-CN']} 之后被改过：改在别处的会保留，改在同样几行的，文件保持原样`);
}

/** `25 files to root: 23 that were, 2 that came since` */
export function toRoot(source: string, since: Since | undefined): Text {
  const known = since?.owners.find((one) => one.source === source);
  if (known?.came === undefined) return text('back to root', '归还给 root');
  const { were, came } = known;
  return came === 0 ? text(`${counted(were, 'file')} to root`, `${were} 个文件归还给 root`)
    : text(`${counted(were + came, 'file')} to root: ${were} that ${were === 1 ? 'was' : 'were'}, ${came} that came since`, `${were + came} 个文件归 root：原来的 ${were} 个，之后产生的 ${came} 个`);
}

/** What came since and has to make room: nothing of it is thrown away. */
export const anew = (since: Since | undefined, kind: 'image' | 'container'): readonly Text[] => (since?.anew ?? []).filter((one) => one.kind === kind).map(({ name, service }) => (kind === 'image'
  ? text(`${oneLine(name)} was built again since: ${oneLine(service)} goes back to the code of then, your build is kept`, `${oneLine(name)} 之后重新构建过：${oneLine(service)} 会回到当时的代码，你的构建会保留`)
  : text(`${oneLine(name)} was started anew since: it is stopped and kept beside`, `${oneLine(name)} 之后重新启动过：会停止并另存`)));

/** `docker compose down --rmi local` takes what is kept along, too (measured): the labels of its project are in the image. */
export const removed = (images: readonly string[]): Text => text(
  `${images.join(', ')}: the old ${images.length === 1 ? 'one was' : 'ones were'} removed since. Undo brings the files back; build from them, then undo once more`,
  `${images.join('、')}：旧镜像之后被删除了。撤销会还原文件；请用它们重新构建，然后再撤销一次`,
);

/** What goes back, by kind; the second row of the files says how they stand. */
function goingBack(run: RunSummary, since: Since | undefined): readonly (readonly [label: Text, words: Text])[] {
  const images = of(run, 'build-image').map((c) => oneLine(c.image));
  const lost = (since?.lost ?? []).map(oneLine);
  const kept = images.filter((image) => !lost.includes(image));
  const edited = files(run);
  const [inContainers, programs] = [of(run, 'start-services').flatMap((c) => c.services.map((s) => oneLine(s.service))), of(run, 'restart-host').flatMap((c) => c.services.map(oneLine))];
  const away = (names: readonly string[]): Text => text(`${names.join(', ')}; away for ${awayFor(run, names).en}`, `${names.join('、')}；会中断${awayFor(run, names)['zh-CN']}`);
  const none = text('', '');
  return [
    ...(edited.length === 0 ? [] : [
      [text(counted(edited.length, 'file'), `${edited.length} 个文件`), text(edited.join('  '), edited.join('  '))] as const,
      [none, since ? edits(since) : text('back byte for byte; an edit of yours since is kept, or it is said what stands in the way', '逐字节还原；之后你改过的会保留，或说明是什么挡住了')] as const,
    ]),
    ...(images.length === 0 ? [] : [[text(counted(images.length, 'image'), `${images.length} 个镜像`), kept.length === 0 ? removed(lost) : text(`${kept.join(', ')}: the old ${kept.length === 1 ? 'one was' : 'ones were'} kept`, `${kept.join('、')}：旧镜像都还在`)] as const]),
    ...(kept.length > 0 && lost.length > 0 ? [[none, removed(lost)] as const] : []),
    ...anew(since, 'image').map((words) => [none, words] as const),
    ...of(run, 'own-mount').map((change) => [placeOf(change, run), toRoot(change.mount.source, since)] as const),
    ...of(run, 'set-folder').map((change) => [placeOf(change, run), text('its old owner and mode', '原来的属主和权限')] as const),
    ...[...new Set(of(run, 'set-path').map((change) => oneLine(change.path)))].map((path) => [text('owner', '属主'), text(`${path}: back to whom it belonged`, `${path}：归还给原来的属主`)] as const),
    ...accounts(run).map((name) => [text('account', '账号'), text(`${name}: removed, if it was made for this`, `${name}：若是为此创建的则删除`)] as const),
    ...(inContainers.length === 0 ? [] : [[text(counted(inContainers.length, 'container'), `${inContainers.length} 个容器`), away([...inContainers].sort())] as const]),
    ...anew(since, 'container').map((words) => [none, words] as const),
    ...(programs.length === 0 ? [] : [[text(counted(programs.length, 'program'), `${programs.length} 个程序`), away(programs)] as const]),
  ];
}

/** What no undo brings back or takes away, of this very run. */
function staying(run: RunSummary, since: Since | undefined): readonly Text[] {
  const came = since?.owners.reduce((sum, one) => sum + (one.came ?? 0), 0) ?? 0;
  const filled = of(run, 'fill-volume').map(({ volume, service, path }) => text(`the volume ${oneLine(volume)} with what ${oneLine(service)} kept in ${oneLine(path)}: none of it is put back into the container`, `卷 ${oneLine(volume)}，里面是 ${oneLine(service)} 原来存在 ${oneLine(path)} 的内容：不会放回容器里`));
  const data = came > 0 ? text(`the ${came === 1 ? 'new file' : `${came} new files`}, and other data that came since: rows, messages`, `新产生的 ${came} 个文件，以及之后产生的其他数据：数据库里的行、消息`) : text('data that came since: files in volumes, rows, messages', '之后产生的数据：卷里的文件、数据库里的行、消息');
  return services(run).length === 0 ? filled : [...filled, data];
}

/** The first lines of undo, called in the folder `from`: which run, what goes back, what comes back with it. */
export function undoText(recorded: RunSummary, { lang, columns }: Looks, since?: Since, from?: string): string {
  const run = asItStands(recorded);
  const rows = goingBack(run, since);
  const { sure, unsure } = broughtBack(recorded, true);
  const named = (all: readonly Text[]): string => all.map((one) => oneLine(one[lang])).join(lang === 'en' ? '; ' : '；');
  // Who stands in the folder knows which it is.
  const elsewhere = from === undefined || !(from === run.root || from.startsWith(`${run.root}/`));
  const indent = Math.max(13, ...rows.map(([label]) => width(label[lang]))) + 4;
  const state = run.ending === 'unfinished' ? text(' What had begun is taken back.', '已开始的部分会被还原。')[lang] : '';
  const head = text(
    `Run ${run.run} of ${moment(run.at, 'en')}, in ${oneLine(run.name)}: ${cameToText(recorded).en}.`,
    `${moment(run.at, 'zh-CN')} 的第 ${run.run} 次运行，项目 ${oneLine(run.name)}：${cameToText(recorded)['zh-CN']}。`,
  )[lang];
  const stays = staying(run, since);
  const lines = [
    head + state, ...(elsewhere ? [oneLine(run.root)] : []), '',
    text('Taking it back', '要还原的')[lang],
    ...rows.flatMap(([label, words]) => labelled(`  ${label[lang]}`, words[lang], indent, columns)),
    ...(sure.length + unsure.length + stays.length > 0 ? [''] : []),
    ...(sure.length > 0 ? labelled(text('What comes back', '会跟着回来的')[lang], named(sure), indent, columns) : []),
    ...(unsure.length > 0 ? labelled(text('Cannot tell', '无法判断')[lang], text(`${named(unsure)}: never proven gone`, `${named(unsure)}：从未验证过已消除`)[lang], indent, columns) : []),
    ...stays.flatMap((one, i) => labelled(i === 0 ? text('What stays', '会保留的')[lang] : '', one[lang], indent, columns)),
  ];
  return `${lines.join('\n')}\n`;
}

/** A remark may hold a diff: that stands as it is, sentences are wrapped. */
export const said = (remark: string, columns: number): readonly string[] =>
  remark.split('\n').flatMap((row, i) => (i === 0 ? wrap(oneLine(discreet(row)), columns) : [oneLine(discreet(row))]));

/** How an undo ended; what answered stands above it (going-back.ts). */
export function undoneText(run: RunSummary, result: Result, { lang, columns, suggest = (sentence) => sentence }: Looks): string {
  const whole = result.exitCode === 0;
  const stays = { en: list((result.stays ?? []).map((s) => oneLine(s.en))).en, zh: (result.stays ?? []).map((s) => oneLine(s['zh-CN'])).join('、') };
  const rest = !result.stuck && !result.vitals.some((v) => v.result === 'WORSE') && stays.en !== '';
  const lines = [
    ...result.remarks.flatMap((r) => said(r[lang], columns)),
    ...(whole ? endingIn(suggest(text(`Run ${run.run} is undone. Its plan is kept: harden-tui history`, `第 ${run.run} 次运行已撤销。方案仍保留：harden-tui history`)[lang]), columns)
      : wrap((rest ? text(`Run ${run.run} is undone, all but ${stays.en}: the lines above say why.`, `第 ${run.run} 次运行已撤销，只有 ${stays.zh} 没有还原：原因见上面几行。`)
      : text(`Run ${run.run} is not wholly undone; the lines above say what stands in the way.`, `第 ${run.run} 次运行没有完全撤销；原因见上面几行。`))[lang], columns)),
  ];
  return `${lines.join('\n')}\n`;
}

const allBut = (files: readonly string[]): Text => text(`undone, all but ${list(files.map(oneLine)).en}`, `已撤销，只有 ${list(files.map(oneLine))['zh-CN']} 没有还原`);

const endingOf = (run: RunSummary): Text =>
  run.by !== undefined ? text(`going on, process ${run.by}`, `正在进行，进程 ${run.by}`) : run.part && run.ending === 'applied' ? PARTLY : run.stays ? allBut(run.stays) : ENDINGS[run.ending];

/** Of a run that went back: what was seen before it did, and is so no more. */
const WAS: typeof OUTCOME = { gone: text('was gone', '曾消除'), left: text('was left', '当时仍在'), 'cannot-tell': OUTCOME['cannot-tell'] };

/** How it stands, behind how it ended; nothing where that says it all. */
const summed = (run: RunSummary): Text => {
  if (run.by !== undefined || run.folderGone || run.ending === 'nothing-started' || run.ending === 'unfinished') return text('', '');
  const said = cameToText(run);
  return text(`: ${said.en}`, `：${said['zh-CN']}`);
};

const BACK: ReadonlySet<RunSummary['ending']> = new Set(['undone', 'taken-back', 'interrupted', 'cut-off']);

/** What can be done about a run that was cut off and did not go back by itself; and with the plan of the last one of a folder, where it went back. */
function waysOn({ run, ending, by, folderGone, tried, stays }: RunSummary, newest: boolean): readonly Text[] {
  if (stays && !folderGone) return [text(`Once its lines are as the run left them, or gone: harden-tui undo ${run}`, `把那几行改回那次运行写下的样子之后：harden-tui undo ${run}`)];
  if (newest && BACK.has(ending) && !folderGone) return [text(`To do the same anew: harden-tui fix --finish ${run}`, `重新执行同样的修复：harden-tui fix --finish ${run}`)];
  if (ending !== 'unfinished' || by !== undefined || folderGone) return [];
  return [
    ...(tried ? [text(`Taking it back was tried: ${tried.en}`, `已尝试自动还原：${tried['zh-CN']}`)] : []),
    text(`To take back what had begun: harden-tui undo ${run}`, `还原已开始的部分：harden-tui undo ${run}`),
    text(`To take it back and do the same anew: harden-tui fix --finish ${run} --yes`, `还原后重新执行同样的修复：harden-tui fix --finish ${run} --yes`),
  ];
}

/** Every run, the newest first: what it changed, and how it was proven. */
export function historyText(runs: readonly RunSummary[], { lang, columns, paint, suggest = (sentence) => sentence }: Looks): string {
  if (runs.length === 0) return text('No run yet: nothing was ever changed by harden-tui here.\n', '还没有运行记录：harden-tui 在这里从未改动过任何东西。\n')[lang];
  return [...runs].reverse().map((run) => {
    const back = run.part?.gone ?? [];
    const named = (goes: boolean): string => run.plan.choices.filter((c) => back.includes(c.finding) === goes).map((c) => (lang === 'en' ? `${c.risk} (${c.fix})` : `${c.risk}（${c.fix}）`)).join(lang === 'en' ? ', ' : '、');
    const [risks, undone] = [named(false), named(true)];
    const now = asItStands(run);
    const changed = changedText(now)[lang];
    const proofs = verdictsOf(run).flatMap((v) => labelled(`     ${pad((stands(run) ? OUTCOME : WAS)[v.outcome][lang], 11)}`, `${oneLine(v.title[lang])}${lang === 'en' ? ': ' : '：'}${suggest(oneLine(discreet(v.proof[lang])))}`, 18, columns));
    return [
      `${paint('strong', run.run.padStart(3))}  ${moment(run.at, lang)}  ${oneLine(run.name)}  ${endingOf(run)[lang]}${gone(run)[lang]}${summed(run)[lang]}  ${paint('faint', oneLine(run.root))}`,
      ...(risks ? labelled(`     ${text('fixes', '办法')[lang]}`, risks, 18, columns) : []),
      ...(undone ? labelled(`     ${text('undone', '已撤销')[lang]}`, undone, 18, columns) : []),
      ...(changed ? labelled(`     ${text('changed', '改动')[lang]}`, changed, 18, columns) : []),
      ...proofs,
      ...waysOn(run, runs.findLast((one) => one.root === run.root) === run).map((words) => `     ${suggest(oneLine(words[lang]))}`),
    ].join('\n');
  }).join('\n') + '\n';
}

