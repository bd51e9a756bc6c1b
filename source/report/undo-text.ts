import type { Result, RunSummary } from '../engine/session.ts';
import type { Since } from '../engine/since.ts';
import type { Change } from '../model/change.ts';
import { list, same, text, type Text } from '../model/text.ts';
import { awayFor } from './away-for.ts';
import { broughtBack, cameToText } from './came-to.ts';
import { discreet } from './discreet.ts';
import { byYou } from './left-to-you.ts';
import { oneLine } from './plain.ts';
import { placeOf } from './places.ts';
import type { Looks } from './pretty-finding.ts';
import { anewText, asItStands, goOn, unwellText } from './runs-text.ts';
import { counted, moment } from './terms.ts';
import { ending as endingIn, labelled, width, wrap } from './wrap.ts';

const of = <K extends Change['kind']>(run: RunSummary, kind: K): readonly Extract<Change, { kind: K }>[] =>
  run.plan.steps.flatMap(({ change }) => (change.kind === kind ? [change as Extract<Change, { kind: K }>] : []));

const files = (run: RunSummary): readonly string[] => run.plan.steps.flatMap(({ change }) => (change.kind === 'edit-file' || change.kind === 'create-file' ? [oneLine(change.path)] : []));
const services = (run: RunSummary): readonly string[] => [...of(run, 'start-services').flatMap((c) => c.services.map((s) => oneLine(s.service))), ...of(run, 'restart-host').flatMap((c) => c.services.map(oneLine))];

/** How files stand that go back; of those that the run made nothing was there before. */
export function edits({ edited }: Since, run: Pick<RunSummary, 'plan'>): Text {
  const made = list(run.plan.steps.flatMap(({ change }) => (change.kind === 'create-file' ? [oneLine(change.path)] : [])));
  const goes = made.en === '' ? text('', '') : text(`; new then, and removed: ${made.en}`, `；当时新建的会删除：${made['zh-CN']}`);
  if (edited.length === 0) return text(`not edited since: back byte for byte${goes.en}`, `之后没有改过：逐字节还原${goes['zh-CN']}`);
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

/** What else of the machine itself goes back: owners of paths, and accounts. */
export const ofMachine = (plan: RunSummary['plan']): { readonly paths: readonly string[]; readonly accounts: readonly string[] } => ({
  paths: [...new Set(plan.steps.flatMap(({ change }) => (change.kind === 'set-path' ? [oneLine(change.path)] : [])))],
  accounts: plan.steps.flatMap(({ change }) => (change.kind === 'make-account' ? [oneLine(change.name)] : [])),
});

export const pathGoes = (path: string): Text => text(`${path}: back to whom it belonged`, `${path}：归还给原来的属主`);

/** What runs as it keeps it: where a person has to start that again, it goes only then. */
export function accountGoes(name: string, since: Since | undefined): Text {
  const again = list((since?.hand ?? []).flatMap((one) => one.services.map(oneLine)));
  return again.en === '' ? text(`${name}: removed, if it was made for this`, `${name}：若是为此创建的则删除`)
    : text(`${name}: removed, if it was made for this, once you have started ${again.en} again`, `${name}：若是为此创建的，等你重新启动 ${again['zh-CN']} 之后删除`);
}

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
      [none, since ? edits(since, run) : text('back byte for byte; an edit of yours since is kept, or it is said what stands in the way', '逐字节还原；之后你改过的会保留，或说明是什么挡住了')] as const,
    ]),
    ...(images.length === 0 ? [] : [[text(counted(images.length, 'image'), `${images.length} 个镜像`), kept.length === 0 ? removed(lost) : text(`${kept.join(', ')}: the old ${kept.length === 1 ? 'one was' : 'ones were'} kept`, `${kept.join('、')}：旧镜像都还在`)] as const]),
    ...(kept.length > 0 && lost.length > 0 ? [[none, removed(lost)] as const] : []),
    ...anew(since, 'image').map((words) => [none, words] as const),
    ...of(run, 'own-mount').map((change) => [placeOf(change, run), toRoot(change.mount.source, since)] as const),
    ...of(run, 'set-folder').map((change) => [placeOf(change, run), text('its old owner and mode', '原来的属主和权限')] as const),
    ...ofMachine(run.plan).paths.map((path) => [text('owner', '属主'), pathGoes(path)] as const),
    ...ofMachine(run.plan).accounts.map((name) => [text('account', '账号'), accountGoes(name, since)] as const),
    ...(inContainers.length === 0 ? [] : [[text(counted(inContainers.length, 'container'), `${inContainers.length} 个容器`), away([...inContainers].sort())] as const]),
    ...anew(since, 'container').map((words) => [none, words] as const),
    ...(programs.length === 0 ? [] : [[text(counted(programs.length, 'program'), `${programs.length} 个程序`), away(programs)] as const]),
  ];
}

/** What no undo brings back or takes away, of this very run. */
function staying(run: RunSummary, since: Since | undefined): readonly Text[] {
  const came = since?.owners.reduce((sum, one) => sum + (one.came ?? 0), 0) ?? 0;
  const filled = of(run, 'fill-volume').map(({ volume, service, path }) => text(`the volume ${oneLine(volume)} with what ${oneLine(service)} kept in ${oneLine(path)}: none of it is put back into the container`, `卷 ${oneLine(volume)}，里面是 ${oneLine(service)} 原来存在 ${oneLine(path)} 的内容：不会放回容器里`));
  const data = came > 0 ? text(`the ${came === 1 ? 'new file' : `${came} new files`}, and other new data in volumes: rows, messages`, `新产生的 ${came} 个文件，以及卷里之后产生的其他数据：数据库里的行、消息`) : text('new data in volumes: files, rows, messages', '卷里之后产生的数据：文件、数据库里的行、消息');
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
    ...(since?.hand ? ['', ...byYou(since.hand, lang, columns)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** A remark may hold a diff: that stands as it is, sentences are wrapped. */
export const said = (remark: string, columns: number): readonly string[] =>
  remark.split('\n').flatMap((row, i) => (i === 0 ? wrap(oneLine(discreet(row)), columns) : [oneLine(discreet(row))]));

/** How an undo ended, in one sentence: the same on the command line, on the screen and in the last words. */
export function undoneHead({ run, exitCode, stuck, vitals, stays = [], aside = [], unwell = [] }: Pick<Result, 'run' | 'exitCode' | 'stuck' | 'vitals' | 'stays' | 'aside' | 'unwell'>): Text {
  const named = (all: readonly Text[]): Text => text(list(all.map((one) => oneLine(one.en))).en, list(all.map((one) => oneLine(one['zh-CN'])))['zh-CN']);
  if (stuck) return text(`Run ${run} is not wholly undone.`, `第 ${run} 次运行没有完全撤销。`);
  const part = stays.length === 0 ? undefined : text(`Run ${run} is undone in part: ${named(stays).en} ${stays.length === 1 ? 'stays' : 'stay'}.`, `第 ${run} 次运行已部分撤销：${named(stays)['zh-CN']} 没有还原。`);
  if (unwell.length > 0) return text(`${part?.en ?? `Run ${run} is undone.`} Not as before: ${unwell.map((one) => oneLine(one.said.en)).join('; ')}.`, `${part?.['zh-CN'] ?? `第 ${run} 次运行已撤销。`}和之前不一样：${unwell.map((one) => oneLine(one.said['zh-CN'])).join('；')}。`);
  const worse = vitals.filter((v) => v.result === 'WORSE').map((v) => v.service);
  if (worse.length > 0) {
    const names = named([...new Set(worse)].map(same));
    return text(`${part?.en ?? `Run ${run} is undone.`} ${names.en} ${new Set(worse).size === 1 ? 'does' : 'do'} not answer as before.`, `${part?.['zh-CN'] ?? `第 ${run} 次运行已撤销。`}${names['zh-CN']} 的应答和之前不一样。`);
  }
  if (part) return part;
  if (aside.length > 0) return text(`Run ${run} is undone. Kept beside it: ${named(aside).en}.`, `第 ${run} 次运行已撤销。另外保留了：${named(aside)['zh-CN']}。`);
  return exitCode === 0 ? text(`Run ${run} is undone.`, `第 ${run} 次运行已撤销。`) : text(`Run ${run} is not wholly undone.`, `第 ${run} 次运行没有完全撤销。`);
}

/** What to do where something is left to take back; nothing where nothing is. */
export function afterUndo({ run, stuck, rest, unwell = [] }: Pick<Result, 'run' | 'stuck' | 'rest' | 'unwell'>): Text | undefined {
  if (stuck) return text(`When that is out of the way: harden-tui undo ${run}`, `问题解决之后：harden-tui undo ${run}`);
  const all = [...unwell.flatMap((one) => unwellText(one) ?? []), ...(rest ? [goOn(run, rest)] : [])];
  return all.length === 0 ? undefined : text(all.map((t) => t.en).join('. '), all.map((t) => t['zh-CN']).join('。'));
}

/** How an undo ended; what answered stands above it (going-back.ts). */
export function undoneText(run: RunSummary, result: Result, { lang, columns, suggest = (sentence) => sentence }: Looks): string {
  const next = afterUndo(result);
  const whole = result.exitCode === 0;
  const lines = [
    ...result.remarks.flatMap((r) => said(r[lang], columns)),
    ...(result.hand ? [...byYou(result.hand, lang, columns), ''] : []),
    ...(whole ? endingIn(suggest(text(`Run ${run.run} is undone. Its plan is kept: harden-tui history`, `第 ${run.run} 次运行已撤销。方案仍保留：harden-tui history`)[lang]), columns) : wrap(undoneHead(result)[lang], columns)),
    ...(next ? endingIn(suggest(next[lang]), columns) : []),
    ...(whole && !run.folderGone && result.hand === undefined ? endingIn(suggest(anewText(run.run)[lang]), columns) : []),
  ];
  return `${lines.join('\n')}\n`;
}
