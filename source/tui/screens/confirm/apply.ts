import { note, openFresh, turn, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { newRun, type Wizard } from '../../wizard.ts';
import { applyingScreen } from '../applying/state.ts';
import { goBack } from '../common.ts';
import type { Entry, Screen } from '../screen.ts';
import { wanted } from './question.ts';

/** The only way from looking to doing. */
export function apply(wizard: Wizard): Turn {
  const plan = wizard.draft?.plan;
  if (!plan) return turn(wizard);
  return turn({ ...openFresh(wizard, applyingScreen), applied: newRun(plan) }, { kind: 'apply', plan });
}

/** A word is asked for: letters are text here, and only enter and esc are keys. `typing` puts the screen in its next state. */
export function nameEntry<S extends Screen & { readonly typed?: string }>(screen: S, wizard: Wizard, typing: (at: Wizard, typed: string) => Wizard, away = (at: Wizard): Turn => goBack<S>().act(screen, at, 'esc')): Entry<S> | undefined {
  const word = wanted(wizard);
  if (!word) return undefined;
  const typed = screen.typed ?? '';
  return {
    write: (text) => turn(typing(wizard, typed + text)),
    erase: () => turn(typing(wizard, Array.from(typed).slice(0, -1).join(''))),
    keys: [
      {
        keys: ['enter'], says: (words) => words.keys.apply, place: 'deed',
        act: (_screen, at) => (typed.trim() === word.word ? apply(at) : turn(note(typing(at, ''), viewOf(at).words.confirm.wrong(typed, word.word)))),
      },
      { keys: ['esc'], says: (words) => words.keys.notYet, place: 'way', act: (_screen, at) => away(at) },
    ],
  };
}
