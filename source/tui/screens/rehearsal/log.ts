import { blank, line, span, type Line } from '../../lines.ts';
import { clampTop } from '../../scroll.ts';
import { viewOf } from '../../view.ts';
import { newRun, type Wizard } from '../../wizard.ts';
import { logRows, wholeLog, type Shown } from '../applying/state.ts';
import { foreign } from '../../plain.ts';
import { isUnderWay } from '../../rehearsing.ts';
import { mayGoOn, rehearsalOf, type RehearsalScreen } from './state.ts';

/** What the app said where it broke: the end of the log, so that it is what is seen first. */
function appSaid(wizard: Wizard): readonly Line[] {
  const { words, columns } = viewOf(wizard);
  const rehearsal = rehearsalOf(wizard);
  const breakage = isUnderWay(rehearsal) ? undefined : rehearsal?.result?.breakage;
  if (!breakage || breakage.log.length === 0) return [];
  return [blank, line(span(` ${words.rehearsal.said(breakage.service)}`, 'strong')), ...logRows(breakage.log.map((one) => ({ kind: 'line', text: foreign(one) })), columns)];
}

/** Everything that was run for the copies and that it said, in sight from where one scrolled to. Its end is what explains what goes on or what broke; of one that held the end only takes copies away, so it is read from its beginning. */
export function logInSight(screen: RehearsalScreen, wizard: Wizard): Shown {
  const rehearsal = rehearsalOf(wizard);
  const run = rehearsal && { ...newRun(rehearsal.plan), ...rehearsal.said };
  const rows = [...wholeLog({ name: 'applying', whole: true }, run, wizard).rows, ...appSaid(wizard)];
  return { rows, top: clampTop(screen.log ?? (mayGoOn(wizard) ? 0 : Infinity), rows.length, viewOf(wizard).room - 1) };
}
