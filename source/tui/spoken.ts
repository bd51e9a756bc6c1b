import type { Words } from '../words/index.ts';

export type Suggest = (sentence: string) => string;

const made = new WeakMap<Suggest, Map<Words, Words>>();

function through(value: unknown, suggest: Suggest): unknown {
  if (typeof value === 'string') return suggest(value);
  if (typeof value === 'function') return (...given: unknown[]) => through((value as (...given: unknown[]) => unknown)(...given), suggest);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, through(one, suggest)]));
}

/** Every sentence of the interface with its commands as they can be pasted where the wizard was started. */
export function spoken(words: Words, suggest: Suggest | undefined): Words {
  if (!suggest) return words;
  const known = made.get(suggest) ?? new Map<Words, Words>();
  made.set(suggest, known);
  const there = known.get(words) ?? (through(words, suggest) as Words);
  known.set(words, there);
  return there;
}
