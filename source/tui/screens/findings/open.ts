import { open, openFresh, turn, type Turn } from '../../turn.ts';
import type { Wizard } from '../../wizard.ts';
import { hanging, questionScreen } from '../question/state.ts';
import { withHighlighted } from './decide.ts';
import { findingsScreen } from './state.ts';

/** On to the list; before it, once, the question that decides its order, where something hangs on it. */
export function toFindings(wizard: Wizard): Turn {
  const there = open(wizard, findingsScreen);
  const asks = wizard.given.can.answer === true && !wizard.questioned && hanging(wizard.looking.findings).length > 0;
  return asks ? turn(openFresh({ ...there, questioned: true }, questionScreen)) : withHighlighted(there);
}
