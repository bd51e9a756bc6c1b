import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { threeWay } from '../../source/changes/three-way.ts';

const COMMON = 'one\ntwo\nthree\nfour\nfive\n';

describe('two edits of one text', () => {
  it('are both kept where they touch different lines, even neighbours', () => {
    assert.equal(threeWay(COMMON, 'one\nTWO\nthree\nfour\nfive\n', 'one\ntwo\nTHREE\nfour\nfive\n'), 'one\nTWO\nTHREE\nfour\nfive\n');
  });
  it('are both kept when one puts lines in and the other takes lines out elsewhere', () => {
    assert.equal(threeWay(COMMON, 'zero\none\ntwo\nthree\nfour\nfive\n', 'one\ntwo\nthree\nfive\n'), 'zero\none\ntwo\nthree\nfive\n');
  });
  it('are refused on the same line', () => {
    assert.equal(threeWay(COMMON, 'one\nmine\nthree\nfour\nfive\n', 'one\ntheirs\nthree\nfour\nfive\n'), undefined);
  });
  it('are refused where both put lines in at one place', () => {
    assert.equal(threeWay(COMMON, 'one\nmine\ntwo\nthree\nfour\nfive\n', 'one\ntheirs\ntwo\nthree\nfour\nfive\n'), undefined);
  });
  it('keep CRLF and a missing last newline', () => {
    assert.equal(threeWay('a\r\nb\r\nc', 'A\r\nb\r\nc', 'a\r\nb\r\nC'), 'A\r\nb\r\nC');
  });
  it('that are the same are made once', () => {
    assert.equal(threeWay(COMMON, 'one\nX\nthree\nfour\nfive\n', 'one\nX\nthree\nfour\nfive\n'), 'one\nX\nthree\nfour\nfive\n');
  });
  it('give the other side back when one side changed nothing', () => {
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n')).map((l) => l.join(''));
    fc.assert(fc.property(text, text, (common, theirs) => threeWay(common, common, theirs) === theirs && threeWay(common, theirs, common) === theirs));
  });
});
