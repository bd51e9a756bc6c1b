// Every start paid for an expression that knows all emoji: to read it takes V8 120 ms of processor time (measured), and
// almost no text has one. In the bundle it is made when a cluster comes by that could be an emoji, and not before.
const EAGER = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;';

// Each emoji has a pictograph in it, or is a flag of two regional indicators, or a keycap: of anything else the answer is known.
const LAZY = `const mayBeEmoji = /[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3]/u;
let everyEmoji;
const rgiEmojiRegex = {test: segment => mayBeEmoji.test(segment) && (everyEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(segment)};`;

/** The source of string-width with that one line another one. A version without the line fails the build: then look again. */
export function lazily(source) {
  if (!source.includes(EAGER)) throw new Error('string-width has no longer the line that scripts/lazy-emoji.mjs replaces');
  return source.replace(EAGER, () => LAZY);
}
