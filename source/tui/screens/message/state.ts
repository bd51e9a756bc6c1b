import { commitMessage } from '../../../report/commit-message.ts';
import { blank, line, paragraph, span, type Line } from '../../lines.ts';
import type { Page } from '../../scroll.ts';
import { viewOf } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { wrap } from '../../wrap.ts';
import { untouched, verdictsOf } from '../done/state.ts';

/** A commit message with the proofs: to copy, nothing is committed. */
export interface MessageScreen extends Page {
  readonly name: 'message';
}

export const messageScreen: MessageScreen = { name: 'message', top: 0 };

export function messageText(wizard: Wizard): string {
  const run = wizard.applied;
  return run?.result ? commitMessage(run.plan, run.result, untouched(wizard, verdictsOf(wizard)).map((finding) => finding.title), wizard.given.lang) : '';
}

export function messageContent(wizard: Wizard): readonly Line[] {
  const { words, columns } = viewOf(wizard);
  return [
    ...paragraph(words.done.messageHead, columns - 1, 'faint'), blank,
    // Not every terminal lets itself be copied from (OSC 52): what is longer than a row is there to read, whole.
    ...messageText(wizard).trimEnd().split('\n').flatMap((row) => wrap(row, columns - 6).map((part, i) => line(`${i === 0 ? '   ' : '     '}${part}`))),
    blank, line(span(` ${words.done.messageCopy}`, 'faint')),
  ];
}
