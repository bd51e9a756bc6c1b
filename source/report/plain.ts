// CSI with its parameters, OSC and the other strings that an ST or BEL ends, and the two-character escapes.
const SEQUENCE = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Marks that turn the direction of what follows: a line would then be approved that reads as another. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const HARMLESS = /^[\n\u0020-\u007e]*$/;

const shown = (char: string): string => `<${char.charCodeAt(0).toString(16).padStart(2, '0')}>`;

/**
 * Text from files and containers, made harmless for a terminal: escape sequences go, any other control character is shown
 * as its number, so that no line hides a part of itself. Newlines and tabs stay.
 */
export function plain(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text.replace(/\r\n/g, '\n').replace(SEQUENCE, '').replace(CONTROL, shown).replace(TURNING, shown);
}

/** The same for a text that must stay on one line. */
export const oneLine = (text: string): string => plain(text).replace(/\s*[\n\u2028\u2029]\s*/g, ' ').replaceAll('\t', ' ');
