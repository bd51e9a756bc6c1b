import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { assignments, parsePython, plain, resolveName } from '../../source/files/python.ts';

const found = (text: string) => assignments(text).map((a) => [a.target, a.object, a.name, plain(a.value)]);
const value = (source: string) => assignments(`x = ${source}\n`)[0]!.value;

describe('Python: settings', () => {
  test('they are found in every form that Celery takes', () => {
    assert.deepEqual(
      found(`
task_serializer = 'pickle'
app.conf.result_serializer = "json"
app.conf['accept_content'] = ['json', "pickle"]
app.conf.update(event_serializer='json', **{"timezone": "UTC"})
app.conf.update({'CELERY_X': 1}, {'CELERY_Y': None})
app = Celery('proj', broker='redis://', task_serializer='json')
app.setup_security(digest='sha256')
app.config['CELERY_Z'] = True
class Config:
    accept_content = ('json',)
class Other(Base): a: str = 'b'
`),
      [
        ['module', undefined, 'task_serializer', 'pickle'],
        ['conf-attr', 'app', 'result_serializer', 'json'],
        ['conf-attr', 'app', 'accept_content', ['json', 'pickle']],
        ['conf-update', 'app', 'event_serializer', 'json'],
        ['conf-update', 'app', 'timezone', 'UTC'],
        ['conf-update', 'app', 'CELERY_X', 1],
        ['conf-update', 'app', 'CELERY_Y', null],
        ['module', undefined, 'app', undefined],
        ['celery-call', 'Celery', 'broker', 'redis://'],
        ['celery-call', 'Celery', 'task_serializer', 'json'],
        ['setup-security', 'app', 'digest', 'sha256'],
        ['conf-attr', 'app', 'CELERY_Z', true],
        ['class', 'Config', 'accept_content', ['json']],
        ['class', 'Other', 'a', 'b'],
      ],
    );
  });

  test('they carry the place of the name, the value and each element', () => {
    const text = "A = 1\nACCEPT = ['json', # one\n  'pickle']\n";
    const [, accept] = assignments(text);
    const slice = (s: { start: number; end: number }) => text.slice(s.start, s.end);
    assert.equal(slice(accept!.nameSpan), 'ACCEPT');
    assert.equal(slice(accept!.valueSpan), "['json', # one\n  'pickle']");
    assert.equal(slice(accept!.statementSpan), "ACCEPT = ['json', # one\n  'pickle']");
    assert.deepEqual(accept!.elementSpans.map(slice), ["'json'", "'pickle'"]);
    assert.equal(accept!.line, 2);
  });

  test('what may not come to pass says so, and locals of a function are no settings', () => {
    const text =
      'if X:\n  A = 1\nelse:\n  try:\n    B = 2\n  except E:\n    pass\ndef make(app):\n  local = 1\n  app.conf.C = 3\n  return app\nD = 4\n';
    assert.deepEqual(
      assignments(text).map((a) => [a.name, a.conditional, a.within]),
      [
        ['A', true, undefined],
        ['B', true, undefined],
        ['C', false, 'make'],
        ['D', false, undefined],
      ],
    );
  });

  test('values are told without running anything', () => {
    const told = (source: string) => plain(value(source));
    assert.deepEqual([told('0o117'), told('1_000'), told('-5'), told('0x10'), told('1.5'), told('1j')], [0o117, 1000, -5, 16, 1.5, undefined]);
    assert.deepEqual(
      [told('"a" \'b\''), told("r'a\\n'"), told("'a\\n\\x41\\u00e9'"), told('"""a\n"b"""'), told("b'x'"), told("f'plain'"), told("f'{x}'")],
      ['ab', 'a\\n', 'a\nAé', 'a\n"b', 'x', 'plain', undefined],
    );
    assert.deepEqual(
      [told('True'), told('None'), told("('a')"), told("('a',)"), told("'a',"), told('{1, 2}'), told('[]')],
      [true, null, 'a', ['a'], ['a'], [1, 2], []],
    );
    assert.deepEqual(
      [told("{'a': {'b': [1]}}"), told("dict(a=1, b='c')"), told('[x]'), told('60 * 60'), told('a if b else c')],
      [{ a: { b: [1] } }, { a: 1, b: 'c' }, undefined, undefined, undefined],
    );
  });

  const python = spawnSync('python3', ['-I', '-c', 'import ast']);
  test('literals are what Python makes of them', { skip: python.status !== 0 && 'python3 is not here' }, () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', "'", '\\', 'n', 'x41', 'u00e9', 'U0001F600', 'X41', 'é', '0', '{', '}'), maxLength: 6 });
    const string = fc
      .tuple(fc.constantFrom('', 'r', 'u', 'R'), fc.constantFrom('"', "'", '"""'), text)
      .map(([prefix, quote, body]) => prefix + quote + body + quote);
    const atom = fc.oneof(string, fc.constantFrom('1', '0o117', '0xff', '-3', '1_0', 'True', 'None', '()', '(1,)', '("a")', "'a' 'b'"));
    const literal = fc.oneof(
      atom,
      fc.array(atom, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.array(atom, { maxLength: 3 }).map((items) => `{${items.map((item, i) => `'k${i}': ${item}`).join(', ')}}`),
    );
    const sources = fc.sample(literal, 1500);
    const program =
      'import sys,json,ast,warnings\nwarnings.simplefilter("ignore")\ndef f(s):\n try: return [ast.literal_eval(s)]\n except Exception: return None\nprint(json.dumps([f(s) for s in json.load(sys.stdin)]))';
    const run = spawnSync('python3', ['-I', '-c', program], { input: JSON.stringify(sources), encoding: 'utf8' });
    let compared = 0;
    for (const [i, theirs] of (JSON.parse(run.stdout) as ([unknown] | null)[]).entries()) {
      if (theirs === null) continue;
      assert.deepEqual(plain(value(sources[i]!)), theirs[0], sources[i]);
      compared++;
    }
    assert.ok(compared > 500);
  });

  test('a value from the environment names the variable and what stands in for it', () => {
    for (const source of ['os.environ.get("KEY", "x")', 'os.getenv("KEY", \'x\')', 'environ.get("KEY", default="x")']) {
      const found = value(source);
      assert.ok(found.kind === 'unresolved' && found.environment);
      assert.equal(found.environment.variable, 'KEY');
      assert.equal(found.environment.fallback && plain(found.environment.fallback), 'x');
    }
    const plainItem = value('os.environ["KEY"]');
    assert.ok(plainItem.kind === 'unresolved' && plainItem.environment?.variable === 'KEY');
  });

  test('a name is followed to the one place that sets it', () => {
    const resolve = (text: string) => {
      const module = parsePython(text);
      return plain(resolveName(module, module.assignments.at(-1)!.value));
    };
    assert.equal(resolve("S = 'pickle'\nT = S\nx = T\n"), 'pickle');
    assert.equal(resolve("S = 'a'\nS = 'b'\nx = S\n"), undefined);
    assert.equal(resolve('x = x\n'), undefined);
  });

  test('chained and unpacked names are all seen', () => {
    assert.deepEqual(found('a = b = 1\nc, d = f()\nX += [1]\n'), [
      ['module', undefined, 'a', 1],
      ['module', undefined, 'b', 1],
      ['module', undefined, 'c', undefined],
      ['module', undefined, 'd', undefined],
      ['module', undefined, 'X', [1]],
    ]);
    assert.equal(assignments('X += [1]\n')[0]!.operator, '+=');
  });

  test('an error is told near the statement it touches, and only there', () => {
    const text = 'A = 1\nB = 2\nC = = 3\nX = 0\nD = 4\n';
    const near = Object.fromEntries(assignments(text).map((a) => [a.name, a.errorNear]));
    assert.equal(near.A, false);
    assert.equal(near.C ?? true, true);
    assert.equal(near.D, false);
    assert.ok(parsePython(text).faults.length > 0);
    assert.equal(parsePython('\uFEFFA = 1\n\f\nB = 2\r\n').faults.length, 0);
    assert.deepEqual(
      found('\uFEFFA = 1\n\f\nB = 2\r\n').map((f) => f[2]),
      ['A', 'B'],
    );
  });
});
