import { assignments, calls, decoratedTasks, type Call, type PyFunction, type PyValue } from '../files/python.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { celeryFiles } from './celery.ts';

/** Serializers named for one task or one call; they overrule the app's. */
export function singleSerializers(machine: Machine): readonly { readonly file: SourceFile; readonly value: PyValue; readonly line: number }[] {
  return celeryFiles(machine).flatMap((file) => {
    const ofTasks = decoratedTasks(file.text).flatMap((t) => t.decorators.flatMap((d) => d.args.filter((a) => a.name === 'serializer').map((a) => ({ file, value: a.value, line: d.line }))));
    const ofClasses = assignments(file.text).filter((a) => a.target === 'class' && a.name === 'serializer').map((a) => ({ file, value: a.value, line: a.line }));
    const ofCalls = calls(file.text, 'apply_async', 'send_task', 'signature', 'subtask', 'set').flatMap((c) => c.args.filter((a) => a.name === 'serializer' || a.name === 'result_serializer').map((a) => ({ file, value: a.value, line: c.line })));
    return [...ofTasks, ...ofClasses, ...ofCalls];
  });
}

/** Call sites and tasks of the project: what has to fit into JSON. */
export const taskCalls = (machine: Machine): readonly { readonly file: SourceFile; readonly call: Call }[] =>
  [...machine.files.values()].filter((f) => f.path.endsWith('.py') && /\.(delay|apply_async)\(/.test(f.text)).flatMap((file) => calls(file.text, 'delay', 'apply_async').map((call) => ({ file, call })));
export const tasks = (machine: Machine): readonly { readonly file: SourceFile; readonly task: PyFunction }[] => celeryFiles(machine).flatMap((file) => decoratedTasks(file.text).map((task) => ({ file, task })));
