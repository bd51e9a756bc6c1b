import type { WizardOptions } from '../tui/options.ts';
import { hasManyColours, wantsColour } from '../tui/theme.ts';
import type { Flags } from './flags.ts';
import type { Preferences } from './preferences.ts';

/** No cursor to place, so nothing can be drawn: Emacs' shell, a serial line, an editor's pane. */
const isDumb = (term: string): boolean => term === '' || term === 'dumb' || term === 'unknown';

const isOn = (value: string | undefined): boolean => value !== undefined && !/^(?:|0|false|no|off)$/i.test(value);

/** A variable that is set says yes or no; one that is not says nothing. */
const said = (...values: readonly (string | undefined)[]): boolean | undefined => (values.some((one) => one !== undefined && one !== '') ? values.some(isOn) : undefined);

/** What a flag, the environment and this person's own settings say of the terminal, in this order. Whatever can be asked of it instead is asked there. */
export function terminalOf(env: NodeJS.ProcessEnv, flags: Flags, own: Preferences = {}): Pick<WizardOptions, 'ascii' | 'colour' | 'front' | 'mouse' | 'ask' | 'manyColours'> {
  const term = env['TERM'] ?? (process.platform === 'win32' ? 'xterm-256color' : '');
  const reader = flags['screen-reader'] ?? said(env['ACCESSIBLE'], env['INK_SCREEN_READER']) ?? own.screenReader ?? false;
  const console = term === 'linux';
  return {
    front: isDumb(term) ? 'lines' : reader ? 'reader' : 'screen',
    // The font of a bare console has neither the pointer nor the spinner, and it prints what it does not understand.
    ascii: (flags.ascii ?? own.ascii ?? false) || console,
    ask: !console,
    colour: wantsColour(env, !flags['no-color']),
    manyColours: hasManyColours(env),
    mouse: !flags['no-mouse'] && own.mouse !== false,
  };
}
