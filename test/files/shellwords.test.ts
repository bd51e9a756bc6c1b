import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { quote, splitWords } from '../../source/files/shellwords.ts';
import { processorMs } from './processor.ts';

const values = (text: string) => splitWords(text).words.map((word) => word.value);

const python = spawnSync('python3', ['-I', '-c', 'import shlex']);
const withoutPython = python.status !== 0 && 'python3 is not here';

/** What Python's shlex makes of each line; null where it finds no end to a quote. */
function shlex(lines: readonly string[]): (string[] | null)[] {
  const program =
    'import sys,json,shlex\ndef f(x):\n try: return shlex.split(x)\n except ValueError: return None\nprint(json.dumps([f(x) for x in json.load(sys.stdin)]))';
  const run = spawnSync('python3', ['-I', '-c', program], { input: JSON.stringify(lines), encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

test('quotes and escapes hold words together', () => {
  assert.deepEqual(values(`a "b c" 'd "e' f\\ g h"i"j ''`), ['a', 'b c', 'd "e', 'f g', 'hij', '']);
  assert.deepEqual(values('"a\\"b\\c"'), ['a"b\\c']);
});

test('each word knows where it stands', () => {
  const text = `uwsgi  --ini "x y.ini"`;
  assert.deepEqual(
    splitWords(text).words.map((w) => text.slice(w.start, w.end)),
    ['uwsgi', '--ini', '"x y.ini"'],
  );
  assert.equal(splitWords('b', 10).words[0]!.start, 10);
});

test('a quote that never ends is a fault, and the words are still given', () => {
  const { words, fault } = splitWords('a "b c');
  assert.deepEqual(
    words.map((w) => w.value),
    ['a', 'b c'],
  );
  assert.equal(fault?.offset, 2);
  assert.match(splitWords('a\\').fault!.message, /Nothing follows/);
});

test('a Dockerfile may escape with the backtick', () => {
  assert.deepEqual(
    splitWords('C:\\a\\b c` d', 0, '`').words.map((w) => w.value),
    ['C:\\a\\b', 'c d'],
  );
});

test('words are those of shlex', { skip: withoutPython }, () => {
  const text = fc.array(fc.constantFrom('a', ' ', '\t', '"', "'", '\\', '\n', '$', '#', 'é', ';', '='), { maxLength: 12 }).map((p) => p.join(''));
  const lines = fc.sample(text, 3000);
  for (const [i, expected] of shlex(lines).entries()) {
    const { words, fault } = splitWords(lines[i]!);
    if (expected === null) assert.ok(fault, JSON.stringify(lines[i]));
    else assert.deepEqual([words.map((w) => w.value), fault], [expected, undefined], JSON.stringify(lines[i]));
  }
});

const argument = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', ' ', "'", '"', '\\', '$', '`', '!', '*', '~', '=', '-', '\n', '\t', ';', '&', '|', '(', '{', '#', 'é', '界'),
  maxLength: 8,
});
const argv = fc.array(argument, { minLength: 1, maxLength: 5 });

test('what was quoted splits into the same words again', () => {
  fc.assert(fc.property(argv, (words) => assert.deepEqual(values(quote(words)), words)));
});

test('a real shell hands on what was quoted', () => {
  for (const words of fc.sample(argv, 150)) {
    const run = spawnSync('sh', ['-c', `printf '%s\\0' ${quote(['x', ...words])}`], { encoding: 'utf8' });
    assert.deepEqual(run.stdout.split('\0').slice(1, -1), words);
  }
});

test('a first word that a shell would take for grammar or for an assignment is quoted', () => {
  assert.equal(quote(['A=b', 'A=b']), `'A=b' A=b`);
  assert.equal(quote(['if']), `'if'`);
  assert.equal(quote(['docker', 'run', '-u', '10001:10001', 'a b']), `docker run -u 10001:10001 'a b'`);
  assert.equal(quote(['']), `''`);
});

test('any text is split, also a very long line', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void splitWords(text)));
  const begin = processorMs();
  for (const piece of ['a', '"', '\\', "'a", '" \\']) splitWords(piece.repeat(500_000));
  assert.ok(processorMs() - begin < 20_000);
});
