import { quote } from '../files/shellwords.ts';
import type { Unwell } from '../engine/unwell.ts';
import type { RunSummary, Staying } from '../engine/session.ts';
import { list, text, type Text } from '../model/text.ts';
import { cameToText, stands, verdictsOf } from './came-to.ts';
import { discreet, hiddenIn } from './discreet.ts';
import { oneLine } from './plain.ts';
import { changedText } from './places.ts';
import type { Looks } from './pretty-finding.ts';
import { moment, OUTCOME } from './terms.ts';
import { ending as endingIn, labelled, pad, width } from './wrap.ts';

const ENDINGS: Readonly<Record<RunSummary['ending'], Text>> = {
  applied: text('applied', '已应用'), 'taken-back': text('taken back by itself', '已自动还原'), 'nothing-started': text('nothing was started', '没有开始'),
  interrupted: text('stopped and taken back', '中止并已还原'), undone: text('undone', '已撤销'), unfinished: text('unfinished', '未完成'),
  'cut-off': text('cut off, and taken back by itself', '中途被切断，已自动还原'),
};

const PARTLY = text('applied, partly undone', '已应用，部分已撤销');
const IN_PART = text('undone in part', '已部分撤销');

const gone = (run: RunSummary): Text => (run.folderGone ? text(', its folder is gone', '，目录已不存在') : text('', ''));

/** Without what was taken back of it already; with what an undo left, for the next one. */
export function asItStands(run: RunSummary): RunSummary {
  const { plan } = run.part ? { plan: run.part.stands } : run;
  return { ...run, plan: run.rest ? { ...plan, steps: run.rest.steps } : plan };
}

/** Runs that have something to take back; one that a crash cut short has, too. */
export const canBeUndone = (run: RunSummary): boolean => run.ending === 'applied' || run.ending === 'unfinished' || run.rest !== undefined;

/** What an undo left, of which the history says so until it went back as well. */
export function staysText({ rest }: Pick<RunSummary, 'rest'>): Text | undefined {
  if (!rest) return undefined;
  const names = list(rest.names.map((name) => oneLine(name.en)));
  return text(`${names.en} ${rest.names.length === 1 ? 'stays' : 'stay'}`, `${list(rest.names.map((name) => oneLine(name['zh-CN'])))['zh-CN']} 没有还原`);
}

const endingOf = (run: RunSummary): Text => {
  const said = run.by !== undefined ? text(`going on, process ${run.by}`, `正在进行，进程 ${run.by}`) : run.part && run.ending === 'applied' ? PARTLY : run.rest ? IN_PART : ENDINGS[run.ending];
  const stays = staysText(run);
  return stays && run.by === undefined ? text(`${said.en}: ${stays.en}`, `${said['zh-CN']}：${stays['zh-CN']}`) : said;
};

/** Of a run that went back: what was seen before it did, and is so no more. */
const WAS: typeof OUTCOME = { gone: text('was gone', '曾消除'), left: text('was left', '当时仍在'), 'cannot-tell': OUTCOME['cannot-tell'] };

/** How it stands, behind how it ended; nothing where that says it all. */
const summed = (run: RunSummary): Text => {
  if (run.by !== undefined || run.folderGone || run.ending === 'nothing-started' || run.ending === 'unfinished') return text('', '');
  const said = cameToText(run);
  return text(`: ${said.en}`, `：${said['zh-CN']}`);
};

const BACK: ReadonlySet<RunSummary['ending']> = new Set(['undone', 'taken-back', 'interrupted', 'cut-off']);

/** What a person does before the next undo takes the rest back. */
export function goOn(run: string, { names, files }: Pick<Staying, 'names' | 'files'>): Text {
  const edit = list(files.map(oneLine));
  return files.length === 0
    ? text(`Once nothing stands in its way (${list(names.map((n) => oneLine(n.en))).en}): harden-tui undo ${run}`, `等${list(names.map((n) => oneLine(n['zh-CN'])))['zh-CN']} 不再被占用之后：harden-tui undo ${run}`)
    : text(`Edit ${edit.en} by hand so that its lines are those of then, then: harden-tui undo ${run}`, `手动把 ${edit['zh-CN']} 里那几行改回当时的样子，再执行：harden-tui undo ${run}`);
}

export const wasUnwell = ({ said }: Unwell): Text => text(`When it was undone: ${said.en}`, `撤销时：${said['zh-CN']}`);

/** What may help where a service does not answer as before, once all is back. */
export const unwellText = ({ service, command }: Unwell): Text | undefined => (command ? text(`To start ${oneLine(service)} again: ${oneLine(quote(command))}`, `重启 ${oneLine(service)}：${oneLine(quote(command))}`) : undefined);

export const anewText = (run: string): Text => text(`To do the same anew: harden-tui fix --finish ${run}`, `重新执行同样的修复：harden-tui fix --finish ${run}`);

/** What can be done about a run that was cut off and did not go back by itself; and with the plan of the last one of a folder, where it went back. */
function waysOn({ run, ending, by, folderGone, tried, rest, unwell = [] }: RunSummary, newest: boolean): readonly Text[] {
  // What became of it later nobody wrote down: it is of interest as long as nothing came after it.
  const silent = newest && !folderGone ? unwell.flatMap((one) => [wasUnwell(one), unwellText(one) ?? []].flat()) : [];
  if (rest && !folderGone && by === undefined) return [...silent, goOn(run, rest)];
  if (newest && BACK.has(ending) && !folderGone) return [...silent, anewText(run)];
  if (ending !== 'unfinished' || by !== undefined || folderGone) return [];
  return [
    ...(tried ? [text(`Taking it back was tried: ${tried.en}`, `已尝试自动还原：${tried['zh-CN']}`)] : []),
    text(`To take back what had begun: harden-tui undo ${run}`, `还原已开始的部分：harden-tui undo ${run}`),
    text(`To take it back and do the same anew: harden-tui fix --finish ${run} --yes`, `还原后重新执行同样的修复：harden-tui fix --finish ${run} --yes`),
  ];
}

/** Which run, and how it ended; its folder on a row of its own where they do not stand side by side. */
function heading(run: RunSummary, { lang, columns, paint }: Looks): readonly string[] {
  const words = `${moment(run.at, lang)}  ${oneLine(run.name)}  ${endingOf(run)[lang]}${gone(run)[lang]}${summed(run)[lang]}`;
  const root = paint('faint', oneLine(run.root));
  const rows = labelled(paint('strong', run.run.padStart(3)), words, 5, columns);
  return rows.length === 1 && width(`${rows[0]}  ${root}`) <= columns ? [`${rows[0]}  ${root}`] : [...rows, `     ${root}`];
}

/** Every run, the newest first: what it changed, and how it was proven. */
export function historyText(runs: readonly RunSummary[], looks: Looks): string {
  const { lang, columns, suggest = (sentence) => sentence } = looks;
  if (runs.length === 0) return text('No run is kept here: nothing was changed yet, or it was forgotten since.\n', '这里没有运行记录：还没有改动过，或者记录已清除。\n')[lang];
  return [...runs].reverse().map((run) => {
    const back = run.part?.gone ?? [];
    const named = (goes: boolean): string => run.plan.choices.filter((c) => back.includes(c.finding) === goes).map((c) => (lang === 'en' ? `${c.risk} (${c.fix})` : `${c.risk}（${c.fix}）`)).join(lang === 'en' ? ', ' : '、');
    const [risks, undone] = [named(false), named(true)];
    const now = asItStands(run);
    const changed = changedText(now)[lang];
    const proofs = verdictsOf(run).flatMap((v) => labelled(`     ${pad((stands(run) ? OUTCOME : WAS)[v.outcome][lang], 11)}`, `${oneLine(v.title[lang])}${lang === 'en' ? ': ' : '：'}${suggest(oneLine(discreet(v.proof[lang])))}`, 18, columns));
    return [
      ...heading(run, looks),
      ...(risks ? labelled(`     ${text('fixes', '办法')[lang]}`, risks, 18, columns) : []),
      ...(undone ? labelled(`     ${text('undone', '已撤销')[lang]}`, undone, 18, columns) : []),
      ...(changed ? labelled(`     ${text('changed', '改动')[lang]}`, changed, 18, columns) : []),
      ...proofs,
      ...waysOn(run, runs.findLast((one) => one.root === run.root) === run).flatMap((words) => endingIn(suggest(oneLine(words[lang])), columns - 5).map((row) => `     ${row}`)),
    ].join('\n');
  }).map((page) => hiddenIn(page, lang)).join('\n') + '\n';
}

