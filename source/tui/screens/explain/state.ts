import type { ChainLink } from '../../../model/finding.ts';
import type { Lang } from '../../../model/text.ts';
import { paths, saidLink, withPlace } from '../../../words/chain.ts';
import { blank, labelled, line, paragraph, span, type Line } from '../../lines.ts';
import { explained, inline } from '../../parts/explain.ts';
import type { Page } from '../../scroll.ts';
import { noSearch, type Search } from '../../search.ts';
import { viewOf } from '../../view.ts';
import { unseen } from '../finding/top.ts';
import { rowOf } from '../findings/rows.ts';
import { width } from '../../width.ts';
import { offersOf, type Wizard } from '../../wizard.ts';

export interface ExplainScreen extends Page {
  readonly name: 'explain';
  readonly finding: string;
  /** One way by hand; without it the whole explanation of the risk. */
  readonly fix?: string;
  readonly members?: readonly string[];
  readonly search: Search;
}

export const explainScreen = (finding: string, fix?: string, members?: readonly string[]): ExplainScreen => ({ name: 'explain', finding, fix, ...(members ? { members } : {}), top: 0, search: noSearch });

/** From what runs to the line that decides. */
const chain = (links: readonly ChainLink[], lang: Lang): string =>
  links.map((link) => (link.file ? withPlace(saidLink(link, lang), `${link.file}${link.line === undefined ? '' : `:${link.line}`}`, lang) : saidLink(link, lang))).join('  >  ');

const drawn = new WeakMap<Wizard['looking'], Map<string, readonly Line[]>>();

/** Long texts are laid out once for a width and a language. */
export function explainContent(screen: ExplainScreen, wizard: Wizard): readonly Line[] {
  const known = drawn.get(wizard.looking) ?? new Map<string, readonly Line[]>();
  const key = `${screen.finding} ${screen.members?.join(',') ?? ''} ${screen.fix ?? ''} ${wizard.size.columns} ${offersOf(wizard, screen.finding)?.length ?? ''}`;
  const rows = known.get(key) ?? laidOut(screen, wizard);
  drawn.set(wizard.looking, known.set(key, rows));
  return rows;
}

/** Ways of this risk that are for another kind of thing: the screen does not list them, here each has its reason. */
function beside({ finding }: ExplainScreen, wizard: Wizard): readonly Line[] {
  const { words, columns, say } = viewOf(wizard);
  const known = wizard.offers.get(finding);
  const others = known === undefined || known === 'asked' ? [] : known.filter((offer) => offer.beside && offer.refused);
  return others.length === 0 ? [] : [blank, line(span(` ${words.finding.besides}`, 'strong')), ...others.flatMap((offer) => paragraph(words.plan.refused(say(offer.title), say(offer.refused!)), columns - 1))];
}

function laidOut(screen: ExplainScreen, wizard: Wizard): readonly Line[] {
  const view = viewOf(wizard);
  const { words, columns, say } = view;
  const finding = rowOf(wizard, screen.finding, screen.members);
  if (!finding) return [];
  const offers = offersOf(wizard, screen.finding) ?? [];
  const offer = offers.find((one) => one.fix === screen.fix);
  if (offer) {
    return [
      line(span(` ${words.finding.byHandTitle(say(offer.title))}`, 'strong')), blank,
      ...paragraph(inline(say(offer.price)), columns - 1), blank,
      ...explained(say(offer.words), columns), blank,
      ...paragraph(words.finding.byHandNote, columns - 1, 'faint'),
    ];
  }
  const text = wizard.given.explain(finding.risk);
  const label = words.finding.labels.chain;
  const indent = width(label) + 4;
  return [
    line(span(` ${say(finding.title)}`, 'strong')), blank,
    ...paths(finding.chain).flatMap((path, i) => labelled(i === 0 ? label : '', chain(path, wizard.given.lang), columns - 1, indent, { text: 'path' })),
    ...(finding.chain.length === 0 ? [] : [blank]),
    ...unseen(finding, view),
    ...(text ? [...explained(say(text), columns), ...beside(screen, wizard)] : [...paragraph(say(finding.why), columns - 1), ...offers.flatMap((one) => [blank, line(span(` ${say(one.title)}`, 'strong')), ...paragraph(inline(say(one.price)), columns - 1)])]),
  ];
}
