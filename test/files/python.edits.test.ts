import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  addKeyword,
  addStatement,
  celeryApps,
  configFromObject,
  decoratedTasks,
  parsePython,
  plain,
  removeAssignment,
  replaceValue,
  stringLike,
  type PythonModule,
} from '../../source/files/python.ts';
import { applyEdits, isRefused, type Edits } from '../../source/files/span.ts';
import { processorMs } from './processor.ts';

function edited(text: string, edit: (module: PythonModule) => Edits): string {
  const edits = edit(parsePython(text));
  return isRefused(edits) ? `refused: ${edits.refused}` : applyEdits(text, edits);
}

describe('Python: edits', () => {
  const named = (module: PythonModule, name: string) => module.assignments.find((a) => a.name === name)!;

  test('a value is replaced and everything around it stays', () => {
    assert.equal(
      edited("\uFEFFA = ['x'] # why\r\nB=2", (m) => replaceValue(m, named(m, 'A'), "['json']")),
      "\uFEFFA = ['json'] # why\r\nB=2",
    );
    assert.equal(
      edited('app.conf.update(a="x", b=1)\n', (m) => replaceValue(m, named(m, 'a'), stringLike(m, 'js"on', named(m, 'a').valueSpan))),
      'app.conf.update(a="js\\"on", b=1)\n',
    );
  });

  test('a statement goes below another, as deep as it', () => {
    assert.equal(
      edited('class C:\n    a = 1 # x\n    b = 2\n', (m) => addStatement(m, 'c = 3', named(m, 'a'))),
      'class C:\n    a = 1 # x\n    c = 3\n    b = 2\n',
    );
    assert.equal(
      edited('a = [\n  1,\n]', (m) => addStatement(m, 'c = 3', named(m, 'a'))),
      'a = [\n  1,\n]\nc = 3',
    );
    assert.equal(
      edited('a = 1\r\n', (m) => addStatement(m, 'c = 3')),
      'a = 1\r\nc = 3\r\n',
    );
    assert.match(
      edited('if x: a = 1\n', (m) => addStatement(m, 'c = 3', named(m, 'a'))),
      /^refused/,
    );
    assert.match(
      edited('a = 1; b = 2\n', (m) => addStatement(m, 'c = 3', named(m, 'a'))),
      /^refused/,
    );
  });

  test('a keyword is added to a call, or its value replaced', () => {
    const add = (text: string) => edited(text, (m) => addKeyword(m, m.calls[0]!, 'b', "'x'"));
    assert.equal(add("app = Celery('p', a=1)\n"), "app = Celery('p', a=1, b='x')\n");
    assert.equal(add('f()\n'), "f(b='x')\n");
    assert.equal(add('f(b=1)\n'), "f(b='x')\n");
    assert.equal(add('f(\n    a=1, # one\n    c=2,\n)\n'), "f(\n    a=1, # one\n    c=2,\n    b='x',\n)\n");
  });

  test('a setting is taken out with its line or its comma', () => {
    const remove = (text: string) => edited(text, (m) => removeAssignment(m, named(m, 'a')));
    assert.equal(remove('x = 0\na = [\n 1]  # one\nb = 2\n'), 'x = 0\nb = 2\n');
    assert.equal(remove('f.conf.update(a=1, b=2)\n'), 'f.conf.update(b=2)\n');
    assert.equal(remove('f.conf.update(b=2, a=1)\n'), 'f.conf.update(b=2)\n');
    assert.equal(remove('f.conf.update(\n  b=2,\n  a=1,\n)\n'), 'f.conf.update(\n  b=2,\n)\n');
    assert.equal(remove('class C:\n  a = 1\n'), 'class C:\n  pass\n');
    assert.match(remove('a = b = 1\n'), /^refused: Line 1 sets more than one name/);
  });

  test('a statement near an error is refused', () => {
    assert.match(
      edited('a = [1, 2\n', (m) => replaceValue(m, named(m, 'a'), '3')),
      /^refused: The Python around line 1/,
    );
  });
});

describe('Python: hostile text', () => {
  const noise = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'A',
          ' = ',
          '1',
          "'",
          '"""',
          '(',
          ')',
          '[',
          ']',
          '{',
          '}',
          ':',
          '\n',
          '    ',
          'def f():',
          'class C:',
          '@app.task',
          'app.conf.X',
          '.update(',
          '**',
          'if x:',
          'return ',
          'f"{',
          '\\\n',
          '\f',
          '\uFEFF',
          ',',
          '\r\n',
          'import a as b',
          'from x import ',
          'Celery(',
          'lambda: ',
          '+=',
        ),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      { maxLength: 60 },
    )
    .map((p) => p.join(''));

  test('nothing is ever thrown, and every place lies in the text', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const module = parsePython(text);
        celeryApps(text);
        configFromObject(text);
        decoratedTasks(text);
        for (const each of module.assignments) {
          for (const span of [each.nameSpan, each.valueSpan, each.statementSpan, ...each.elementSpans])
            assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
          plain(each.value);
          for (const edits of [replaceValue(module, each, '0'), removeAssignment(module, each), addStatement(module, 'x = 1', each)])
            if (!isRefused(edits)) applyEdits(text, edits);
        }
        for (const call of module.calls) {
          const edits = addKeyword(module, call, 'k', '1');
          if (!isRefused(edits)) applyEdits(text, edits);
        }
      }),
      { numRuns: 3000 },
    );
  });

  for (const [name, text] of Object.entries({
    'a line of a megabyte': `A = '${'x'.repeat(1_000_000)}'\n`,
    'a long list': `A = [${'1, '.repeat(200_000)}]\n`,
    'deep brackets': `A = ${'['.repeat(100_000)}\n`,
    'deep calls': `${'f('.repeat(50_000)}${')'.repeat(50_000)}\n`,
    'a long chain': `A = a${'.b()'.repeat(50_000)}\n`,
    'deep blocks': Array.from({ length: 800 }, (_, i) => `${' '.repeat(i)}if x:\n`).join(''),
    'nothing but errors': ') = ( '.repeat(100_000),
    'many statements': 'A = 1\n'.repeat(50_000),
  })) {
    test(`${name} are read in little time`, () => {
      const begin = processorMs();
      parsePython(text);
      assert.ok(processorMs() - begin < 20_000);
    });
  }
});
