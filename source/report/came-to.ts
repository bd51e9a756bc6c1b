import type { RunSummary } from '../engine/session.ts';
import type { Proof, Verdict } from '../model/proof.ts';
import { text, type Text } from '../model/text.ts';
import { counted } from './terms.ts';

/** A run of before, or one that just ended. */
export type Told = Pick<RunSummary, 'ending' | 'plan' | 'verdicts' | 'along' | 'part' | 'rest'>;

/** What a run came to. What was chosen proves nothing: only what was seen afterwards counts. */
export interface CameTo {
  readonly gone: number;
  readonly left: number;
  /** What was seen did not suffice. */
  readonly unknown: number;
  /** Nobody looked: the files alone were written, or it was cut short. */
  readonly untold: number;
}

/** Verdicts of what was chosen, and of what nobody chose and went with it; without what was taken back since. */
export const verdictsOf = ({ verdicts, along = [], part }: Pick<Told, 'verdicts' | 'along' | 'part'>): readonly Verdict[] =>
  [...verdicts, ...along].filter((verdict) => !part?.gone.includes(verdict.finding));

export function cameTo(run: Omit<Told, 'ending'>): CameTo {
  const verdicts = verdictsOf(run);
  const of = (outcome: Verdict['outcome']): number => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const chosen = run.plan.choices.filter((choice) => !run.part?.gone.includes(choice.finding));
  const untold = chosen.filter((choice) => !verdicts.some((verdict) => verdict.finding === choice.finding)).length;
  return { gone: of('gone'), left: of('left'), unknown: of('cannot-tell'), untold };
}

const OF_FILES: ReadonlySet<Proof['kind']> = new Set(['sudoers', 'kept-out']);

/** How many of those that are gone were seen in a file alone: no process shows them. */
export const goneInFiles = (run: Omit<Told, 'ending'>): number => verdictsOf(run).filter(({ outcome, finding }) => {
  const proofs = run.plan.owed.filter((one) => one.finding === finding).flatMap((one) => one.proofs);
  return outcome === 'gone' && proofs.length > 0 && proofs.every((proof) => OF_FILES.has(proof.kind));
}).length;

/** `5 risks gone`, `4 risks gone, 1 left`, `of 3 risks we cannot tell` */
export function resultsText({ gone, left, unknown, untold }: CameTo): Text {
  if (gone + left === 0 && unknown + untold > 0) return text(`of ${counted(unknown + untold, 'risk')} we cannot tell`, `${unknown + untold} 个问题无法判断`);
  const said = ([[gone, 'gone', '已消除'], [left, 'left', '仍存在'], [unknown + untold, 'cannot tell', '无法判断']] as const).filter(([n]) => n > 0);
  return text(
    said.map(([n, en], i) => `${i === 0 ? counted(n, 'risk') : n} ${en}`).join(', '),
    said.map(([n, , zh], i) => `${n} 个${i === 0 ? '问题' : ''}${zh}`).join('，'),
  );
}

const NOTHING = text('nothing gone', '没有消除任何问题');

/** Where a file stayed as it is, whoever it served may be as it was, or half so. */
function backText({ rest, ...run }: Told, gone: number): Text {
  const unsure = verdictsOf(run).filter(({ finding, outcome }) => outcome === 'gone' && rest?.findings.includes(finding)).length;
  const sure = gone - unsure;
  if (gone === 0) return NOTHING;
  if (sure === 0) return text(`of ${counted(unsure, 'risk')} we cannot tell`, `${unsure} 个问题无法判断`);
  const came = text(`${counted(sure, 'risk')} came back`, `${sure} 个问题又回来了`);
  return unsure === 0 ? came : text(`${came.en}, of ${unsure} we cannot tell`, `${came['zh-CN']}，${unsure} 个无法判断`);
}

/** How a run stands, in one clause: the very same on every screen and page that says it afterwards. */
export function cameToText(run: Told): Text {
  const counts = cameTo(run);
  const { gone, untold } = counts;
  const told = gone + counts.left + counts.unknown > 0;
  switch (run.ending) {
    case 'applied': {
      if (told || untold === 0) return resultsText(counts);
      return text(`files written, not verified; of ${counted(untold, 'risk')} we cannot tell`, `文件已写入，未验证；${untold} 个问题无法判断`);
    }
    case 'unfinished': return text('cut short, nothing proven', '中途被切断，未验证');
    case 'undone': return backText(run, gone);
    default: return NOTHING;
  }
}

/** It was begun and nothing went back: what was proven of it then is what is so, unless something changed since. */
export const stands = ({ ending }: Pick<Told, 'ending'>): boolean => ending === 'applied' || ending === 'unfinished';

/** Titles, in short where there is little room, of what is proven gone, and of what nothing was proven of: what an undo brings back, and what it may. */
export function broughtBack(run: Told, short = false): { readonly sure: readonly Text[]; readonly unsure: readonly Text[] } {
  // Of one that went back, only what it left can still come.
  const comes = (finding: string): boolean => stands(run) || (run.rest?.findings.includes(finding) ?? true);
  const verdicts = verdictsOf(run).filter((verdict) => comes(verdict.finding));
  const open = run.plan.choices.filter(({ finding }) => comes(finding) && !run.part?.gone.includes(finding) && !verdicts.some((verdict) => verdict.finding === finding && verdict.outcome !== 'cannot-tell'));
  const named = (one: { readonly title: Text; readonly short?: Text | undefined }): Text => (short ? (one.short ?? one.title) : one.title);
  const nameOf = (finding: string, risk: string): Text => {
    const known = run.plan.findings.find((one) => one.id === finding) ?? verdicts.find((one) => one.finding === finding);
    return known ? named(known) : text(risk, risk);
  };
  return { sure: verdicts.filter((verdict) => verdict.outcome === 'gone').map(named), unsure: open.map((choice) => nameOf(choice.finding, choice.risk)) };
}
