/**
 * Settings and calls in Python text, found without running any of it.
 *
 * The parser is quick and forgiving. Where it stumbles near a statement, `errorNear` says so and an edit of
 * that statement is refused.
 */
import { readModule } from './python/module.ts';
import { isCelery } from './python/settings.ts';
import type { PyValue } from './python/values.ts';
import type { ParseFault, Span } from './span.ts';

export { addKeyword, addStatement, removeAssignment, replaceValue, stringLike } from './python/edits.ts';
export type { PyEntry, PyValue } from './python/values.ts';

/** How a setting was given. */
export type Target =
  | 'module' // NAME = value
  | 'class' // in the body of a class: object is its name
  | 'conf-attr' // app.conf.NAME = value, app.conf["NAME"] = value: object is `app`
  | 'conf-update' // app.conf.update(NAME=value, {"NAME": value}, **{"NAME": value})
  | 'celery-call' // Celery(NAME=value)
  | 'setup-security'; // app.setup_security(NAME=value)

export interface Assignment {
  readonly target: Target;
  /** The object, class or function the setting belongs to. */
  readonly object?: string;
  /** `config` for Flask's `app.config`, else `conf`. */
  readonly attribute?: 'conf' | 'config';
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: PyValue;
  readonly valueSpan: Span;
  /** The places of a list's, tuple's or set's elements. */
  readonly elementSpans: readonly Span[];
  /** The whole simple statement. */
  readonly statementSpan: Span;
  /** `+=` adds to what was there. */
  readonly operator: string;
  readonly line: number;
  /** Under an if, try, for, while or with, so it may not come to pass. */
  readonly conditional: boolean;
  /** The function it stands in. */
  readonly within?: string;
  readonly errorNear: boolean;
}

export interface Argument extends Span {
  readonly name?: string;
  readonly star?: '*' | '**';
  readonly value: PyValue;
  readonly source: string;
}

export interface Call extends Span {
  /** As written: `tasks.add.delay`. */
  readonly callee: string;
  /** The last part: `delay`. */
  readonly method: string;
  /** What stands before it: `tasks.add`. */
  readonly object?: string;
  readonly args: readonly Argument[];
  /** The brackets with what is in them. */
  readonly argsSpan: Span;
  readonly statementSpan: Span;
  readonly line: number;
  readonly within?: string;
  readonly errorNear: boolean;
}

export interface Decorator extends Span {
  /** `app.task` */
  readonly name: string;
  readonly args: readonly Argument[];
  readonly line: number;
}

export interface PyFunction extends Span {
  readonly name: string;
  readonly line: number;
  readonly decorators: readonly Decorator[];
  readonly parameters: readonly string[];
  /** What its return statements give back; one without a value is not listed. */
  readonly returns: readonly (PyValue & { readonly line: number })[];
  /** `name = value` right in it, in their order. */
  readonly locals: readonly { readonly name: string; readonly value: PyValue }[];
}

export interface Import {
  readonly module: string;
  /** undefined for `import module`. */
  readonly name?: string;
  /** The name it has here. */
  readonly as: string;
  readonly span: Span;
}

export interface ConfigFromObject {
  readonly object: string;
  /** `"django.conf:settings"`, or a name. */
  readonly source: PyValue;
  readonly namespace?: string;
  readonly call: Call;
}

export interface PythonModule {
  readonly text: string;
  readonly assignments: readonly Assignment[];
  readonly calls: readonly Call[];
  readonly functions: readonly PyFunction[];
  readonly imports: readonly Import[];
  readonly faults: readonly ParseFault[];
}

const known = new Map<string, PythonModule>();
/** A project's configuration is a handful of files; past this many texts the first ones are read anew. */
const MOST_KNOWN = 500;

/** Reads any text; what makes no sense is in `faults`. A text is parsed once, as every risk asks about it again. */
export function parsePython(text: string): PythonModule {
  const there = known.get(text);
  if (there) return there;
  const read = readModule(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, read);
  return read;
}

export function assignments(text: string): readonly Assignment[] {
  return parsePython(text).assignments;
}

/** Call sites whose last part is one of `methods`: `calls(text, 'delay', 'apply_async')`; all without any. */
export function calls(text: string, ...methods: readonly string[]): readonly Call[] {
  const all = parsePython(text).calls;
  return methods.length === 0 ? all : all.filter((call) => methods.includes(call.method));
}

const TASK = /(?:^|\.)(?:task|shared_task|periodic_task)$/;

/** Functions that a Celery decorator makes into tasks. */
export function decoratedTasks(text: string): readonly PyFunction[] {
  return parsePython(text).functions.filter((each) => each.decorators.some((decorator) => TASK.test(decorator.name)));
}

/** Names that stand for a Celery application: `app` of `app = Celery(...)`. */
export function celeryApps(text: string): readonly string[] {
  const { assignments: all, calls: found, imports } = parsePython(text);
  const made = found.filter((call) => isCelery(call.callee, imports));
  return [
    ...new Set(all.filter((each) => made.some((call) => call.start === each.value.start && call.end === each.value.end)).map((each) => each.name)),
  ];
}

export function configFromObject(text: string): readonly ConfigFromObject[] {
  return calls(text, 'config_from_object').flatMap((call) => {
    const source = call.args.find((arg) => arg.name === undefined || arg.name === 'obj')?.value;
    const namespace = call.args.find((arg) => arg.name === 'namespace')?.value;
    if (!source || call.object === undefined) return [];
    return { object: call.object, source, ...(namespace?.kind === 'string' && { namespace: namespace.value }), call };
  });
}

/** Follows a name to the one place of the module that gives it a value; undefined where there are several or none. */
export function resolveName(module: PythonModule, value: PyValue): PyValue {
  let at = value;
  for (let i = 0; i < 8 && at.kind === 'unresolved' && at.name !== undefined; i++) {
    const { name } = at;
    const found = module.assignments.filter((each) => each.target === 'module' && each.name === name);
    if (found.length !== 1 || found[0]!.operator !== '=') break;
    at = found[0]!.value;
  }
  return at;
}

/** The value as plain data; undefined where any part of it can't be told. */
export function plain(value: PyValue): unknown {
  switch (value.kind) {
    case 'unresolved':
      return undefined;
    case 'none':
      return null;
    case 'list':
    case 'tuple':
    case 'set': {
      const items = value.items.map(plain);
      return items.includes(undefined) ? undefined : items;
    }
    case 'dict': {
      const entries = value.entries.map((entry) => [entry.key && plain(entry.key), plain(entry.value)] as const);
      return entries.some(([key, item]) => key === undefined || item === undefined)
        ? undefined
        : Object.fromEntries(entries.map(([key, item]) => [String(key), item]));
    }
    default:
      return value.value;
  }
}
