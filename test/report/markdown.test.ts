import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { same, text } from '../../source/model/text.ts';
import { block, code, table, words } from '../../source/report/markdown-marks.ts';
import { scanMarkdown } from '../../source/report/markdown.ts';
import { runMarkdown } from '../../source/report/run-markdown.ts';
import type { Scanned } from '../../source/report/json.ts';
import { finding, machine, offer, plan, result } from '../cli/helpers/world.ts';
import { call } from '../cli/helpers/call.ts';

const scanned = (over: Partial<Scanned> = {}): Scanned => ({
  machine: machine(), findings: [finding({ id: 'b', severity: 'low' }), finding()], blind: machine().blind,
  offers: new Map([['aaaaaaaaaaaa', [offer('numeric-user', { recommended: true }), offer('step-down', { refused: same('not here') }), offer('userns-remap', { safety: 'by-hand' })]]]),
  ...over,
});

describe('findings as Markdown', () => {
  it('are a table, worst first, and a section for each', () => {
    const page = scanMarkdown(scanned(), 'en');
    assert.match(page, /^# harden-tui: shop\n\n2 findings: high 1, low 1\.\n\n\| Severity \| Seen \| What \| Where \| Risk \|\n\| --- \| --- \| --- \| --- \| --- \|\n\| high \| running \| web runs as root \| web \| `root-container` \|\n\| low /);
    assert.match(page, /\n### web runs as root\n\nhigh · running · `root-container` · web\n/);
    assert.match(page, /- From: `Dockerfile:1` `/);
    assert.match(page, /\nWays out:\n\n- A bare number `numeric-user` \(recommended\): HOME is \/\n- A bare number `userns-remap` \(by hand\)/);
    assert.doesNotMatch(page, /step-down/);
    assert.match(page, /\n## Could not see\n\n- /);
  });
  it('are written in Chinese, too', () => assert.match(scanMarkdown(scanned(), 'zh-CN'), /^# harden-tui：shop\n\n2 个问题：高 1，低 1。\n\n\| 级别 \| 依据 \| 问题 \| 位置 \| 风险 \|/));
  it('keep their titles whole where an option stands in one, and hide the value where it is shown', () => {
    const one = finding({ title: text('--requirepass in compose.yaml holds a password', 'compose.yaml 的 --requirepass 里写着密码'), why: same('It runs redis-server --requirepass hush-hush now.') });
    for (const lang of ['en', 'zh-CN'] as const) {
      const page = scanMarkdown(scanned({ findings: [one] }), lang);
      assert.match(page, lang === 'en' ? /### --requirepass in compose\.yaml holds a password\n/ : /### compose\.yaml 的 --requirepass 里写着密码\n/);
      assert.doesNotMatch(page, /hush-hush/);
    }
  });
  it('name what was ignored with its reason, and count it no more', () => {
    const page = scanMarkdown(scanned({ findings: [finding({ suppressed: { reason: 'only <b>here</b>', until: '2027-01-31' } })] }), 'en');
    assert.match(page, /Nothing to fix was found/);
    assert.match(page, /## Ignored, with a reason\n\n- web runs as root `root-container`: only \\<b\\>here\\<\/b\\> \(until 2027-01-31\)/);
  });
  it('come from scan --format markdown', async () => {
    assert.match((await call(['scan', '--format', 'markdown'])).stdout, /^# harden-tui: shop\n/);
    assert.match((await call(['scan', '--format', 'markdown', '-o', 'r.json'])).written.get('/work/shop/r.json') ?? '', /^# harden-tui: shop\n/);
    assert.equal((await call(['scan', '--format', 'html'])).code, 2);
  });
});

describe('a run as Markdown', () => {
  const choices = [{ finding: 'aaaaaaaaaaaa', risk: 'root-container', fix: 'numeric-user' }];
  it('names every verdict with its proof, the answers, what is left and the way back', () => {
    const page = runMarkdown(plan(choices, [finding()]), result({ remarks: [same('a note')] }), [finding({ id: 'b', title: text('redis has no password', 'redis 没设密码') })], 'en');
    for (const part of ['Run 1: 1 risk gone, seen on what runs now.', '| gone | web runs as root | web: 10001, 2 processes |', '| web | GET / on 8000 | 200 json | 200 json | same |', 'Away: web 3.4 s.', '- a note', '| redis has no password |', '- `Dockerfile`', '`harden-tui undo 1`']) assert.ok(page.includes(part), `${part}\n${page}`);
  });
  it('names what is to be done on other machines, with the command, as the last screen does', () => {
    const made = plan(choices, [finding()]);
    const handed = { ...made, steps: [
      ...made.steps,
      { number: 7, change: { kind: 'create-file' as const, path: '.env.redis', text: 'URL=redis://app:<generated:redis>@redis\n', mode: 0o600 }, because: [] },
      { number: 8, change: { kind: 'set-folder' as const, service: 'app', image: 'shop-app', mount: { type: 'volume' as const, source: 'shop_sock' }, uid: 10001, gid: 33, mode: 0o2750 }, because: [] },
    ] };
    assert.match(runMarkdown(handed, result(), [], 'en'), /^## On other machines\n\n- \S*\.env\S*redis\S* is made here and stays out of git: [^\n]*\.\n- a server with its own volume sock hands it over once, first:\n {2}`docker run --rm -u 0 --entrypoint install -v shop_sock:\/v shop-app -d -o 10001 -g 33 -m 2750 \/v`\n/m);
    assert.match(runMarkdown(handed, result(), [], 'zh-CN'), /^## 其他机器上要做的\n\n- [^\n]*不进 git[^\n]*。\n- [^\n]*要先移交一次：\n {2}`docker run/m);
    assert.doesNotMatch(runMarkdown(handed, result({ ending: 'taken-back', exitCode: 3, verdicts: [] }), [], 'en'), /other machines/);
  });
  it('says that it was taken back, with what explains it, and promises no undo', () => {
    const page = runMarkdown(plan(choices, [finding()]), result({ ending: 'taken-back', exitCode: 3, verdicts: [], failure: { what: text('proxy: GET / answers 502', 'proxy：GET / 返回 502'), log: ['connect() failed', '```', 'password=hunter2'] } }), [], 'en');
    assert.match(page, /was taken back.*Exit code 3\.\n\nproxy: GET \/ answers 502\n\n````text\nconnect\(\) failed\n```\npassword=\[secret\]\n````/);
    assert.doesNotMatch(page, /undo|hunter2/);
  });
});

describe('text that others wrote', () => {
  it('becomes no link, no picture, no HTML and no mark', () => {
    assert.equal(words('![x](http://evil) <script> *a* `b` #1 @me'), '!\\[x\\](http&#58;//evil) \\<script\\> \\*a\\* \\`b\\` \\#1 \\@me');
    assert.equal(words('- a\n# b'), '\\- a \\# b');
    assert.equal(words('\u001b[31mred\u202e'), 'red\\<202e\\>');
  });
  it('ends no code, no fence and no cell', () => {
    assert.equal(code('a `b` c'), '``a `b` c``');
    assert.equal(code('`'), '`` ` ``');
    assert.deepEqual(block('a\n````\nb'), ['`````', 'a', '````', 'b', '`````']);
    assert.equal(table(['x'], [['a|b']])[2], '| a\\|b |');
  });
});
