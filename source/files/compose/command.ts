import { splitWords, type Word } from '../shellwords.ts';
import type { Span } from '../span.ts';
import { innerSpan, once } from './read.ts';
import type { Yaml } from './tree.ts';

/** `command`, `entrypoint` or a health check's test. */
export interface Command extends Span {
  /** A string is split by compose itself; no shell reads it unless it names one. */
  readonly form: 'string' | 'list';
  readonly words: readonly Word[];
  /** Each word's span is its own. Otherwise (escapes, several lines, variables that hold blanks) it is the whole text's. */
  readonly exact: boolean;
  readonly text: string;
  readonly interpolated: boolean;
  readonly unresolved: boolean;
  readonly shared: boolean;
}

export const readCommand = once<Command | undefined>(read, undefined);

function read(text: string, node: Yaml): Command | undefined {
  if (node.kind === 'list') {
    const scalars = node.items.flatMap((item) => (item.value.kind === 'scalar' ? { item, scalar: item.value } : []));
    return {
      form: 'list',
      words: scalars.map(({ item, scalar }) => ({ value: scalar.value, start: item.start, end: item.end, quoted: scalar.style !== 'plain' })),
      exact: true,
      text: scalars.map(({ scalar }) => scalar.value).join(' '),
      interpolated: scalars.some(({ scalar }) => scalar.interpolated),
      unresolved: scalars.some(({ scalar }) => scalar.unresolved),
      shared: node.shared || node.items.some((item) => item.aliased),
      start: node.start,
      end: node.end,
    };
  }
  if (node.kind !== 'scalar' || node.isNull) return undefined;
  const { words } = splitWords(node.value);
  const inner = innerSpan(text, node);
  const written = inner ? splitWords(node.raw, inner.start).words : [];
  // As many words before variables as after them: then they are the same words, one by one.
  const exact = inner !== undefined && written.length === words.length;
  return {
    form: 'string',
    words: words.map((word, i) => ({ ...word, start: exact ? written[i]!.start : node.start, end: exact ? written[i]!.end : node.end })),
    exact,
    text: node.value,
    interpolated: node.interpolated,
    unresolved: node.unresolved,
    shared: node.shared,
    start: node.start,
    end: node.end,
  };
}
