import type { FileDiff } from '../../../engine/session.ts';
import { diffOfFile, wholeDiff } from '../../parts/diff.ts';
import { SPOKEN } from '../../linear/size.ts';
import { SIDE_BY_SIDE, sideBySide } from '../../parts/side-by-side.ts';
import { blank, line, span, type Line } from '../../lines.ts';
import type { Page } from '../../scroll.ts';
import { noSearch, type Search } from '../../search.ts';
import { viewOf } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { rowOffers } from '../findings/rows.ts';

/** Whose diff: of one way out, or of the whole plan (from one file on). */
export type DiffOf = { readonly kind: 'way'; readonly finding: string; readonly members?: readonly string[]; readonly fix: string } | { readonly kind: 'plan'; readonly file?: string };

export interface DiffScreen extends Page {
  readonly name: 'diff';
  readonly of: DiffOf;
  readonly search: Search;
}

export const diffScreen = (of: DiffOf, top = 0): DiffScreen => ({ name: 'diff', of, top, search: noSearch });

export function diffsOf(of: DiffOf, wizard: Wizard): readonly FileDiff[] {
  if (of.kind === 'plan') return wizard.draft?.preview?.diffs ?? [];
  return rowOffers(wizard, of.finding, of.members)?.find((offer) => offer.fix === of.fix)?.diffs ?? [];
}

const drawn = new WeakMap<FileDiff, { readonly columns: number; readonly rows: readonly Line[] }>();

/** A diff is drawn once for a width: two thousand lines are not measured again at every key. */
function rowsOf(diff: FileDiff, columns: number, rule: string): readonly Line[] {
  const known = drawn.get(diff);
  if (known?.columns === columns) return known.rows;
  // Where it is only said there is one side.
  const rows = columns < SIDE_BY_SIDE || columns >= SPOKEN.columns ? wholeDiff(diff, columns) : sideBySide(diff, columns, rule);
  drawn.set(diff, { columns, rows });
  return rows;
}

export function diffContent(screen: Pick<DiffScreen, 'of'>, wizard: Wizard): readonly Line[] {
  const { words, columns, glyphs } = viewOf(wizard);
  const diffs = diffsOf(screen.of, wizard);
  if (diffs.length === 0) return [line(span(` ${words.finding.noDiff}`, 'faint'))];
  return diffs.flatMap((diff, i) => [...(i > 0 ? [blank] : []), ...rowsOf(diff, columns, glyphs.pane)]);
}

/** The first row of a file in the diff of the plan. */
export function rowOfFile(wizard: Wizard, path: string): number {
  let row = 0;
  const diffs = diffsOf({ kind: 'plan' }, wizard);
  const wanted = diffOfFile(diffs, path);
  for (const diff of diffs) {
    if (diff === wanted) return row;
    row += rowsOf(diff, wizard.size.columns, viewOf(wizard).glyphs.pane).length + 1;
  }
  return 0;
}
