import { line, paragraph, span, type Line } from '../../lines.ts';
import { tally } from '../../tally.ts';
import type { View } from '../../view.ts';
import { projectName, type Wizard } from '../../wizard.ts';

/** The host in `ssh://me@staging:22` and its like. */
export const hostOf = (endpoint: string): string => /^[a-z]+:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(endpoint)?.[1] ?? endpoint;

/** What must be typed: the host where Docker is another machine's, the project where data changes its owner; else `y` is enough. */
export function wanted(wizard: Wizard): { readonly kind: 'project' | 'host'; readonly word: string } | undefined {
  const docker = wizard.looking.machine?.docker;
  if (docker?.remote) return { kind: 'host', word: hostOf(docker.endpoint) };
  const plan = wizard.draft?.plan;
  return plan && tally(plan).owners.length > 0 ? { kind: 'project', word: projectName(wizard) } : undefined;
}

/** The last line, wherever the one confirmation is given. */
export function questionRows(wizard: Wizard, { words, columns, glyphs }: View, typed: string, reason = false): readonly Line[] {
  const word = wanted(wizard);
  if (!word) return [line(span(` ${words.confirm.askYes}`, 'strong'))];
  return [
    ...(reason ? paragraph(word.kind === 'host' ? words.confirm.typeHost : words.confirm.typeProject, columns - 1) : []),
    line(span(` ${word.kind === 'host' ? words.confirm.askHost : words.confirm.askName}  `, 'strong'), typed, glyphs.cursor),
  ];
}
