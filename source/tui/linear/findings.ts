import { textOf } from '../lines.ts';
import { plain } from '../plain.ts';
import { countLine, headLine, lower } from '../screens/findings/content.ts';
import { indexOf, listed, numbersOf, whereOf, type FindingsScreen } from '../screens/findings/state.ts';
import { viewOf } from '../view.ts';
import type { Wizard } from '../wizard.ts';
import { sentences } from './sentences.ts';

/** The list without its table: `critical. Celery takes pickle. worker. 1 of 7.` Line by line all of it, by keys the one that is highlighted. */
export function findingsSaid(screen: FindingsScreen, wizard: Wizard): readonly string[] | undefined {
  const view = viewOf(wizard);
  const { words, say } = view;
  const { spoken } = words;
  const rows = listed(screen, wizard);
  const at = indexOf(screen, rows);
  const finding = rows[at];
  if (!finding) return undefined;
  const sentence = (i: number): string => {
    const one = rows[i]!;
    const decision = wizard.decisions.get(one.id)?.kind;
    return [words.common.severity[one.severity], say(one.title), whereOf(one).join(' '), ...(decision ? [spoken.decided[decision] ?? ''] : []), words.finding.nth(i + 1, rows.length)].map((part) => spoken.sentence(part)).join('');
  };
  const numbers = numbersOf(wizard);
  const list = wizard.given.linear === 'lines' ? rows.map((row, i) => `${i === at ? '> ' : ''}${numbers.get(row.id) ?? i + 1}: ${sentence(i)}`) : [sentence(at)];
  return [headLine(screen, wizard, view), ...list, ...lower(finding, wizard, view).map(textOf), textOf(countLine(screen, wizard, view))].map((row) => sentences(plain(row), spoken.stop)).filter((row) => row !== '');
}
