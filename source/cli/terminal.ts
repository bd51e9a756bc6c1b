import type { WizardOptions } from '../tui/options.ts';
import { hasManyColours, wantsColour } from '../tui/theme.ts';
import type { Flags } from './flags.ts';

/** No cursor to place, so nothing can be drawn: Emacs' shell, a serial line, an editor's pane. */
const isDumb = (term: string): boolean => term === '' || term === 'dumb' || term === 'unknown';

const isOn = (value: string | undefined): boolean => value !== undefined && !/^(?:|0|false|no|off)$/i.test(value);

/** What a flag and the environment say of the terminal. Whatever can be asked of it instead is asked there. */
export function terminalOf(env: NodeJS.ProcessEnv, flags: Flags): Pick<WizardOptions, 'ascii' | 'colour' | 'front' | 'mouse' | 'ask' | 'manyColours'> {
  const term = env['TERM'] ?? (process.platform === 'win32' ? 'xterm-256color' : '');
  const reader = flags['screen-reader'] ?? (isOn(env['ACCESSIBLE']) || isOn(env['INK_SCREEN_READER']));
  const console = term === 'linux';
  return {
    front: isDumb(term) ? 'lines' : reader ? 'reader' : 'screen',
    // The font of a bare console has neither the pointer nor the spinner, and it prints what it does not understand.
    ascii: (flags.ascii ?? false) || console,
    ask: !console,
    colour: wantsColour(env, !flags['no-color']),
    manyColours: hasManyColours(env),
    mouse: !flags['no-mouse'],
  };
}
