/**
 * What the YAML parser must not be handed. Measured with yaml 2.9.1: fifty thousand `- ` in one line end the
 * whole process (no exception, the engine aborts), and 600 kB of `&a ` keep it busy for five minutes.
 */
const LARGEST = 4 * 1024 * 1024;
const WIDEST_INDENT = 1000;
const DEEPEST_FLOW = 200;

export function reasonToRefuse(text: string): { message: string; offset: number } | undefined {
  if (text.length > LARGEST) return { message: 'The file is larger than any compose file', offset: 0 };
  let flow = 0;
  let properties = 0;
  let column = 0;
  let leading = true;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    column++;
    if (char === '\n') {
      column = 0;
      leading = true;
    } else if (char === '[' || char === '{') flow++;
    else if ((char === ']' || char === '}') && flow > 0) flow--;
    // An anchor or a tag; `a && b` in a script is none.
    if ((char === '&' || char === '!') && /\s/.test(text[i - 1] ?? ' ') && /[^\s&]/.test(text[i + 1] ?? ' ')) properties++;
    else if (char === ':' || char === ',') properties = 0;
    // Only leading blanks and indicators can open a level of the tree.
    if (leading && char !== ' ' && char !== '\t' && char !== '-' && char !== '?' && char !== ':' && char !== '\n') {
      leading = false;
      if (column > WIDEST_INDENT) return { message: 'The file is nested too deep to be read', offset: i };
    }
    if (flow > DEEPEST_FLOW) return { message: 'The file is nested too deep to be read', offset: i };
    if (properties > 1000) return { message: 'The file has more anchors and tags in one place than can be read', offset: i };
  }
  return leading && column > WIDEST_INDENT && text.slice(-column).trim() !== ''
    ? { message: 'The file is nested too deep to be read', offset: text.length }
    : undefined;
}
