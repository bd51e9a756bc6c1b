import assert from 'node:assert/strict';
import { it } from 'node:test';
import { answersText } from '../../source/report/answers.ts';
import type { Vital } from '../../source/model/proof.ts';

const runs: Vital = { service: 'worker', what: 'state', before: 'running', after: 'running', result: 'same' };
const ping = (after: string, result: NonNullable<Vital['result']>): Vital => ({ service: 'worker', what: 'celery ping', before: 'pong', after, result });

it('a worker that answers is said to run, and one of which nobody can tell is named beside it', () => {
  assert.equal(answersText([runs, ping('pong', 'same')], 'en'), 'worker running');
  assert.match(answersText([runs, ping('nothing', 'cannot-tell')], 'en'), /worker running, worker does not answer since its broker was started anew; start it again/);
  assert.match(answersText([runs, ping('nothing', 'cannot-tell')], 'zh-CN'), /没有应答/);
  assert.match(answersText([runs, ping('nothing', 'WORSE')], 'en'), /celery ping nothing \(WORSE\)/);
});
