import { blank, labelled, paragraph, type Line } from '../../lines.ts';
import { isRehearsable } from '../../rehearsing.ts';
import { counted, tally } from '../../tally.ts';
import type { View } from '../../view.ts';
import { projectName, type Wizard } from '../../wizard.ts';
import { width } from '../../width.ts';
import { holdsSaid, rehearsalOf } from '../rehearsal/state.ts';
import { nextOutside } from './outside.ts';
import { questionRows } from './question.ts';

export interface ConfirmScreen {
  readonly name: 'confirm';
  readonly typed: string;
  /** Things outside the project that may be changed, each said by itself. */
  readonly allowed: readonly string[];
}

export const confirmScreen: ConfirmScreen = { name: 'confirm', typed: '', allowed: [] };

/** An account has a name of its own, everything else outside is a path: a bare name would read like a service's. */
const isAccount = (what: string): boolean => !what.startsWith('/');
const named = (what: string, { words }: View): string => (isAccount(what) ? words.confirm.account(what) : what);

/** How it went on copies; or that it did not, and why. */
function rehearsed(wizard: Wizard, view: View, at: (label: string, text: string) => readonly Line[]): readonly Line[] {
  const { words, say } = view;
  const { labels } = words.confirm;
  const result = rehearsalOf(wizard)?.result;
  const plan = wizard.draft?.plan;
  if (!result) return at(labels.tried, plan && isRehearsable(plan) && wizard.given.can.rehearse ? words.confirm.skipped : words.confirm.tried);
  return at(labels.rehearsed, result.outcome === 'holds' ? holdsSaid(result, view) : words.rehearsal.cannotTell(result.why ? say(result.why) : ''));
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
  const rows = [
    ...paragraph(words.confirm.head(counted(plan, words), projectName(wizard)), columns - 1, 'strong'),
    blank,
    ...(files.some((file) => !outside.includes(file)) ? at(labels.files, files.filter((file) => !outside.includes(file)).join('  ')) : []),
    ...(images.length > 0 ? at(labels.images, images.join('  ')) : []),
    ...(outside.length > 0 ? [...at(labels.outside, words.confirm.outside(projectName(wizard))), ...outside.flatMap((one) => at('', `${screen.allowed.includes(one) ? glyphs.done : ' '} ${named(one, view)}`))] : []),
    ...owners.flatMap((one, i) => at(i === 0 ? labels.owners : '', one.folder ? words.confirm.folder(one.source, one.uid, one.folder.gid, one.folder.mode.toString(8)) : words.confirm.owner(one.source, one.uid))),
    ...(stop !== undefined && start !== undefined ? at(labels.away, words.confirm.away(words.common.and(services), stop, start)) : []),
    ...(restart === undefined ? [] : at(labels.away, words.confirm.restarted(words.common.and(programs), restart))),
    ...hand.flatMap((one, i) => at(i === 0 ? labels.hand : '', view.say(one.words))),
    blank,
    ...(plan.owed.length > 0 ? at(labels.watched, words.confirm.watched(words.plan.checks(plan.owed.length))) : []),
    ...at(labels.back, wizard.given.demo ? words.confirm.backDemo : words.confirm.back),
    ...rehearsed(wizard, view, at),
  ];
  const question = next ? paragraph(words.confirm.askOutside(named(next.what, view), next.at, next.all, isAccount(next.what)), columns - 1, 'strong') : questionRows(wizard, view, screen.typed);
  const shown = rows.slice(0, room - question.length - 1);
  return [...shown, ...Array.from({ length: room - shown.length - question.length }, () => blank), ...question];
}
