import { lookAgain } from '../../again.ts';
import type { Binding } from '../../keys.ts';
import { scrollKeys } from '../../scroll.ts';
import { viewOf } from '../../view.ts';
import { calls, quit, report } from '../common.ts';
import { note, openFresh, turn } from '../../turn.ts';
import { history } from '../history/open.ts';
import { messageScreen } from '../message/state.ts';
import { openUndo } from '../undo/open.ts';
import { doneContent } from './content.ts';
import { byHand, type DoneScreen } from './state.ts';


export const doneKeys: readonly Binding<DoneScreen>[] = [
  {
    keys: ['enter'], says: (words) => words.keys.toFindings, place: 'deed',
    // What was fixed is looked at anew; only what was skipped or ignored stays decided.
    act: (_screen, wizard) => lookAgain({ ...wizard, without: undefined, past: [], decisions: new Map([...wizard.decisions].filter(([, decision]) => decision.kind !== 'fix')) }, 'findings'),
  },
  report(),
  { keys: ['m'], says: (words) => words.keys.message, place: 'deed', when: (_screen, wizard) => wizard.applied?.result?.verdicts.some((one) => one.outcome === 'gone') ?? false, act: (_screen, wizard) => turn(openFresh(wizard, messageScreen)) },
  {
    keys: ['y'], says: (words) => words.keys.copy, place: 'deed', when: (_screen, wizard) => byHand(wizard).length > 0,
    act: (_screen, wizard) => turn(note(wizard, viewOf(wizard).words.done.copied(byHand(wizard).length)), { kind: 'copy', text: byHand(wizard).join('\n') }),
  },
  { keys: ['u'], says: (words) => words.keys.undo, place: 'deed', act: (_screen, wizard) => openUndo(wizard, wizard.applied?.result?.run) },
  calls(),
  history('page'),
  ...scrollKeys<DoneScreen>((_screen, wizard) => doneContent(wizard, viewOf(wizard)).length),
  quit('way'),
];
