import { parsePython, replaceValue, stringLike } from '../files/python.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { celerySettings, isPickle, singleSerializers, strings } from './celery.ts';
import { editOf, editsOf } from './edit.ts';

/** The new list in the quotes and brackets of the old one. */
function listLike(file: SourceFile, old: { start: number; end: number; items: readonly { start: number; end: number }[] }, values: readonly string[]): string {
  const module = parsePython(file.text);
  const open = file.text[old.start] ?? '[';
  const [from, to] = open === '(' ? ['(', values.length === 1 ? ',)' : ')'] : open === '{' ? ['{', '}'] : ['[', ']'];
  return from + values.map((v) => stringLike(module, v, old.items[0])).join(', ') + to;
}

/**
 * What is accepted becomes exactly `accept`; what is sent as pickle, by the app, a task or a call, becomes json. A value
 * that can't be told without running the code is refused, never guessed.
 */
export function setSerializers(machine: Machine, path: string, accept: readonly string[]): readonly EditFile[] | Refusal {
  const edits: EditFile[] = [];
  const add = (edit: EditFile | Refusal): Refusal | undefined => {
    if (isRefusal(edit)) return edit;
    if (edit.edits.length > 0) edits.push(edit);
    return undefined;
  };
  for (const { name, file, assignment } of celerySettings(machine)) {
    const module = parsePython(file.text);
    const { value } = assignment;
    let stopped: Refusal | undefined;
    if ((name === 'accept_content' && file.path === path) || (name === 'result_accept_content' && (strings(value) ?? []).some(isPickle))) {
      if (value.kind !== 'list' && value.kind !== 'tuple' && value.kind !== 'set') {
        return refuse(text(`${file.path}:${assignment.line} is not a plain list and can't be edited safely`, `${file.path}:${assignment.line} 不是简单的列表，无法安全编辑`));
      }
      stopped = add(editsOf(file, replaceValue(module, assignment, listLike(file, value, accept))));
    } else if (name.endsWith('_serializer') && value.kind === 'string' && isPickle(value.value)) {
      stopped = add(editsOf(file, replaceValue(module, assignment, stringLike(module, 'json', assignment.valueSpan))));
    }
    if (stopped) return stopped;
  }
  for (const { file, value } of singleSerializers(machine)) {
    if (value.kind !== 'string' || !isPickle(value.value)) continue;
    edits.push(editOf(file, [{ start: value.start, end: value.end, text: stringLike(parsePython(file.text), 'json', value) }]));
  }
  return edits;
}
