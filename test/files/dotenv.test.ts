import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDotenv, removeVariable, setVariable, values } from '../../source/files/dotenv.ts';
import { applyEdits, isRefused } from '../../source/files/span.ts';
import { processorMs } from './processor.ts';

const read = (text: string) => parseDotenv(text).entries.map((e) => [e.name, e.value]);
const set = (text: string, name: string, value: string) => {
  const edits = setVariable(parseDotenv(text), name, value);
  return isRefused(edits) ? `refused: ${edits.refused}` : applyEdits(text, edits);
};

test('names and values are read with their quotes, comments and places', () => {
  const text = `# c\nA=1 # one\nexport B = "x\\ny $A" # two\nC='lit $A #'\nD=a#b\nE=\nF\nG="two\nlines"\n  H: yaml\n`;
  assert.deepEqual(read(text), [
    ['A', '1'],
    ['B', 'x\ny $A'],
    ['C', 'lit $A #'],
    ['D', 'a#b'],
    ['E', ''],
    ['F', undefined],
    ['G', 'two\nlines'],
    ['H', 'yaml'],
  ]);
  const [, b, c] = parseDotenv(text).entries;
  assert.equal(text.slice(b!.valueSpan.start, b!.valueSpan.end), '"x\\ny $A"');
  assert.deepEqual([b!.exported, b!.interpolated, c!.interpolated, b!.line], [true, true, false, 3]);
});

test('values are resolved with those above, and the environment wins', () => {
  const file = parseDotenv('A=1\nB=${A}-${C:-x}\nD\nA=2\n');
  assert.deepEqual({ ...values(file) }, { A: '2', B: '1-x' });
  assert.deepEqual({ ...values(file, { A: '9', D: 'd' }) }, { A: '2', B: '9-x', D: 'd' });
});

test('a line that is none is a fault', () => {
  assert.deepEqual(
    parseDotenv('A=1\n=2\nB C=3\n').faults.map((f) => f.line),
    [2, 3],
  );
  assert.match(parseDotenv('A="x\n').faults[0]!.message, /never closed/);
});

test('a value is set in its own quotes, and a new one at the end', () => {
  assert.equal(set("A='1' # one\r\nB=2", 'A', 'x y'), "A='x y' # one\r\nB=2");
  assert.equal(set('A=1\n', 'A', 'x y'), "A='x y'\n");
  assert.equal(set('A="1"\n', 'A', 'x"$y'), 'A="x\\"\\$y"\n');
  assert.equal(set('A=1', 'B', '2'), 'A=1\nB=2');
  assert.equal(set('A=1\r\n', 'B', '2'), 'A=1\r\nB=2\r\n');
  assert.equal(set('A=\n', 'A', '2'), 'A=2\n');
  assert.equal(set('A\n', 'A', '2'), 'A=2\n');
  assert.match(set('A=$B\n', 'A', '2'), /^refused/);
});

test('a variable goes with its lines', () => {
  const remove = (text: string, index: number) => applyEdits(text, [removeVariable(parseDotenv(text), parseDotenv(text).entries[index]!)]);
  assert.equal(remove('A=1\nB="x\ny" # z\nC=3\n', 1), 'A=1\nC=3\n');
  assert.equal(remove('A=1\r\nB=2', 1), 'A=1');
});

test('what was set is read back', () => {
  const value = fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '#', '$', '\\', 'é', '=') });
  const line = fc.constantFrom('A=1', "B='x'", '# c', '', 'export A="q"', 'A', 'C=${A}');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), value, (lines, wanted) => {
      const text = lines.join('\n');
      const edits = setVariable(parseDotenv(text), 'A', wanted);
      assert.ok(!isRefused(edits));
      const after = applyEdits(text, edits);
      assert.equal(parseDotenv(after).entries.findLast((e) => e.name === 'A')!.value, wanted, after);
    }),
  );
});

test('nothing is ever thrown, and every place lies in the text', () => {
  const noise = fc
    .array(
      fc.oneof(
        fc.constantFrom('A', '=', ' ', '"', "'", '\\', '#', '\n', '\r\n', '${', '}', 'export ', '\uFEFF', ':'),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      { maxLength: 40 },
    )
    .map((p) => p.join(''));
  fc.assert(
    fc.property(noise, (text) => {
      const file = parseDotenv(text);
      values(file);
      for (const entry of file.entries) {
        assert.ok(entry.lines.start <= entry.nameSpan.start && entry.valueSpan.end <= entry.lines.end && entry.lines.end <= text.length);
        applyEdits(text, [removeVariable(file, entry)]);
      }
    }),
    { numRuns: 2000 },
  );
});

test('megabytes are read in little time', () => {
  const begin = processorMs();
  for (const text of [
    'A=1\n'.repeat(100_000),
    `A=${'x #'.repeat(300_000)}`,
    'A="\n'.repeat(20_001),
    'A'.repeat(1_000_000),
    ' '.repeat(1_000_000),
    `A=$${'{A:-'.repeat(100_000)}`,
  ])
    values(parseDotenv(text));
  assert.ok(processorMs() - begin < 20_000);
});
