import { readVariable, valueOf, type Variable } from '../variable.ts';

/** Variables and quotes in a Dockerfile word, as the builder resolves them. */
export interface Expanded {
  readonly value: string;
  /** Variables without a known value; each stands in `value` as it was written. */
  readonly unresolved: readonly string[];
  /** Every variable that was read. */
  readonly used: readonly string[];
}

export type Lookup = (name: string) => string | undefined;

/** `ENV A=$B` was expanded when it was set, so one level suffices here. */
export function expand(raw: string, lookup: Lookup, escape = '\\'): Expanded {
  const unresolved: string[] = [];
  const used: string[] = [];
  const parts: string[] = [];
  let quote = '';
  let i = 0;
  // `ENV A=$A$A` sixty times over would fill any memory: what no longer fits is left as written.
  let room = 100_000;
  while (i < raw.length) {
    const char = raw[i]!;
    const next = raw[i + 1];
    const variable = char === '$' && quote !== "'" ? readVariable(raw, i) : undefined;
    if (variable) {
      const value = resolve(variable);
      room -= value?.length ?? 0;
      if (value === undefined || room < 0) unresolved.push(variable.name);
      parts.push(value === undefined || room < 0 ? variable.text : value);
      i = variable.end;
      continue;
    }
    i++;
    if (char === escape && quote !== "'" && next !== undefined) {
      // Between double quotes an escape keeps its place before an ordinary character.
      if (quote === '"' && next !== '"' && next !== '$' && next !== escape) parts.push(char);
      parts.push(next);
      i++;
    } else if (char === quote) quote = '';
    else if (quote === '' && (char === "'" || char === '"')) quote = char;
    else parts.push(char);
  }
  return { value: parts.join(''), unresolved, used };

  function resolve(variable: Variable): string | undefined {
    used.push(variable.name);
    return valueOf(variable, lookup(variable.name), () => {
      const inner = expand(variable.word, lookup, escape);
      unresolved.push(...inner.unresolved);
      used.push(...inner.used);
      return inner.value;
    });
  }
}
