import { answeredBy } from './asking.ts';
import { written } from './input.ts';
import { interrupted } from './interrupt.ts';
import { bindingFor, keyRows } from './keys.ts';
import { plain } from './plain.ts';
import { isBusy } from './screens/common.ts';
import { helpScreen } from './screens/help/state.ts';
import { kindOf } from './screens/index.ts';
import { note, openFresh, turn, type Turn } from './turn.ts';
import { isTooSmall, viewOf } from './view.ts';
import { shown, type Wizard } from './wizard.ts';

/** One key, at the screen that is shown. */
export function pressed(wizard: Wizard, key: string): Turn {
  if (key === 'ctrl-c') return interrupted(wizard);
  const answer = answeredBy(wizard, key);
  if (answer) return answer;
  // Nothing can be read here, so nothing can be meant.
  if (isTooSmall(wizard.size)) return turn(wizard);

  const quiet: Wizard = { ...wizard, notice: undefined };
  const screen = shown(quiet);
  const kind = kindOf(screen);
  const entry = kind.entry?.(screen, quiet);
  if (entry) {
    const letter = written(key);
    if (letter !== undefined) return entry.write(letter);
    if (key === 'backspace' || key === 'delete') return entry.erase();
    return bindingFor(entry.keys, screen, quiet, key)?.act(screen, quiet, key) ?? turn(quiet);
  }
  const binding = bindingFor(kind.keys, screen, quiet, key);
  if (binding) return binding.act(screen, quiet, key);
  // Fingers that want to leave are told how, where a key alone must not.
  if (key === 'q' && isBusy(quiet)) return turn(note(quiet, quiet.undoing ? viewOf(quiet).words.undo.running : viewOf(quiet).words.leave.busy));
  return key === '?' ? turn(openFresh(quiet, helpScreen(keyRows(kind.keys, screen, quiet)))) : turn(quiet);
}

/** Pasted text is text: it is written where a word is asked for, and is no key anywhere. */
export function wrote(wizard: Wizard, text: string): Turn {
  const screen = shown(wizard);
  const entry = kindOf(screen).entry?.(screen, wizard);
  return entry ? entry.write(plain(text.split('\n')[0] ?? '')) : turn(wizard);
}
