import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerWords, askedWords, worseWords } from '../../source/engine/said-vital.ts';
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
    assert.equal(answersText(vitals, 'en'), 'proxy GET / 200 html, redis port 6379 nothing (WORSE), web running');
    for (const { what, before } of vitals) assert.deepEqual([askedWords(what).en, answerWords(before).en], [what, before]);
  });
  it('is what says most of a service, the one that is named first, and its port where it has several', () => {
    const web: readonly Vital[] = [{ service: 'web', what: 'state', before: 'running' }, { service: 'web', what: 'health', before: 'healthy' }];
    assert.equal(answersText([...vitals, ...web.slice(1)], 'en', 'redis'), 'redis port 6379 nothing (WORSE), proxy GET / 200 html, web healthy');
    const pages: readonly Vital[] = [443, 8080].map((port) => ({ service: 'web', what: `GET / on ${port}`, before: '200 html' }));
    assert.equal(answersText([...web, ...pages], 'en'), 'web GET / on 443 200 html, web GET / on 8080 200 html');
  });
  it('tells what got worse by its status, where that is another one', () => {
    const now = (what: string, before: string, after: string): string => worseWords({ service: 'proxy', what, before, after }, []).en;
    assert.equal(now('GET / on 8080', '200 html', '502 html'), 'proxy: GET / answers 502, it was 200');
    assert.equal(now('GET / on 8080', '200 html', 'nothing'), 'proxy: GET / answers nothing, it was 200 html');
    assert.equal(now('GET / on 8080', '200 html', 'connects'), 'proxy: GET / lets one connect and answers nothing, it was 200 html');
    assert.equal(now('state', 'running', 'stopped'), 'proxy: state is stopped, it was running');
    assert.equal(worseWords({ service: 'proxy', what: 'GET / on 8080', before: '200 html', after: '502 html' }, [])['zh-CN'], 'proxy：GET / 返回 502，原来是 200');
  });
  it('is Chinese in Chinese, but for a status and a type', () => {
    assert.equal(answersText(vitals, 'zh-CN'), 'proxy GET / 200 html，redis 端口 6379 无应答（变差），web 运行中');
    assert.equal(askedWords('curl -f http://x')['zh-CN'], 'curl -f http://x');
  });
  it('has its times in the language, too', () => {
    assert.deepEqual([duration(3_240), duration(72_000), duration(3_240, 'zh-CN'), duration(72_000, 'zh-CN')], ['3.2 s', '1:12', '3.2 秒', '1 分 12 秒']);
  });
});
