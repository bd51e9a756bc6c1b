import type { ArtifactChange, Fix, Replacement } from 'sarif';
import type { Offer } from '../engine/session.ts';
import { positions } from '../files/span.ts';
import type { Change, EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Lang } from '../model/text.ts';
import { holdsSecret } from './discreet.ts';
import { artifact } from './sarif-places.ts';

function edits(change: EditFile, text: string): Replacement[] {
  const at = positions(text);
  const ordered = [...change.edits].sort((a, b) => a.start - b.start || (a.rank ?? 30) - (b.rank ?? 30));
  return ordered.map((edit) => {
    const [from, to] = [at(edit.start), at(edit.end)];
    return { deletedRegion: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }, insertedContent: { text: edit.text } };
  });
}

const START = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

function artifactChange(change: Change, machine: Machine): ArtifactChange | undefined {
  if (change.kind === 'create-file') return { artifactLocation: artifact(change.path), replacements: [{ deletedRegion: START, insertedContent: { text: change.text } }] };
  const file = change.kind === 'edit-file' ? machine.files.get(change.path) : undefined;
  return change.kind === 'edit-file' && file ? { artifactLocation: artifact(change.path), replacements: edits(change, file.text) } : undefined;
}

const clear = (change: ArtifactChange): boolean => change.replacements.some((r) => (r.insertedContent?.text ?? '').split('\n').some(holdsSecret));

/**
 * One fix for every way out that changes files, the recommended one first. A way that moves a secret stands only as words:
 * half of it would be worse than none.
 */
export function sarifFixes(offers: readonly Offer[], machine: Machine, lang: Lang): Fix[] {
  const ordered = [...offers].sort((a, b) => Number(b.recommended) - Number(a.recommended));
  return ordered.flatMap((offer): Fix[] => {
    const changes = (offer.proposal?.changes ?? []).map((c) => artifactChange(c, machine)).filter((c) => c !== undefined);
    if (changes.length === 0 || changes.some(clear) || offer.proposal?.moves?.length) return [];
    return [{ description: { text: `${offer.title[lang]}: ${offer.price[lang]}` }, artifactChanges: changes, properties: { id: offer.fix, safety: offer.safety, recommended: offer.recommended } }];
  });
}
