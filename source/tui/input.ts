import type { Key } from 'ink';
import { WHEEL } from './answers.ts';
import { graphemes } from './width.ts';

const NAMED = [
  ['upArrow', 'up'], ['downArrow', 'down'], ['leftArrow', 'left'], ['rightArrow', 'right'], ['pageUp', 'pageup'], ['pageDown', 'pagedown'],
  ['home', 'home'], ['end', 'end'], ['return', 'enter'], ['escape', 'esc'], ['tab', 'tab'], ['backspace', 'backspace'], ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

const CONTROLS: Readonly<Record<string, string>> = { '\r': 'enter', '\n': 'enter', '\r\n': 'enter', '\t': 'tab', '\u0003': 'ctrl-c', '\u0008': 'backspace', '\u007f': 'backspace', ' ': 'space', [WHEEL.up]: 'wheelup', [WHEEL.down]: 'wheeldown' };

/** Sequences that Ink has no name for, without their escape: a key that is none of ours, and never letters. */
const NAMELESS = /^\[[<=>?]?[\d;]+[ -/]*[@-~]$|^O[\d;]*[A-Za-z]$/;

/**
 * Single keys out of one input event. Ink hands what was typed fast over as one event (`jjj`, or `j` and enter as
 * `j\r` without `key.return`): unsplit, such keys are lost.
 */
export function keysOf(input: string, key: Key): readonly string[] {
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named) return [named[1]];
  if (NAMELESS.test(input)) return [];
  if (key.ctrl) return input === '' ? [] : [`ctrl-${input}`];
  const typed = graphemes(input).flatMap((part) => CONTROLS[part] ?? (part < ' ' ? [] : [part]));
  // Esc and a letter in one chunk read as alt and the letter: to us it is two keys, as we give alt no meaning.
  return key.meta ? ['esc', ...typed] : typed;
}

/** The letter a key writes while a word is typed; undefined for keys that write nothing. */
export function written(key: string): string | undefined {
  if (key === 'space') return ' ';
  return graphemes(key).length === 1 ? key : undefined;
}
