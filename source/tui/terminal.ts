/**
 * Ink writes a changed row and then erases to its end. On a row that fills the terminal the cursor still stands on the
 * last column, and many terminals erase the last character with it: so the erasing is done first. And where a frame as
 * high as the terminal is closed or outgrown, Ink erases the scrollback too (3J), which is the user's: that is left out.
 */
export function tidied(data: string): string {
   
  return data.replaceAll('\u001b[3J', '').replace(/\u001b\[1G([^\n]*?)\u001b\[K/g, '\u001b[1G\u001b[K$1');
}

/** The terminal as Ink gets it: the same stream, with tidied writing. */
export function steady(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (data: unknown, ...rest: unknown[]): boolean => (stdout.write as (...all: unknown[]) => boolean)(typeof data === 'string' ? tidied(data) : data, ...rest);
  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** OSC 52: the terminal itself puts a text into its clipboard, also over ssh. */
export const clipboard = (text: string): string => `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
