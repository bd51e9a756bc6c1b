// What a terminal says without being typed: answers to what it was asked, and the mouse wheel.
import type { Ground } from './theme.ts';

/** Asks for the background, and where the cursor stands after three characters of ambiguous width; wiped at once. */
export const QUESTIONS = '\u001b]11;?\u001b\\\r─…█\u001b[6n\r\u001b[K';

/** Clicks and the wheel in SGR form. Clicks are not used, so with shift held the terminal still selects text. */
export const MOUSE = { on: '\u001b[?1000h\u001b[?1006h', off: '\u001b[?1006l\u001b[?1000l' } as const;

export interface Answers {
  readonly ground?: Ground;
  /** Ambiguous characters take two cells, or are not drawn as one at all. */
  readonly wide?: boolean;
}

export interface Listener {
  /** What was typed, out of all that came; wheel turns are keys of their own. */
  keys(chunk: string): string;
  /** The answers that came so far; true once no more are to come. */
  answered(): boolean;
}

/** Private use: nobody types them, and Ink hands them on as they are. */
export const WHEEL = { up: '\uf8f0', down: '\uf8f1' } as const;

 
const SAID = /\u001b\](?<osc>[^\u0007\u001b]*)(?:\u0007|\u001b\\)|\u001bP[^\u001b]*\u001b\\|\u001b\[<(?<button>\d+);\d+;\d+(?<press>[Mm])|\u001b\[(?<row>\d+);(?<column>\d+)R/g;
 
const BEGUN = /\u001b(?:\](?:[^\u0007\u001b]|\u001b$)*|P(?:[^\u001b]|\u001b$)*|\[<[\d;]*)$/;

/** The light of a colour as terminals answer it: `rgb:ffff/ffff/dddd`, one to four digits each. */
export function isLight(answer: string): boolean | undefined {
  const parts = /rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i.exec(answer)?.slice(1).map((hex) => parseInt(hex, 16) / (16 ** hex.length - 1));
  return parts && 0.2126 * parts[0]! + 0.7152 * parts[1]! + 0.0722 * parts[2]! > 0.5;
}

function wheelOf(button: number, press: string | undefined): string {
  // 64 and 65 are the wheel; shift, alt and ctrl add 4, 8 and 16.
  const turned = button & ~28;
  return press !== 'M' ? '' : turned === 64 ? WHEEL.up : turned === 65 ? WHEEL.down : '';
}

/** Tells what was typed from what the terminal says, also where that comes late or in pieces. */
export function listener(asked: boolean, many: boolean, heard: (answers: Answers) => void): Listener {
  let held = '';
  let open = asked;
  return {
    keys(chunk) {
      const typed = (held + chunk).replace(SAID, (whole, ...rest) => {
        const groups = rest.at(-1) as Record<string, string | undefined>;
        if (groups['button'] !== undefined) return wheelOf(Number(groups['button']), groups['press']);
        if (groups['column'] !== undefined) {
          // Later it is a function key with shift.
          if (!open) return whole;
          open = false;
          heard({ wide: Number(groups['column']) !== 4 });
        }
        const light = groups['osc']?.startsWith('11;') ? isLight(groups['osc']) : undefined;
        if (light !== undefined) heard({ ground: !light ? 'dark' : many ? 'light' : 'light-few' });
        return '';
      });
      const begun = BEGUN.exec(typed);
      // An answer is short; what goes on for ever is none.
      held = begun && begun[0].length < 1000 ? begun[0] : '';
      return begun ? typed.slice(0, begun.index) : typed;
    },
    answered: () => !open,
  };
}
