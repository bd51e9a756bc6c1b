import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { oneLine, plain } from '../../source/report/plain.ts';
import { clock } from '../helpers/spent.ts';

describe('text from files and containers never commands the terminal', () => {
  it('drops colours, titles, clipboards and cursor moves', () => {
    assert.equal(plain('a\u001b[31mred\u001b[0m b'), 'ared b');
    assert.equal(plain('\u001b]0;a title\u0007x\u001b]52;c;cm0gLXJm\u001b\\y'), 'xy');
    assert.equal(plain('\u009b2Jx\u001bcy\u001bP+q\u001b\\z'), 'xyz');
  });
  it('shows any other control character, so that no line hides a part of itself', () => {
    assert.equal(plain('rm -rf /\rls'), 'rm -rf /<0d>ls');
    assert.equal(plain('a\u0008b\u0000\u007f'), 'a<08>b<00><7f>');
    assert.equal(plain('\u001b'), '<1b>');
  });
  it('does not obey marks that turn the direction of a line', () => assert.equal(plain('a\u202eb\u2066'), 'a<202e>b<2066>'));
  it('leaves Chinese, accents and newlines as they are', () => {
    assert.equal(plain('网页 é\n好'), '网页 é\n好');
    assert.equal(oneLine('a\n  b\tc'), 'a b c');
  });
  it('is quick with a hostile line', () => {
    const spent = clock();
    plain(`\u001b]${'a\u001b['.repeat(200_000)}`);
    assert.ok(spent() < 2_000);
  });
});
