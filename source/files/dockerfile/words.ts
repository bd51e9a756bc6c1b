import type { Span } from '../span.ts';

/** Stretches between blanks, where quotes and escapes keep a word together. An open quote runs to the end. */
export function blankSeparated(text: string, from = 0, escape = '\\'): Span[] {
  const words: Span[] = [];
  let i = from;
  while (i < text.length) {
    if (isBlank(text, i)) {
      i++;
      continue;
    }
    const start = i;
    let quote = '';
    while (i < text.length && (quote !== '' || !isBlank(text, i))) {
      const char = text[i]!;
      if (char === escape && quote !== "'") i++;
      else if (char === quote) quote = '';
      else if (quote === '' && (char === "'" || char === '"')) quote = char;
      i++;
    }
    words.push({ start, end: Math.min(i, text.length) });
  }
  return words;
}

function isBlank(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 32 || (code >= 9 && code <= 13);
}

/** The exec form: a JSON array of nothing but strings. Anything else is read as the shell form. */
export function jsonForm(text: string, from: number): { values: string[]; spans: Span[] } | undefined {
  const written = text.slice(from);
  if (!written.startsWith('[')) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(written);
  } catch {
    return undefined;
  }
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return undefined;
  const spans: Span[] = [];
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] !== '"') continue;
    const start = i;
    for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++;
    spans.push({ start, end: i + 1 });
  }
  return { values: values as string[], spans };
}

/** NAME=value pairs of ENV, ARG and LABEL as written, quotes still on. `ENV NAME the rest` is the old form. */
export function pairs(
  text: string,
  from: number,
  oldForm: boolean,
  escape: string,
): { name: string; value?: string; span: Span; valueSpan?: Span }[] {
  const words = blankSeparated(text, from, escape);
  const first = words[0];
  if (!first) return [];
  if (oldForm && !text.slice(first.start, first.end).includes('=')) {
    const name = text.slice(first.start, first.end);
    const second = words[1];
    const end = text.trimEnd().length;
    if (!second) return [{ name, span: first }];
    return [{ name, value: text.slice(second.start, end), span: { start: first.start, end }, valueSpan: { start: second.start, end } }];
  }
  return words.map((span) => {
    const word = text.slice(span.start, span.end);
    const equals = word.indexOf('=');
    if (equals === -1) return { name: word, span };
    return {
      name: word.slice(0, equals),
      value: word.slice(equals + 1),
      span,
      valueSpan: { start: span.start + equals + 1, end: span.end },
    };
  });
}
