import { parse } from 'yaml';
import type { ComposeFile } from '../compose.ts';
import { lineStart } from '../span.ts';
import type { Yaml, YamlScalar } from './tree.ts';

/** How this file is written, so that what is added looks like what was there. */
export interface Style {
  /** One level of indentation. */
  readonly step: string;
  /** Are list items one level deeper than their key, or right under it? */
  readonly deepLists: boolean;
}

export function styleOf(file: ComposeFile): Style {
  let step = 0;
  let deep = 0;
  let flat = 0;
  const look = (node: Yaml, column: number, level: number): void => {
    if (node.kind !== 'map' || node.flow || level > 6) return;
    for (const entry of node.entries) {
      if (entry.merged || entry.aliased) continue;
      const inner = entry.value;
      if (inner.kind === 'scalar' || inner.flow) continue;
      const here = columnOf(file.text, inner.start);
      if (inner.kind === 'list' && here > column) deep++;
      else if (inner.kind === 'list') flat++;
      else if (here > column) step = step === 0 ? here - column : Math.min(step, here - column);
      look(inner, here, level + 1);
    }
  };
  if (file.root) look(file.root, 0, 0);
  return { step: ' '.repeat(step || 2), deepLists: deep >= flat };
}

export function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - start - (start === 0 && text.startsWith('\uFEFF') ? 1 : 0);
}

/** What stands left of a key or a dash, as blanks. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  const before = text.slice(start, offset).replace('\uFEFF', '');
  return /^\s*$/.test(before) ? before : ' '.repeat(before.length);
}

/** The lines of `key: value`, each with its indentation. `value` is YAML; several lines or a list go below the key. */
export function entryLines(key: string, value: string, indent: string, style: Style): string[] {
  const lines = value.split(/\r?\n/);
  const [first = ''] = lines;
  const name = `${indent}${keyText(key)}:`;
  if (/^[|>][-+0-9]*$/.test(first)) return [`${name} ${first}`, ...indented(lines.slice(1), indent)];
  if (isInline(value)) return [first === '' ? name : `${name} ${first}`];
  const deeper = first.startsWith('- ') && !style.deepLists ? indent : indent + style.step;
  return [name, ...indented(lines, deeper)];
}

export function indented(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => (line === '' ? '' : indent + line));
}

/** Can the value stand behind its key? A block list, or a map of one line, cannot. */
export function isInline(value: string): boolean {
  if (value.includes('\n')) return false;
  return !/^- |^-$|^[\w.-]+:(?: |$)/.test(value);
}

/** The same value as flow text, for files that write `{a: b}`. */
export function flowText(value: string): string {
  return isInline(value) ? value : JSON.stringify(parse(value));
}

export function keyText(key: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(key) ? key : JSON.stringify(key);
}

/** A value in the quotes that the old one had. Plain stays plain only where every YAML reads it as this text. */
export function scalarText(value: string, style: YamlScalar['style']): string {
  if (style === 'single' && !/[\r\n\t\u0000-\u001f]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return style === 'plain' && isPlain(value) ? value : JSON.stringify(value);
}

function isPlain(value: string): boolean {
  if (/^(?:true|false|\d+)$/.test(value)) return true;
  if (!/^[A-Za-z0-9_./][\w./@%+=,:-]*$/.test(value) || value.endsWith(':')) return false;
  // Words that some YAML reads as something else.
  if (/^(?:null|yes|no|on|off|y|n|true|false)$/i.test(value)) return false;
  // So are numbers: 1.5, 1e3 and 22:22 (base sixty in YAML 1.1). An address has dots enough to be none.
  return !/^[-+.\d][\d_.:e+-]*$/i.test(value) || value.split('.').length > 2;
}
