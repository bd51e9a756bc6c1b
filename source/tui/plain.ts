import { discreet } from '../report/discreet.ts';

const CSI = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g;
const BIDI = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;
 
const CONTROL = /[\u0000-\u001f\u007f]/g;
 
const SUSPECT = /[^\u0020-\u007e]/;

/**
 * Text from containers and files, made harmless for a terminal: nothing in it moves the cursor, sets a title or fills
 * the clipboard. Colours are dropped; any other control character is shown (`^[`), because a line that hides a part of
 * itself would be approved unread. The order of right-to-left marks is shown too, not obeyed.
 */
export function plain(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(CSI, '')
    .replace(/\r+$/, '')
    .replaceAll('\t', '    ')
    .replace(/[\n\u2028\u2029]/g, ' ')
    .replace(CONTROL, (char) => `^${String.fromCharCode(char.charCodeAt(0) ^ 0x40)}`)
    .replace(/[\u0080-\u009f]/g, (char) => `<${char.charCodeAt(0).toString(16)}>`)
    .replace(BIDI, (char) => `<${char.charCodeAt(0).toString(16)}>`);
}

/** What files, containers and commands say: harmless, and without the values of what looks like a secret. */
export const foreign = (text: string): string => discreet(plain(text));
