/** One `$NAME` or `${NAME…}` in a text: the form that Dockerfiles, compose files and .env files share. */
export interface Variable {
  readonly name: string;
  /** `:-`, `-`, `:+`, `+`, `:?`, `?`, empty, or `unknown` for anything else. */
  readonly operator: string;
  readonly word: string;
  readonly text: string;
  readonly end: number;
}

// Names and bodies are looked for within these limits: an unclosed brace would else be searched again and again.
const LONGEST_NAME = 300;
const LONGEST_BODY = 4000;

export function readVariable(text: string, at: number): Variable | undefined {
  const near = text.slice(at, at + LONGEST_NAME);
  const plain = /^\$([A-Za-z_]\w*)/.exec(near);
  if (plain) return { name: plain[1]!, operator: '', word: '', text: plain[0], end: at + plain[0].length };
  const head = /^\$\{([A-Za-z_]\w*)/.exec(near);
  if (!head) return undefined;
  const limit = Math.min(text.length, at + LONGEST_BODY);
  let depth = 0;
  for (let i = at + head[0].length; i < limit; i++) {
    if (text[i] === '{' && text[i - 1] === '$') depth++;
    if (text[i] !== '}' || depth-- > 0) continue;
    const body = text.slice(at + head[0].length, i);
    const operator = /^(?::?[-+?])?/.exec(body)![0];
    return {
      name: head[1]!,
      operator: operator === '' && body !== '' ? 'unknown' : operator,
      word: body.slice(operator.length),
      text: text.slice(at, i + 1),
      end: i + 1,
    };
  }
  return undefined;
}

/**
 * The value that a variable stands for, or undefined when only someone else can know it.
 * `word` gives the text behind the operator, its own variables resolved.
 */
export function valueOf(variable: Variable, value: string | undefined, word: () => string): string | undefined {
  switch (variable.operator) {
    case '-':
      return value ?? word();
    case ':-':
      return value || word();
    case '+':
      return value === undefined ? '' : word();
    case ':+':
      return value ? word() : '';
    case 'unknown':
      return undefined;
    default:
      return value;
  }
}
