import { parsePython, removeAssignment, replaceValue, stringLike, type PyValue } from '../files/python.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { celerySettings, isPickle, namesPickle, strings, told, type CelerySetting } from './celery.ts';
import { singleSerializers } from './celery-tasks.ts';
import { editOf, editsOf } from './edit.ts';
import { carriersOf } from './serializers.ts';

/** The new list in the quotes and brackets of the old one. */
function listLike(file: SourceFile, old: PyValue, values: readonly string[]): string {
  const module = parsePython(file.text);
  const open = old.kind === 'string' ? '[' : (file.text[old.start] ?? '[');
  const [from, to] = open === '(' ? ['(', values.length === 1 ? ',)' : ')'] : open === '{' ? ['{', '}'] : open === '[' ? ['[', ']'] : ['(', values.length === 1 ? ',)' : ')'];
  const like = 'items' in old ? old.items.find((i) => i.kind === 'string') : old;
  return from + values.map((v) => stringLike(module, v, like)).join(', ') + to;
}

/**
 * Where a setting's value is written: a constant of the module where only Celery's settings use it, else the setting
 * itself, so that nothing else is changed with it.
 */
function literal(machine: Machine, { file, assignment: { value, valueSpan } }: CelerySetting, resolved: PyValue): PyValue {
  if (value.kind !== 'unresolved' || value.name === undefined) return { ...value, ...valueSpan };
  const uses = file.text.match(new RegExp(`\\b${value.name}\\b`, 'g'))?.length ?? 0;
  const mine = celerySettings(machine).filter((s) => s.file.path === file.path && s.assignment.value.kind === 'unresolved' && s.assignment.value.name === value.name).length;
  return uses === mine + 1 ? resolved : { ...resolved, start: valueSpan.start, end: valueSpan.end };
}

const put = (file: SourceFile, at: PyValue, source: string): EditFile => editOf(file, file.text.slice(at.start, at.end) === source ? [] : [{ start: at.start, end: at.end, text: source }]);

/** What a worker reads from now on: JSON alone, or JSON and what it read before. */
export type Reads = 'json' | 'both';

/** The list as it is to be; JSON goes by two names. */
export const wantedList = (now: readonly string[], reads: Reads): readonly string[] =>
  reads === 'json' ? ['json'] : now.some((n) => n === 'json' || n === 'application/json') ? now : ['json', ...now];

/** `accept_content` and `result_accept_content`: exactly what is wanted; of a `+=` only pickle goes. */
function list(machine: Machine, setting: CelerySetting, reads: Reads): EditFile | Refusal {
  const { file, assignment } = setting;
  const value = told(setting);
  const module = parsePython(file.text);
  if (value.kind !== 'list' && value.kind !== 'tuple' && value.kind !== 'set' && value.kind !== 'string') {
    return refuse(text(`${file.path}:${assignment.line} is not a plain list and can't be edited safely`, `${file.path}:${assignment.line} 不是简单的列表，无法安全编辑`));
  }
  if (assignment.operator === '+=') {
    const rest = (strings(value) ?? []).filter((s) => !isPickle(s));
    if (reads === 'both') return editOf(file, []);
    if (rest.length === 0) return editsOf(file, removeAssignment(module, assignment));
    return editsOf(file, replaceValue(module, assignment, listLike(file, value, rest)));
  }
  if (assignment.errorNear) return editsOf(file, replaceValue(module, assignment, ''));
  const said = strings(value);
  if (!said && reads === 'both') return refuse(text(`${file.path}:${assignment.line}: not all of the list can be told`, `${file.path}:${assignment.line}：看不全这个列表的内容`));
  const wanted = wantedList(said ?? [], reads);
  if (wanted === said && value.kind !== 'string') return editOf(file, []);
  const at = literal(machine, setting, value);
  return put(file, at, listLike(file, value, wanted));
}

/** What is sent: json in the place of pickle. A value that only running the code would tell is refused, never guessed. */
function sender(machine: Machine, setting: CelerySetting): EditFile | Refusal {
  const { file, assignment } = setting;
  const value = told(setting);
  if (value.kind === 'unresolved') {
    return refuse(text(`${file.path}:${assignment.line}: what ${assignment.name} is can't be told without running the code`, `${file.path}:${assignment.line}：不运行代码就看不出 ${assignment.name} 是什么`));
  }
  if (value.kind !== 'string' || !isPickle(value.value)) return editOf(file, []);
  const module = parsePython(file.text);
  if (assignment.errorNear) return editsOf(file, replaceValue(module, assignment, ''));
  return put(file, literal(machine, setting, value), stringLike(module, 'json', value));
}

/** Files that run together with this one: in one image, or, where nothing here builds it, in one folder of the project. */
export function together(machine: Machine, path: string): (other: string) => boolean {
  const names = carriersOf(machine, path).map((s) => s.name);
  const known = new Map([[path, true]]);
  return (other) => {
    const there = known.get(other);
    if (there !== undefined) return there;
    const carriers = carriersOf(machine, other);
    const found = names.length === 0 ? carriers.length === 0 : carriers.some((s) => names.includes(s.name));
    known.set(other, found);
    return found;
  };
}

/** What is accepted becomes JSON alone, or JSON too; what is sent as pickle, by the app, a task or a call, becomes json. */
export function setSerializers(machine: Machine, path: string, reads: Reads): readonly EditFile[] | Refusal {
  const near = together(machine, path);
  const settings = celerySettings(machine).filter((s) => near(s.file.path));
  const edits = settings.flatMap((s): (EditFile | Refusal)[] => {
    if (s.name.endsWith('_serializer')) return [sender(machine, s)];
    const mine = (s.name === 'accept_content' && s.file.path === path) || s.name === 'result_accept_content';
    return mine && namesPickle(s) !== 'no' ? [list(machine, s, reads)] : [];
  });
  const refused = edits.find(isRefusal);
  if (refused) return refused;
  const single = singleSerializers(machine).filter(({ file, value }) => near(file.path) && value.kind === 'string' && isPickle(value.value));
  return [
    ...edits.flatMap((e) => (isRefusal(e) || e.edits.length === 0 ? [] : e)),
    ...single.map(({ file, value }) => put(file, value, stringLike(parsePython(file.text), 'json', value))),
  ];
}
