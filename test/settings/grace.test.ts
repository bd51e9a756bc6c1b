import assert from 'node:assert/strict';
import { it } from 'node:test';
import { secondsOf } from '../../source/settings/grace.ts';
import { clock } from '../helpers/spent.ts';

void it('a time to stop is read as compose, supervisord and systemd write it', () => {
  const read = ['90', '30s', '1m30s', '1min 30s', '500ms', '2m', '1h', '0', 'infinity', ' 5 s '].map(secondsOf);
  assert.deepEqual(read, [90, 30, 90, 90, 0.5, 120, 3600, 0, Infinity, 5]);
});

void it('what is no time stays untold', () => {
  assert.deepEqual(['', 'soon', '${GRACE}', '3 weeks', '1'.repeat(100), '-5s'].map(secondsOf), [undefined, undefined, undefined, undefined, undefined, undefined]);
  // A pattern that could be made to try for ever.
  const spent = clock();
  secondsOf(`${'1 '.repeat(31)}!`);
  assert.ok(spent() < 500);
});
