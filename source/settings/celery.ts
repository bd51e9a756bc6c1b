import { assignments, calls, decoratedTasks, type Assignment, type Call, type PyFunction, type PyValue } from '../files/python.ts';
import { copies } from '../files/dockerfile.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { within } from './parsed.ts';
import { shipped } from './service-files.ts';

/** Celery's names for what we ask about, in today's spelling, with the old one beside it. */
export const NAMES = {
  accept_content: 'CELERY_ACCEPT_CONTENT',
  result_accept_content: 'CELERY_RESULT_ACCEPT_CONTENT',
  task_serializer: 'CELERY_TASK_SERIALIZER',
  result_serializer: 'CELERY_RESULT_SERIALIZER',
  event_serializer: 'CELERY_EVENT_SERIALIZER',
  broker_url: 'CELERY_BROKER_URL',
} as const;
export type CeleryName = keyof typeof NAMES;

/** Pickle by all the names that kombu and Celery's guard know it by (FACTS.md, section 8). */
export const isPickle = (name: string): boolean => name === 'pickle' || /^application\/(x-python-serialize|group-python-serialize|x-pickle)$/.test(name);

export interface CelerySetting {
  readonly name: CeleryName;
  readonly file: SourceFile;
  readonly assignment: Assignment;
}

const OLD = new Map<string, CeleryName>([...Object.entries(NAMES).map(([today, old]) => [old, today as CeleryName] as const), ['BROKER_URL', 'broker_url'], ['broker', 'broker_url']]);

/** Modules that are nothing but Celery's configuration: named so, or loaded with `config_from_object`. */
const isConfigModule = (file: SourceFile, named: ReadonlySet<string>): boolean => /(^|\/)celeryconfig\.py$|celery_?(config|settings)\.py$/.test(file.path) || named.has(file.path.replace(/\.py$/, '').replace(/\/__init__$/, '').split('/').join('.'));

/** Modules (and classes) that some file hands to `config_from_object`, by their dotted name. */
function configObjects(files: readonly SourceFile[]): ReadonlySet<string> {
  return new Set(files.flatMap((f) => (f.text.includes('config_from_object') ? calls(f.text, 'config_from_object') : [])).flatMap((c) => {
    const [first] = c.args;
    return first?.value.kind === 'string' ? [first.value.value.split(':')[0] ?? ''] : first ? [first.source.split('.')[0] ?? ''] : [];
  }));
}

function nameOf(a: Assignment, config: boolean): CeleryName | undefined {
  const known = a.name in NAMES ? (a.name as CeleryName) : undefined;
  if (a.target === 'conf-attr' || a.target === 'conf-update') return a.attribute === 'config' ? undefined : (known ?? OLD.get(a.name));
  if (a.target === 'celery-call') return known ?? OLD.get(a.name);
  // Alone in a module or class: the upper-case names speak for themselves, the lower-case ones only in a configuration.
  if (a.target === 'module' || a.target === 'class') return a.name.startsWith('CELERY_') || a.name === 'BROKER_URL' ? OLD.get(a.name) : config ? known : undefined;
  return undefined;
}

const python = (machine: Machine): readonly SourceFile[] => [...machine.files.values()].filter((f) => f.path.endsWith('.py') && /celery|serializer|accept_content|ACCEPT_CONTENT/.test(f.text));

/** Every Celery setting of the project that we know, in the order of the files. Nothing is run: only what is written counts. */
export function celerySettings(machine: Machine): readonly CelerySetting[] {
  const files = python(machine);
  const objects = configObjects(files);
  return files.flatMap((file) => {
    const config = isConfigModule(file, objects);
    return assignments(file.text).flatMap((assignment) => {
      const name = nameOf(assignment, config || (assignment.target === 'class' && objects.has(assignment.object ?? '')));
      return name ? [{ name, file, assignment }] : [];
    });
  });
}

/** The strings of a list, tuple, set or single value; undefined where it can't be told. */
export function strings(value: PyValue): readonly string[] | undefined {
  if (value.kind === 'string') return [value.value];
  if (value.kind === 'none') return [];
  if (value.kind !== 'list' && value.kind !== 'tuple' && value.kind !== 'set') return undefined;
  const all = value.items.map((i) => (i.kind === 'string' ? i.value : undefined));
  return all.every((s) => s !== undefined) ? (all as string[]) : undefined;
}

/** A file of the project is in a service's image, by the COPY lines of the stage that ships, or mounted into it. */
export function carries(machine: Machine, service: Service, path: string): boolean {
  const image = shipped(machine, service);
  const context = service.build?.context;
  if (image && context !== undefined) {
    for (const copy of copies(image.stage, image.df)) {
      if (copy.from !== undefined) continue;
      for (const source of copy.sources) {
        const at = within(context, source.value);
        if (at !== undefined && (at === '' || path === at || path.startsWith(`${at.replace(/\/$/, '')}/`))) return true;
      }
    }
  }
  return machine.containers.some((c) => service.containers.includes(c.id) && c.mounts.some((m) => m.type === 'bind' && `${machine.root}/${path}`.startsWith(`${m.source}/`)));
}

/** Serializers named for one task or one call; they overrule the app's. */
export function singleSerializers(machine: Machine): readonly { readonly file: SourceFile; readonly value: PyValue; readonly line: number }[] {
  return python(machine).flatMap((file) => {
    const ofTasks = decoratedTasks(file.text).flatMap((t) => t.decorators.flatMap((d) => d.args.filter((a) => a.name === 'serializer').map((a) => ({ file, value: a.value, line: d.line }))));
    const ofCalls = calls(file.text, 'apply_async', 'send_task').flatMap((c) => c.args.filter((a) => a.name === 'serializer' || a.name === 'result_serializer').map((a) => ({ file, value: a.value, line: c.line })));
    return [...ofTasks, ...ofCalls];
  });
}

/** Call sites and tasks of the project: what has to fit into JSON. */
export const taskCalls = (machine: Machine): readonly { readonly file: SourceFile; readonly call: Call }[] =>
  [...machine.files.values()].filter((f) => f.path.endsWith('.py') && /\.(delay|apply_async)\(/.test(f.text)).flatMap((file) => calls(file.text, 'delay', 'apply_async').map((call) => ({ file, call })));
export const tasks = (machine: Machine): readonly { readonly file: SourceFile; readonly task: PyFunction }[] => python(machine).flatMap((file) => decoratedTasks(file.text).map((task) => ({ file, task })));
