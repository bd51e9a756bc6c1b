import { line, paragraph, span, type Line } from '../../lines.ts';
import { tally } from '../../tally.ts';
import type { View } from '../../view.ts';
import { width } from '../../width.ts';
import { projectName, type Wizard } from '../../wizard.ts';
import type { Screen } from '../screen.ts';
import { nextOutside } from './outside.ts';

/** The host in `ssh://me@staging:22` and its like. */
export const hostOf = (endpoint: string): string => /^[a-z]+:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(endpoint)?.[1] ?? endpoint;

/** What must be typed: the host where Docker is another machine's, the project where data changes its owner; else `y` is enough. */
export function wanted(wizard: Wizard): { readonly kind: 'project' | 'host'; readonly word: string } | undefined {
  const docker = wizard.looking.machine?.docker;
  if (docker?.remote) return { kind: 'host', word: hostOf(docker.endpoint) };
  const plan = wizard.draft?.plan;
  return plan && tally(plan).owners.length > 0 ? { kind: 'project', word: projectName(wizard) } : undefined;
}

/** A name is being typed here: what is said of it stands above its field, and not in its place. */
export const asksName = (screen: Screen, wizard: Wizard): boolean =>
  wanted(wizard) !== undefined && ((screen.name === 'confirm' && !nextOutside(screen, wizard)) || (screen.name === 'rehearsal' && screen.typed !== undefined));

/** The last line, wherever the one confirmation is given; why a name is asked for stands above it where there is room, unless the question itself says so. */
export function questionRows(wizard: Wizard, { words, columns, glyphs }: View, typed: string, reason = true): readonly Line[] {
  const word = wanted(wizard);
  if (!word) return [line(span(` ${words.confirm.askYes}`, 'strong'))];
  const asked = word.kind === 'host' ? words.confirm.askHost(word.word, !reason) : words.confirm.askName(word.word, !reason);
  const why = word.kind === 'host' ? words.confirm.typeHost : words.confirm.typeProject;
  const field = line(typed, glyphs.cursor);
  const refused = wizard.notice === undefined ? [] : paragraph(wizard.notice, columns - 1, 'strong');
  // A long name leaves no room for itself beside it.
  const fits = width(asked) + width(word.word) + width(glyphs.cursor) + 4 <= columns;
  return [
    ...(reason && refused.length === 0 ? paragraph(why, columns - 1) : []),
    ...refused,
    ...(fits ? [line(span(` ${asked}  `, 'strong'), ...field)] : [...paragraph(asked, columns - 1, 'strong'), line('   ', ...field)]),
  ];
}
