import { readVariable, valueOf } from '../variable.ts';

export interface Interpolated {
  readonly value: string;
  /** Holds a variable, so another hand decides the value and an edit would take that away. */
  readonly interpolated: boolean;
  /** Variables that have neither a default nor a known value; they stay as written. */
  readonly unresolved: readonly string[];
}

/** `$NAME`, `${NAME:-default}` and the like; `$$` is a plain dollar. */
export function interpolate(raw: string, env: Readonly<Record<string, string>>): Interpolated {
  if (!raw.includes('$')) return { value: raw, interpolated: false, unresolved: [] };
  const unresolved: string[] = [];
  const parts: string[] = [];
  let interpolated = false;
  let i = 0;
  // Long values times many uses would fill any memory.
  let room = 1_000_000;
  while (i < raw.length) {
    const dollar = raw.indexOf('$', i);
    if (dollar === -1) break;
    parts.push(raw.slice(i, dollar));
    i = dollar;
    const variable = readVariable(raw, i);
    if (!variable) {
      parts.push('$');
      i += raw[i + 1] === '$' ? 2 : 1;
      continue;
    }
    interpolated = true;
    const known = Object.hasOwn(env, variable.name) ? env[variable.name] : undefined;
    const value = valueOf(variable, known, () => {
      const inner = interpolate(variable.word, env);
      unresolved.push(...inner.unresolved);
      return inner.value;
    });
    room -= value?.length ?? 0;
    const usable = value !== undefined && room >= 0;
    if (!usable) unresolved.push(variable.name);
    parts.push(usable ? value : variable.text);
    i = variable.end;
  }
  parts.push(raw.slice(i));
  return { value: parts.join(''), interpolated, unresolved };
}
