import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerWords, askedWords } from '../../source/engine/said-vital.ts';
import type { Vital } from '../../source/model/proof.ts';
import { answersText } from '../../source/report/answers.ts';
import { duration } from '../../source/report/terms.ts';

describe('what services were asked and answered', () => {
  const vitals: readonly Vital[] = [
    { service: 'proxy', what: 'GET / on 8080', before: '200 html', after: '200 html', result: 'same' },
    { service: 'redis', what: 'port 6379', before: 'connects', after: 'nothing', result: 'WORSE' },
    { service: 'web', what: 'state', before: 'running' },
  ];
  it('stays in English as it was compared', () => {
    assert.equal(answersText(vitals, 'en'), 'proxy GET / on 8080 200 html, redis port 6379 nothing (WORSE), web state running');
    for (const { what, before } of vitals) assert.deepEqual([askedWords(what).en, answerWords(before).en], [what, before]);
  });
  it('is Chinese in Chinese, but for a status and a type', () => {
    assert.equal(answersText(vitals, 'zh-CN'), 'proxy 8080 上的 GET /：200 html，redis 端口 6379：无应答（变差），web 状态：运行中');
    assert.equal(askedWords('curl -f http://x')['zh-CN'], 'curl -f http://x');
  });
  it('has its times in the language, too', () => {
    assert.deepEqual([duration(3_240), duration(72_000), duration(3_240, 'zh-CN'), duration(72_000, 'zh-CN')], ['3.2 s', '1:12', '3.2 秒', '1 分 12 秒']);
  });
});
