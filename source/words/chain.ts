import type { ChainLink } from '../model/finding.ts';
import type { Lang } from '../model/text.ts';

/** One path for each service that the cause reaches: it begins anew with the kind of the first link. */
export function paths(links: readonly ChainLink[]): readonly (readonly ChainLink[])[] {
  const found: ChainLink[][] = [];
  for (const [i, link] of links.entries()) {
    if (i === 0 || link.kind === links[0]?.kind) found.push([]);
    found.at(-1)!.push(link);
  }
  return found;
}

/** A link and the place of it, in the brackets of its language. */
export const withPlace = (label: string, place: string, lang: Lang): string => (lang === 'en' ? `${label} (${place})` : `${label}（${place}）`);

/** A link of a path as it is said. Reports for programs keep the label, and names are the same in every language. */
export function saidLink({ kind, label }: ChainLink, lang: Lang): string {
  if (lang === 'en') return label;
  if (label === 'decides') return '由此决定';
  if (label === 'last stage') return '最后一个构建阶段';
  return kind === 'dockerfile' ? label.replace(/^stage /, '构建阶段 ') : label;
}
