import { blank, labelled, line, paragraph, span, type Line } from '../../lines.ts';
import { counted, tally } from '../../tally.ts';
import type { View } from '../../view.ts';
import { projectName, type Wizard } from '../../wizard.ts';
import { width } from '../../width.ts';

export interface ConfirmScreen {
  readonly name: 'confirm';
  readonly typed: string;
  /** Things outside the project that may be changed, each said by itself. */
  readonly allowed: readonly string[];
}

export const confirmScreen: ConfirmScreen = { name: 'confirm', typed: '', allowed: [] };

/** The next thing outside the project that nobody has allowed yet: it is asked before the plan itself is. */
export function nextOutside(screen: ConfirmScreen, wizard: Wizard): { readonly what: string; readonly at: number; readonly all: number } | undefined {
  const outside = wizard.draft?.plan ? tally(wizard.draft.plan).outside : [];
  const what = outside.find((one) => !screen.allowed.includes(one));
  return what === undefined ? undefined : { what, at: outside.indexOf(what) + 1, all: outside.length };
}

/** The host in `ssh://me@staging:22` and its like. */
export const hostOf = (endpoint: string): string => /^[a-z]+:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(endpoint)?.[1] ?? endpoint;

/** What must be typed: the host where Docker is another machine's, the project where data changes its owner; else `y` is enough. */
export function wanted(wizard: Wizard): { readonly kind: 'project' | 'host'; readonly word: string } | undefined {
  const docker = wizard.looking.machine?.docker;
  if (docker?.remote) return { kind: 'host', word: hostOf(docker.endpoint) };
  const plan = wizard.draft?.plan;
  return plan && tally(plan).owners.length > 0 ? { kind: 'project', word: projectName(wizard) } : undefined;
}

/** The one confirmation: what is about to change, what watches over it, and the question on the last row. */
export function confirmContent(screen: ConfirmScreen, wizard: Wizard, view: View): readonly Line[] {
  const { words, glyphs, columns, room } = view;
  const plan = wizard.draft?.plan;
  if (!plan) return [];
  const { labels } = words.confirm;
  const { files, images, services, owners, programs, outside, hand } = tally(plan);
  const indent = Math.max(...Object.values(labels).map(width)) + 4;
  const at = (label: string, text: string) => labelled(label, text, columns - 1, indent, { label: 'strong' });
  const stop = plan.steps.find((step) => step.change.kind === 'stop-services')?.number;
  const start = plan.steps.find((step) => step.change.kind === 'start-services')?.number;
  const restart = plan.steps.find((step) => step.change.kind === 'restart-host')?.number;
  const next = nextOutside(screen, wizard);
  const word = wanted(wizard);
  const rows = [
    ...paragraph(words.confirm.head(counted(plan, words), projectName(wizard)), columns - 1, 'strong'),
    blank,
    ...(files.some((file) => !outside.includes(file)) ? at(labels.files, files.filter((file) => !outside.includes(file)).join('  ')) : []),
    ...(images.length > 0 ? at(labels.images, images.join('  ')) : []),
    ...(outside.length > 0 ? [...at(labels.outside, words.confirm.outside(projectName(wizard))), ...outside.flatMap((one) => at('', `${screen.allowed.includes(one) ? glyphs.done : ' '} ${one}`))] : []),
    ...owners.flatMap((one, i) => at(i === 0 ? labels.owners : '', one.folder ? words.confirm.folder(one.source, one.uid, one.folder.gid, one.folder.mode.toString(8)) : words.confirm.owner(one.source, one.uid))),
    ...(stop !== undefined && start !== undefined ? at(labels.away, words.confirm.away(words.common.and(services), stop, start)) : []),
    ...(restart === undefined ? [] : at(labels.away, words.confirm.restarted(words.common.and(programs), restart))),
    ...hand.flatMap((one, i) => at(i === 0 ? labels.hand : '', view.say(one.words))),
    blank,
    ...(plan.owed.length > 0 ? at(labels.watched, words.confirm.watched(words.plan.checks(plan.owed.length))) : []),
    ...at(labels.back, words.confirm.back),
    ...at(labels.tried, words.confirm.tried),
  ];
  const question = next ? paragraph(words.confirm.askOutside(next.what, next.at, next.all), columns - 1, 'strong') : !word ? [line(span(` ${words.confirm.askYes}`, 'strong'))] : [
    ...paragraph(word.kind === 'host' ? words.confirm.typeHost : words.confirm.typeProject, columns - 1),
    line(span(` ${word.kind === 'host' ? words.confirm.askHost : words.confirm.askName}  `, 'strong'), screen.typed, glyphs.cursor),
  ];
  const shown = rows.slice(0, room - question.length - 1);
  return [...shown, ...Array.from({ length: room - shown.length - question.length }, () => blank), ...question];
}
