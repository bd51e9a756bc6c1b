import { asItStands, canBeUndone } from '../../../report/runs-text.ts';
import { lookAgain } from '../../again.ts';
import type { Binding } from '../../keys.ts';
import { scrollKeys } from '../../scroll.ts';
import { turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { newRun, type Wizard } from '../../wizard.ts';
import { calls, goBack, quit } from '../common.ts';
import { undoContent } from './content.ts';
import { undoRest } from './open.ts';
import { wasUndone, type UndoScreen } from './state.ts';

/** The run that may go back. One that went back from another terminal meanwhile is told, not offered. */
const known = ({ summary }: Wizard) => (summary === 'none' || summary === undefined || !canBeUndone(summary) ? undefined : summary);

export const undoKeys: readonly Binding<UndoScreen>[] = [
  {
    keys: ['y'], says: (words) => words.keys.takeBack, place: 'deed',
    when: (_screen, wizard) => known(wizard) !== undefined && !wizard.undoing,
    act: (_screen, wizard) => {
      const { plan, run } = asItStands(known(wizard)!);
      return turn({ ...wizard, undoing: newRun(plan) }, { kind: 'undo', run });
    },
  },
  {
    // What it left: asked about anew, as the next undo would do it.
    keys: ['u'], says: (words) => words.keys.undoRest, place: 'deed',
    when: (_screen, { undoing, given }) => undoing?.result !== undefined && (undoing.result.rest !== undefined || undoing.result.stuck === true) && !given.dryRun,
    act: (_screen, wizard) => undoRest(wizard, wizard.undoing!.result!.run),
  },
  {
    keys: ['enter'], says: (words) => words.keys.toFindings, place: 'deed',
    when: (_screen, wizard) => wizard.undoing?.result !== undefined || wasUndone(wizard),
    act: (_screen, wizard) => lookAgain({ ...wizard, without: undefined, past: [], decisions: new Map() }, 'findings'),
  },
  calls(),
  ...scrollKeys<UndoScreen>((_screen, wizard) => undoContent(wizard, viewOf(wizard)).length),
  { ...quit(), when: (_screen, wizard) => !wizard.undoing },
  { ...goBack(), says: (words, _screen, wizard) => (known(wizard) ? words.keys.notYet : words.keys.back), when: (_screen, wizard) => !wizard.undoing },
  { ...quit('way'), when: (_screen, wizard) => wizard.undoing?.result !== undefined },
];
