import assert from 'node:assert/strict';
import { it } from 'node:test';
import { text } from '../../source/model/text.ts';
import { painter } from '../../source/report/paint.ts';
import { verifiedText } from '../../source/report/verified-text.ts';

const said = (at: string, lang: 'en' | 'zh-CN' = 'en'): string => verifiedText({
  run: '1', name: 'shop', root: '/shop', provenAt: '2026-11-22T19:44:10Z', traces: [], filesOnly: false, exitCode: 3,
  proofs: [{ finding: 'f', risk: 'root-container', title: text('web runs as root', 'web 以 root 身份运行'), held: 'drifted', proof: text('web: 1 process is still uid 0', 'web：仍有 1 个进程是 uid 0'), latest: { container: 'shop-web-1', at } }],
}, { lang, paint: painter(false), columns: 140 });

it('since when it drifted: between two moments', () => {
  assert.match(said('2026-11-22T20:01:00Z'), /since +after 2026-11-22 \d\d:44, and by 2026-11-22 \d\d:01, when shop-web-1 was started/);
});
it('within one minute it is said once', () => {
  const page = said('2026-11-22T19:44:50Z');
  assert.match(page, /since +2026-11-22 \d\d:44, when shop-web-1 was started/);
  assert.doesNotMatch(page, /after 2026/);
  assert.match(said('2026-11-22T19:44:50Z', 'zh-CN'), /2026-11-22 \d\d:44（shop-web-1 启动时）/);
});
