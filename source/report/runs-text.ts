import type { Result, RunSummary } from '../engine/session.ts';
import type { Change } from '../model/change.ts';
import { list, text, type Text } from '../model/text.ts';
import { broughtBack, cameToText, stands, verdictsOf } from './came-to.ts';
import { discreet } from './discreet.ts';
import { oneLine } from './plain.ts';
import type { Looks } from './pretty-finding.ts';
import { counted, moment, OUTCOME } from './terms.ts';
import { labelled, pad, width } from './wrap.ts';

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

const owned = (run: RunSummary): readonly string[] => [...new Set([...[...of(run, 'own-mount'), ...of(run, 'set-folder')].map((c) => oneLine(c.mount.source)), ...of(run, 'set-path').map((c) => oneLine(c.path))])];

const gone = (run: RunSummary): Text => (run.folderGone ? text(', its folder is gone', '，文件夹已不存在') : text('', ''));

/** Without what was taken back of it already. */
export const asItStands = (run: RunSummary): RunSummary => (run.part ? { ...run, plan: run.part.stands } : run);

/** Runs that have something to take back; one that a crash cut short has, too. */
export const canBeUndone = (run: RunSummary): boolean => run.ending === 'applied' || run.ending === 'unfinished';

/** The first lines of undo: which run, what goes back, what comes back with it. */
export function undoText(recorded: RunSummary, { lang, columns }: Looks): string {
  const run = asItStands(recorded);
  const images = of(run, 'build-image').map((c) => oneLine(c.image));
  const mounts = owned(run);
  const rows: [string, string][] = [];
  const row = (label: Text, words: Text): void => void rows.push([label[lang], words[lang]]);
  const [edited, names] = [files(run), services(run)];
  if (edited.length > 0) {
    row(text(counted(edited.length, 'file'), `${edited.length} 个文件`), text(edited.join('  '), edited.join('  ')));
    row(text('', ''), text('back byte for byte; an edit of yours since is kept, or it is said what stands in the way', '逐字节还原；之后你改过的会保留，或说明是什么挡住了'));
  }
  if (images.length > 0) row(text(counted(images.length, 'image'), `${images.length} 个镜像`), text(`${images.join(', ')}: the old ones were kept`, `${images.join('、')}：旧镜像都还在`));
  for (const mount of mounts) row(text('owner', '属主'), text(`${mount}: back to whom it belonged`, `${mount}：归还给原来的属主`));
  for (const name of accounts(run)) row(text('account', '账号'), text(`${name}: removed, if it was made for this`, `${name}：若是为此创建的则删除`));
  if (names.length > 0) row(text(counted(names.length, 'service'), `${names.length} 个服务`), text(`${list(names).en}; away for some seconds`, `${list(names)['zh-CN']}；会中断几秒`));
  const { sure, unsure } = broughtBack(recorded);
  const named = (all: readonly Text[]): string => all.map((one) => oneLine(one[lang])).join(lang === 'en' ? '; ' : '；');
  const stays = text('data that came since: files in volumes, rows, messages', '之后产生的数据：卷里的文件、数据库里的行、消息')[lang];
  const indent = Math.max(...rows.map(([label]) => width(label)), 0) + 4;
  const state = run.ending === 'unfinished' ? text(' What had begun is taken back.', '已开始的部分会被还原。')[lang] : '';
  const head = text(
    `Run ${run.run} of ${moment(run.at, 'en')}, in ${oneLine(run.name)}: ${cameToText(recorded).en}.`,
    `${moment(run.at, 'zh-CN')} 的第 ${run.run} 次运行，项目 ${oneLine(run.name)}：${cameToText(recorded)['zh-CN']}。`,
  )[lang];
  const lines = [
    head + state, oneLine(run.root), '',
    text('Taking it back', '撤销的内容')[lang],
    ...rows.flatMap(([label, words]) => labelled(`  ${label}`, words, indent, columns)),
    ...(sure.length + unsure.length > 0 ? [''] : []),
    ...(sure.length > 0 ? labelled(text('What comes back', '会回来的')[lang], named(sure), 17, columns) : []),
    ...(unsure.length > 0 ? labelled(text('Cannot tell', '无法判断')[lang], text(`${named(unsure)}: never proven gone`, `${named(unsure)}：从未验证过已消除`)[lang], 17, columns) : []),
    ...(names.length > 0 ? labelled(text('What stays', '会保留的')[lang], stays, 17, columns) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** How an undo ended. */
export function undoneText(run: RunSummary, result: Result, { lang, columns, suggest = (sentence) => sentence }: Looks): string {
  const whole = result.exitCode === 0;
  const stays = { en: list((result.stays ?? []).map((s) => oneLine(s.en))).en, zh: (result.stays ?? []).map((s) => oneLine(s['zh-CN'])).join('、') };
  const rest = !result.stuck && !result.vitals.some((v) => v.result === 'WORSE') && stays.en !== '';
  const answers = result.vitals.map((v) => `${oneLine(v.service)} ${oneLine(v.what)} ${oneLine(v.after ?? v.before)}${v.result === 'WORSE' ? ' (WORSE)' : ''}`);
  const lines = [
    ...(answers.length > 0 ? labelled(text('Answers', '应答')[lang], answers.join(', '), 9, columns) : []),
    ...result.remarks.flatMap((r) => r[lang].split('\n')).map((r) => oneLine(r)),
    whole ? suggest(text(`Run ${run.run} is undone. Its plan is kept: harden-tui history`, `第 ${run.run} 次运行已撤销。方案仍保留：harden-tui history`)[lang])
      : rest ? text(`Run ${run.run} is undone, all but ${stays.en}: the lines above say why.`, `第 ${run.run} 次运行已撤销，只有 ${stays.zh} 没有还原：原因见上面几行。`)[lang]
      : text(`Run ${run.run} is not wholly undone; the lines above say what stands in the way.`, `第 ${run.run} 次运行没有完全撤销；原因见上面几行。`)[lang],
  ];
  return `${lines.join('\n')}\n`;
}

const endingOf = (run: RunSummary): Text =>
  run.by !== undefined ? text(`going on, process ${run.by}`, `正在进行，进程 ${run.by}`) : run.part && run.ending === 'applied' ? PARTLY : ENDINGS[run.ending];

/** Of a run that went back: what was seen before it did, and is so no more. */
const WAS: typeof OUTCOME = { gone: text('was gone', '曾消除'), left: text('was left', '当时仍在'), 'cannot-tell': OUTCOME['cannot-tell'] };

/** How it stands, behind how it ended; nothing where that says it all. */
const summed = (run: RunSummary): Text => {
  if (run.by !== undefined || run.ending === 'nothing-started' || run.ending === 'unfinished') return text('', '');
  const said = cameToText(run);
  return text(`: ${said.en}`, `：${said['zh-CN']}`);
};

/** What can be done about a run that was cut off and did not go back by itself. */
function waysOn({ run, ending, by, folderGone, tried }: RunSummary): readonly Text[] {
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
    const named = (goes: boolean): string => run.plan.choices.filter((c) => back.includes(c.finding) === goes).map((c) => `${c.risk} (${c.fix})`).join(', ');
    const [risks, undone] = [named(false), named(true)];
    const now = asItStands(run);
    const changed = [...files(now), ...of(now, 'build-image').map((c) => oneLine(c.image)), ...owned(now)].join(' ');
    const proofs = verdictsOf(run).flatMap((v) => labelled(`     ${pad((stands(run) ? OUTCOME : WAS)[v.outcome][lang], 11)}`, `${oneLine(v.title[lang])}${lang === 'en' ? ': ' : '：'}${suggest(oneLine(discreet(v.proof[lang])))}`, 18, columns));
    return [
      `${paint('strong', run.run.padStart(3))}  ${moment(run.at, lang)}  ${oneLine(run.name)}  ${endingOf(run)[lang]}${gone(run)[lang]}${summed(run)[lang]}  ${paint('faint', oneLine(run.root))}`,
      ...(risks ? labelled(`     ${text('fixes', '办法')[lang]}`, risks, 18, columns) : []),
      ...(undone ? labelled(`     ${text('undone', '已撤销')[lang]}`, undone, 18, columns) : []),
      ...(changed ? labelled(`     ${text('changed', '改动')[lang]}`, changed, 18, columns) : []),
      ...proofs,
      ...waysOn(run).map((words) => `     ${suggest(oneLine(words[lang]))}`),
    ].join('\n');
  }).join('\n') + '\n';
}

