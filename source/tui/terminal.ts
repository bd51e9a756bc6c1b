/** The keyboard as Ink gets it: the same stream, without what the terminal says by itself. */
export function typedOn(stdin: NodeJS.ReadStream, keys: (chunk: string) => string): NodeJS.ReadStream {
  const read = (): string | null => {
    for (;;) {
      const chunk: unknown = stdin.read();
      if (chunk === null) return null;
      const typed = keys(String(chunk));
      if (typed !== '') return typed;
    }
  };
  return new Proxy(stdin, {
    get(target, name) {
      if (name === 'read') return read;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** OSC 52: the terminal itself puts a text into its clipboard, also over ssh. */
export const clipboard = (text: string): string => `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
