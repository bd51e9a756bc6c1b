import { parser } from '@lezer/python';
import type { Argument, Assignment, Call, Decorator, Import, PyFunction, PythonModule } from '../python.ts';
import { positions, type ParseFault, type Span } from '../span.ts';
import { argumentsOf, readAssignment, settingsOfCall, type Found } from './settings.ts';
import { children, toValue, type PyNode, type PyValue } from './values.ts';

const LARGEST = 4 * 1024 * 1024;
const MOST_FAULTS = 100;
const CONDITIONS = new Set(['IfStatement', 'TryStatement', 'ForStatement', 'WhileStatement', 'WithStatement', 'MatchStatement']);

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** One walk over the tree, without recursion: the deepest file must not end the program. */
export function readModule(text: string): PythonModule {
  const empty = { text, assignments: [], calls: [], functions: [], imports: [] };
  if (text.length > LARGEST) return { ...empty, faults: [{ message: 'The file is larger than any settings file', line: 1, column: 1 }] };
  const place = positions(text);
  const line = (offset: number) => place(offset).line;
  // The parser takes a form feed and a byte order mark for errors; to Python they are nothing.
  const tree = parser.parse(text.replace('\uFEFF', '\n').replaceAll('\f', ' '));

  const errors: number[] = [];
  const found: (Found & { within?: string; conditional: boolean; statement: Span })[] = [];
  const calls: Draft<Call>[] = [];
  const functions: (Draft<PyFunction> & { returns: (PyValue & { line: number })[]; locals: { name: string; value: PyValue }[] })[] = [];
  const imports: Import[] = [];
  const scopes: { kind: 'function' | 'class' | 'condition' | 'statement'; name: string; span: Span }[] = [];
  const open: (typeof functions)[number][] = [];
  let decorators: Decorator[] = [];

  const within = () => scopes.findLast((scope) => scope.kind === 'function')?.name;
  const statement = (node: PyNode) => scopes.findLast((scope) => scope.kind === 'statement')?.span ?? spanOf(node);
  const add = (items: readonly Found[], node: PyNode) => {
    const inside = within();
    const conditional = scopes.some((scope) => scope.kind === 'condition');
    for (const item of items) found.push({ ...item, ...(inside !== undefined && { within: inside }), conditional, statement: statement(node) });
  };

  tree.iterate({
    enter(ref) {
      if (ref.type.isError) errors.push(ref.from);
      const { name } = ref;
      if (CONDITIONS.has(name)) scopes.push({ kind: 'condition', name: '', span: spanOf(ref.node) });
      else if (/(?:Statement|Definition)$/.test(name)) enterStatement(ref.node, name);
      else if (name === 'CallExpression') enterCall(ref.node);
      else if (name === 'Decorator') decorators.push(readDecorator(ref.node));
    },
    leave(ref) {
      const { name } = ref;
      if (CONDITIONS.has(name) || /(?:Statement|Definition)$/.test(name)) scopes.pop();
      if (name === 'FunctionDefinition') open.pop();
    },
  });

  function enterStatement(node: PyNode, name: string): void {
    const nameNode = node.getChild('VariableName');
    const called = nameNode ? text.slice(nameNode.from, nameNode.to) : '';
    if (name === 'FunctionDefinition') {
      scopes.push({ kind: 'function', name: called, span: spanOf(node) });
      const parameters =
        node
          .getChild('ParamList')
          ?.getChildren('VariableName')
          .map((each) => text.slice(each.from, each.to)) ?? [];
      const begun = { name: called, line: line(node.from), decorators, parameters, returns: [], locals: [], ...spanOf(node) };
      decorators = [];
      functions.push(begun);
      open.push(begun);
      return;
    }
    if (name === 'ClassDefinition') {
      decorators = [];
      scopes.push({ kind: 'class', name: called, span: spanOf(node) });
      return;
    }
    scopes.push({ kind: 'statement', name: '', span: spanOf(node) });
    if (name === 'AssignStatement') {
      const [left, equals, right, ...more] = children(node);
      // A plain `name = value`; anything else that a function binds leaves the name untold.
      if (left?.name === 'VariableName' && equals?.name === 'AssignOp' && right && more.length === 0) open.at(-1)?.locals.push({ name: text.slice(left.from, left.to), value: toValue(right, text) });
    }
    if (name === 'AssignStatement' || name === 'UpdateStatement') {
      const scope = scopes.findLast((each) => each.kind === 'function' || each.kind === 'class');
      add(readAssignment(node, text, scope), node);
    } else if (name === 'ReturnStatement') {
      const value = children(node)[1];
      if (value) open.at(-1)?.returns.push({ ...toValue(value, text), line: line(value.from) });
    } else if (name === 'ImportStatement') imports.push(...readImport(node, text));
  }

  function enterCall(node: PyNode): void {
    const [callee, list] = children(node);
    if (!callee || list?.name !== 'ArgList') return;
    const written = text.slice(callee.from, callee.to);
    const dot = callee.name === 'MemberExpression' ? callee.lastChild?.prevSibling : undefined;
    const member = dot?.name === '.' ? dot : undefined;
    const inside = within();
    const call: Draft<Call> = {
      callee: written,
      method: member ? text.slice(member.to, callee.to).trim() : written,
      ...(member && { object: text.slice(callee.from, member.from).trim() }),
      args: argumentsOf(list, text),
      argsSpan: spanOf(list),
      statementSpan: statement(node),
      line: line(node.from),
      ...(inside !== undefined && { within: inside }),
      errorNear: false,
      ...spanOf(node),
    };
    calls.push(call);
    add(settingsOfCall(call, imports), node);
  }

  function readDecorator(node: PyNode): Decorator {
    const list = node.getChild('ArgList');
    const name = text
      .slice(node.from, list?.from ?? node.to)
      .replace(/^@/, '')
      .trim();
    const args: readonly Argument[] = list ? argumentsOf(list, text) : [];
    return { name, args, line: line(node.from), start: node.from, end: list?.to ?? node.from + 1 + name.length };
  }

  errors.sort((a, b) => a - b);
  const near = (span: Span) => touches(errors, span);
  for (const call of calls) call.errorNear = near(call.statementSpan);
  const assignments = found.map(({ statement: span, ...item }): Assignment => ({
    ...item,
    valueSpan: { start: item.value.start, end: item.value.end },
    elementSpans: 'items' in item.value ? item.value.items.map(({ start, end }) => ({ start, end })) : [],
    statementSpan: span,
    line: line(item.nameSpan.start),
    errorNear: near(span),
  }));
  const faults: ParseFault[] = errors.slice(0, MOST_FAULTS).map((offset) => ({ message: 'This is not understood as Python', ...place(offset) }));
  return { text, assignments, calls, functions, imports, faults };
}

const spanOf = (node: PyNode): Span => ({ start: node.from, end: node.to });

/** Is there an error in the stretch or right beside it? */
function touches(errors: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = errors.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (errors[middle]! < start - 1) low = middle + 1;
    else high = middle;
  }
  return low < errors.length && errors[low]! <= end + 1;
}

/** `import a.b as c`, `from a import b as c, d`. */
function readImport(node: PyNode, text: string): Import[] {
  const words = children(node).map((each) => text.slice(each.from, each.to));
  const span = spanOf(node);
  const from = words[0] === 'from';
  const cut = words.indexOf('import');
  const module = from ? words.slice(1, cut).join('') : '';
  const parts: string[][] = [[]];
  for (const word of words.slice(cut + 1)) {
    if (word === ',') parts.push([]);
    else if (word !== '(' && word !== ')') parts.at(-1)!.push(word);
  }
  return parts.flatMap((part) => {
    const at = part.indexOf('as');
    const name = part.slice(0, at === -1 ? undefined : at).join('');
    if (name === '') return [];
    const as = at === -1 ? name : (part[at + 1] ?? name);
    return from ? { module, name, as, span } : { module: name, as, span };
  });
}
