import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits, eol, lacksFinalEol, lineEnd, lineStart, OverlappingEdits, position } from '../../source/files/span.ts';

test('edits are made at once, in whatever order they come', () => {
  assert.equal(
    applyEdits('abcdef', [
      { start: 4, end: 5, text: 'X' },
      { start: 0, end: 1, text: '' },
    ]),
    'bcdXf',
  );
});

test('inserts at one place keep their order and stand before a replacement there', () => {
  const edits = [
    { start: 1, end: 2, text: 'R' },
    { start: 1, end: 1, text: '1' },
    { start: 1, end: 1, text: '2' },
    { start: 2, end: 2, text: '3' },
  ];
  assert.equal(applyEdits('abc', edits), 'a12R3c');
});

test('the same edit asked for twice is made once', () => {
  assert.equal(
    applyEdits('abc', [
      { start: 1, end: 2, text: 'X' },
      { start: 1, end: 2, text: 'X' },
    ]),
    'aXc',
  );
  assert.equal(
    applyEdits('abc', [
      { start: 1, end: 1, text: 'X' },
      { start: 1, end: 1, text: 'Y' },
      { start: 1, end: 1, text: 'X' },
    ]),
    'aXYbc',
  );
});

test('edits that overlap, or lie outside, are refused', () => {
  assert.throws(
    () =>
      applyEdits('abc', [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ]),
    OverlappingEdits,
  );
  assert.throws(
    () =>
      applyEdits('abc', [
        { start: 0, end: 2, text: 'x' },
        { start: 0, end: 2, text: 'y' },
      ]),
    OverlappingEdits,
  );
  assert.throws(
    () =>
      applyEdits('abc', [
        { start: 0, end: 2, text: 'x' },
        { start: 1, end: 1, text: 'y' },
      ]),
    OverlappingEdits,
  );
  assert.throws(() => applyEdits('abc', [{ start: 2, end: 4, text: '' }]), RangeError);
});

test('what lies outside the edits is never touched', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.tuple(fc.nat(), fc.nat(), fc.string())), (text, wishes) => {
      const cuts = [...new Set(wishes.flatMap(([a, b]) => [a % (text.length + 1), b % (text.length + 1)]))].sort((a, b) => a - b);
      const edits = [];
      for (let i = 0; i + 1 < cuts.length; i += 2) edits.push({ start: cuts[i]!, end: cuts[i + 1]!, text: wishes[i % wishes.length]![2] });
      let expected = text;
      for (const edit of [...edits].reverse()) expected = expected.slice(0, edit.start) + edit.text + expected.slice(edit.end);
      assert.equal(applyEdits(text, edits), expected);
      assert.equal(applyEdits(text, []), text);
    }),
  );
});

test('a position counts from one, and a byte order mark takes no column', () => {
  assert.deepEqual(position('ab\ncd', 0), { line: 1, column: 1 });
  assert.deepEqual(position('ab\r\ncd', 5), { line: 2, column: 2 });
  assert.deepEqual(position('\uFEFFab\ncd', 1), { line: 1, column: 1 });
  assert.deepEqual(position('\uFEFFab\ncd', 4), { line: 2, column: 1 });
  assert.deepEqual(position('ab\n', 3), { line: 2, column: 1 });
  assert.deepEqual(position('ab', 99), { line: 1, column: 3 });
});

test('the line ending is the one that most lines have', () => {
  assert.equal(eol('a\r\nb\r\nc\n'), '\r\n');
  assert.equal(eol('a\r\nb\n'), '\n');
  assert.equal(eol(''), '\n');
});

test('lines are found from any offset in them', () => {
  const text = 'ab\r\ncd';
  assert.deepEqual([lineStart(text, 0), lineStart(text, 3), lineStart(text, 4), lineStart(text, 6)], [0, 0, 4, 4]);
  assert.deepEqual([lineEnd(text, 0), lineEnd(text, 4)], [4, 6]);
  assert.equal(lacksFinalEol(text), true);
  assert.equal(lacksFinalEol('a\n'), false);
  assert.equal(lacksFinalEol('\uFEFF'), false);
});
