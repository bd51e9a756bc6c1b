import type { Argument, Assignment, Call, Import } from '../python.ts';
import { children, segments, toValue, valueOfNodes, type PyNode, type PyValue } from './values.ts';

/** A setting before it is known where it stands. */
export type Found = Pick<Assignment, 'target' | 'object' | 'attribute' | 'name' | 'nameSpan' | 'operator'> & { readonly value: PyValue };

export function argumentsOf(list: PyNode, text: string): Argument[] {
  return segments(children(list).slice(1, -1)).map((part): Argument => {
    const [first, second, ...rest] = part as [PyNode, PyNode?, ...PyNode[]];
    const place = { start: first.from, end: part.at(-1)!.to };
    const source = (nodes: readonly PyNode[]) => text.slice(nodes[0]!.from, nodes.at(-1)!.to);
    if ((first.name === '*' || first.name === '**') && second) {
      return { star: first.name, value: valueOfNodes(part.slice(1), text), source: source(part.slice(1)), ...place };
    }
    if (first.name === 'VariableName' && second?.name === 'AssignOp' && rest.length > 0) {
      return { name: text.slice(first.from, first.to), value: valueOfNodes(rest, text), source: source(rest), ...place };
    }
    return { value: valueOfNodes(part, text), source: source(part), ...place };
  });
}

/** `A = b = value`: each target of the statement with the value at its end. */
export function readAssignment(node: PyNode, text: string, scope: { kind: string; name: string } | undefined): Found[] {
  const parts: PyNode[][] = [[]];
  let operator = '=';
  for (const child of children(node)) {
    if (child.name === 'AssignOp' || child.name === 'UpdateOp') {
      operator = text.slice(child.from, child.to);
      parts.push([]);
    } else if (child.name !== 'TypeDef') parts.at(-1)!.push(child);
  }
  const written = parts.pop()!.filter((each) => !each.type.isError);
  if (parts.length === 0 || written.length === 0) return [];
  const value = valueOfNodes(written, text);
  return parts.flatMap((targets) => {
    const names = targets.filter((each) => each.name !== ',');
    // Of `a, b = f()` it is known that both are set, but not to what.
    const one = names.length === 1 && targets.length === 1;
    const apart: PyValue = { kind: 'unresolved', source: text.slice(value.start, value.end), start: value.start, end: value.end };
    return names.flatMap((name) => readTarget(name, text, scope).map((found) => ({ ...found, value: one ? value : apart, operator })));
  });
}

function readTarget(node: PyNode, text: string, scope: { kind: string; name: string } | undefined): Omit<Found, 'value' | 'operator'>[] {
  const nameSpan = { start: node.from, end: node.to };
  if (node.name === 'VariableName') {
    // A local variable of a function is no setting.
    if (scope?.kind === 'function') return [];
    const name = text.slice(node.from, node.to);
    return [scope ? { target: 'class', object: scope.name, name, nameSpan } : { target: 'module', name, nameSpan }];
  }
  if (node.name !== 'MemberExpression') return [];
  const [object, sign, key] = children(node);
  const owner = object && configOwner(text.slice(object.from, object.to));
  if (!owner || !key) return [];
  if (sign?.name === '.') return [{ target: 'conf-attr', ...owner, name: text.slice(key.from, key.to), nameSpan: { start: key.from, end: key.to } }];
  const name = sign?.name === '[' ? toValue(key, text) : undefined;
  return name?.kind === 'string' ? [{ target: 'conf-attr', ...owner, name: name.value, nameSpan: { start: name.start, end: name.end } }] : [];
}

function configOwner(written: string): { object: string; attribute: 'conf' | 'config' } | undefined {
  const parts = /^([^]+?)\s*\.\s*(conf|config)$/.exec(written.length > 200 ? '' : written);
  return parts ? { object: parts[1]!, attribute: parts[2] as 'conf' | 'config' } : undefined;
}

/** Is this callee the Celery class, also under another name? */
export function isCelery(callee: string, imports: readonly Import[]): boolean {
  if (callee === 'Celery' || callee === 'celery.Celery') return true;
  return imports.some((each) => each.module === 'celery' && each.name === 'Celery' && each.as === callee);
}

/** The settings that a call hands over: `app.conf.update(…)`, `Celery(…)`, `app.setup_security(…)`. */
export function settingsOfCall(call: Call, imports: readonly Import[]): Found[] {
  const { callee, method, object } = call;
  const owner = object === undefined ? undefined : configOwner(object);
  if (owner && (method === 'update' || method === 'from_mapping' || method === 'add_defaults'))
    return handed(call, { target: 'conf-update', ...owner });
  if (object !== undefined && method === 'setup_security') return handed(call, { target: 'setup-security', object });
  const celery =
    callee === 'Celery' ||
    callee === 'celery.Celery' ||
    imports.some((each) => each.module === 'celery' && each.name === 'Celery' && each.as === callee);
  return celery ? handed(call, { target: 'celery-call', object: callee }) : [];
}

function handed(call: Call, common: Pick<Found, 'target' | 'object' | 'attribute'>): Found[] {
  return call.args.flatMap((arg): Found[] => {
    if (arg.name !== undefined)
      return [{ ...common, name: arg.name, nameSpan: { start: arg.start, end: arg.start + arg.name.length }, value: arg.value, operator: '=' }];
    if (arg.value.kind !== 'dict' || arg.star === '*') return [];
    return arg.value.entries.flatMap(({ key, value }) =>
      key?.kind === 'string' ? [{ ...common, name: key.value, nameSpan: { start: key.start, end: key.end }, value, operator: ':' }] : [],
    );
  });
}
