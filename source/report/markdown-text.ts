import type { Paint } from './paint.ts';
import { oneLine, plain } from './plain.ts';
import { width, wrap } from './wrap.ts';

/** Bold, code and links inside a line; the address stands behind the words. The marks go, as they do in the wizard. */
function inline(line: string, paint: Paint): string {
  return line
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '$1 ($2)')
    .replace(/\*\*([^*]+)\*\*/g, (_, words: string) => paint('strong', words))
    .replace(/`([^`]+)`/g, (_, code: string) => paint('path', code));
}

function paragraph(text: string, lead: string, paint: Paint, columns: number): readonly string[] {
  const hang = ' '.repeat(lead.length);
  return wrap(inline(text, paint), Math.max(20, columns - lead.length)).map((line, i) => (i === 0 ? lead : hang) + line);
}

/**
 * Markdown as our READMEs use it, for a terminal: headings, paragraphs, lists, fenced blocks, quotes. A heading
 * `### id: Title` keeps its id beside the title, because that is what one types.
 */
export function markdownText(markdown: string, paint: Paint, columns: number): string {
  const out: string[] = [];
  let fence = false;
  for (const raw of plain(markdown).split('\n')) {
    const line = raw.trimEnd();
    if (/^\s*(```|~~~)/.test(line)) {
      fence = !fence;
      continue;
    }
    if (fence) {
      out.push(line === '' ? '' : `    ${paint('path', line)}`);
      continue;
    }
    const [, level = '', heading = ''] = /^(#{1,6}) +(.*)$/.exec(line) ?? [];
    const [, space = '', mark = '', item = ''] = /^(\s*)([-*]|\d+\.) +(.*)$/.exec(line) ?? [];
    if (level === '#') out.push(paint('strong', oneLine(heading)), paint('faint', '='.repeat(Math.min(columns, width(heading)))));
    // Where nothing is bold a heading has a line under it, or it would be a word like any other.
    else if (level !== '') out.push(paint('strong', oneLine(heading)), ...(paint('strong', 'x') === 'x' ? ['-'.repeat(Math.min(columns, width(oneLine(heading))))] : []));
    else if (mark !== '') out.push(...paragraph(item, `${space}${mark === '*' ? '-' : mark} `, paint, columns));
    else out.push(...(line === '' ? [''] : paragraph(line, '', paint, columns)));
  }
  return `${out.join('\n').replace(/\n{3,}/g, '\n\n').replace(/^\n+/, '').trimEnd()}\n`;
}
