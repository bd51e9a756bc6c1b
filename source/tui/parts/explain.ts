import { blank, labelled, line, paragraph, span, type Line } from '../lines.ts';
import { plain } from '../plain.ts';
import { wrap } from '../wrap.ts';

/** A sentence of Markdown without its marks. */
export const inline = (text: string): string =>
  text.replace(/\[([^\]]+)\]\((https?:[^)]+)\)/g, '$1 ($2)').replace(/(\*\*|__)(.+?)\1/g, '$2').replace(/`([^`]+)`/g, '$1');

/** A line break inside a sentence is a space in English and nothing between two Chinese characters. */
const joined = (rows: readonly string[]): string =>
  rows.reduce((text, row) => (text === '' ? row : /[\u3000-\u9fff\uff00-\uffef]$/.test(text) && /^[\u3000-\u9fff\uff00-\uffef]/.test(row) ? text + row : `${text} ${row}`), '');

/** The rows of one block of Markdown: what stands between two empty lines. */
function block(rows: readonly string[], columns: number): readonly Line[] {
  const heading = /^(#{1,6})\s+(.*)$/.exec(rows[0] ?? '');
  if (heading) return [line(span(` ${inline(heading[2]!)}`, 'strong')), ...(rows.length > 1 ? block(rows.slice(1), columns) : [])];
  if (/^\s*\|/.test(rows[0] ?? '')) return rows.filter((row) => !/^\s*\|[\s:|-]+\|\s*$/.test(row)).flatMap((row) => paragraph(inline(row.trim().replace(/^\||\|$/g, '').split('|').map((part) => part.trim()).join('  ')), columns - 1));
  const items = listed(rows);
  if (items) return items.flatMap(([marker, text]) => labelled(` ${marker}`, inline(text), columns - 1, marker.length + 3));
  return paragraph(inline(joined(rows.map((row) => row.trim()))), columns - 1);
}

/** Items of a list with their later lines joined; undefined for anything else. */
function listed(rows: readonly string[]): (readonly [string, string])[] | undefined {
  const found: [string, string[]][] = [];
  for (const row of rows) {
    const item = /^\s*([-*]|\d+\.)\s+(.*)$/.exec(row);
    if (item) found.push([item[1] === '*' ? '-' : item[1]!, [item[2]!]]);
    else if (found.length === 0) return undefined;
    else found.at(-1)![1].push(row.trim());
  }
  return found.map(([marker, parts]) => [marker, joined(parts)]);
}

/** Markdown as rows: headings, lists, code as it stands, and paragraphs. No more than our own texts use. */
export function explained(markdown: string, columns: number): readonly Line[] {
  const out: Line[] = [];
  let rows: string[] = [];
  let code = false;
  const flush = () => {
    if (rows.length === 0) return;
    out.push(...block(rows, columns), blank);
    rows = [];
  };
  for (const row of markdown.split('\n')) {
    if (/^\s*```/.test(row)) {
      flush();
      if (code) out.push(blank);
      code = !code;
    } else if (code) out.push(...wrap(plain(row), columns - 5).map((part) => line(span(`   ${part}`, 'path'))));
    else if (row.trim() === '') flush();
    else if (/^#{1,6}\s/.test(row)) {
      flush();
      rows = [row];
      flush();
      out.pop();
    } else rows.push(row);
  }
  flush();
  return out.at(-1)?.length === 0 ? out.slice(0, -1) : out;
}
