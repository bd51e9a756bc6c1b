import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Scanned } from '../../source/report/json.ts';
import { painter } from '../../source/report/paint.ts';
import { pretty, type PrettyOptions } from '../../source/report/pretty.ts';
import { ending, width } from '../../source/report/wrap.ts';
import type { Finding } from '../../source/model/finding.ts';
import { same, text } from '../../source/model/text.ts';
import { finding, machine, offer } from '../cli/helpers/world.ts';

function page(findings: readonly Finding[], options: Partial<PrettyOptions> = {}, over: Partial<Scanned> = {}): string {
  const offers = new Map(findings.map((f) => [f.id, [offer('numeric-user', { recommended: true }), offer('userns-remap', { safety: 'by-hand' })]]));
  return pretty({ machine: machine(), findings, offers, blind: machine().blind, ...over }, { lang: 'en', paint: painter(false), columns: 80, from: 'medium', ignored: false, all: false, ...options });
}

const low = (id: string) => finding({ id, severity: 'low', title: text(`low ${id}`, `低 ${id}`) });

describe('findings as a person reads them', () => {
  it('says severity, confidence, title, place, what was seen, the path and the way out', () => {
    const shown = page([finding()]);
    assert.match(shown, /^high {6}running {3}web runs as root {2}root-container\n/);
    for (const words of ['where       Dockerfile:1  web', 'seen        web: gunicorn, 2 processes, uid 0.', 'Dockerfile:1  FROM debian:bookworm-slim  (no USER here)', 'pid 7 gunicorn > shop-web-1 > web compose.yaml:2 >', 'last stage Dockerfile:1', 'numeric-user: A bare number; HOME is /', 'or userns-remap (by hand)']) {
      assert.ok(shown.includes(words), `${words}\nis not in\n${shown}`);
    }
  });
  it('says why the others can\'t be had where nothing but one\'s own hands is left', () => {
    const barred = offer('own-user', { refused: text('app/tasks.py:4 speaks to it too', 'app/tasks.py:4 也连接它') });
    const hand = offer('firewall', { safety: 'by-hand' });
    const shown = (offers: readonly ReturnType<typeof offer>[], lang: 'en' | 'zh-CN' = 'en') => page([finding()], { lang }, { offers: new Map([[finding().id, offers]]) });
    assert.match(shown([barred, hand]), /firewall: .*\(by hand\)[\s\S]*not own-user: app\/tasks\.py:4 speaks to it too/);
    assert.match(shown([barred, hand], 'zh-CN'), /own-user 不行：app\/tasks\.py:4 也连接它/);
    assert.doesNotMatch(shown([barred, offer('password', { recommended: true }), hand]), /not own-user/);
  });
  it('says the same without colour as with it', () => {
    const painted = page([finding()], { paint: painter(true) });
    assert.notEqual(painted, page([finding()]));
    assert.equal(stripVTControlCharacters(painted), page([finding()]));
  });
  it('folds low and info, and says how to see them', () => {
    const shown = page([finding(), low('x'), low('y')]);
    assert.match(shown, /2 more are low: --severity low shows them\./);
    assert.doesNotMatch(shown, /low x/);
    assert.match(page([finding(), low('x')], { from: 'info' }), /low x/);
  });
  it('counts what is ignored, and shows it with its reason when asked', () => {
    const ignored = finding({ suppressed: { reason: 'agreed with ops', until: '2027-01-31' } });
    assert.match(page([ignored]), /1 is ignored, with a reason/);
    assert.doesNotMatch(page([ignored]), /web runs as root/);
    assert.match(page([ignored], { ignored: true }), /ignored {5}agreed with ops {2}\(2027-01-31\)/);
  });
  it('lists what could not be seen with what would help, also when nothing was found', () => {
    const shown = page([]);
    assert.match(shown, /Nothing to fix was found in what could be seen: \d/);
    assert.match(shown, /Could not see\n {3}redis {7}pulled: no Dockerfile here\n {15}to see it: look at compose\.yaml/);
  });
  it('counts what is elsewhere, and lists it when asked', () => {
    assert.match(page([]), /Elsewhere on this machine: 1 container not of this project/);
    assert.match(page([], { all: true }), /other-1 +other/);
  });
  it('begins a path anew for every service that shares the cause', () => {
    const chain = [...finding().chain, ...finding().chain];
    assert.equal(page([finding({ chain })]).match(/pid 7 gunicorn >/g)?.length, 2);
  });
  it('speaks Chinese, within 80 columns', () => {
    const shown = page([finding(), low('x')], { lang: 'zh-CN' });
    for (const words of ['高', '运行中', 'web 以 root 身份运行', '处理办法', '没能看到', '级别为低', '（手动处理）']) assert.ok(shown.includes(words), words);
    for (const line of shown.split('\n')) assert.ok(width(line) <= 80, line);
  });
  it('obeys no escape and shows no secret that stands in a file', () => {
    const shown = page([finding({ from: [{ place: finding().places[0]!, words: 'ENV DB_PASSWORD=hunter2 \u001b]0;x\u0007\u001b[2J' }], title: same('web\u001b[8m') })]);
    assert.doesNotMatch(shown, /hunter2|\u001b/);
  });
});

describe('a command at the end of a sentence', () => {
  it('is never broken: it gets a line of its own where there is no room', () => {
    const command = 'npm start -- fix ./scenarios/root-container/project --no-docker --context http://x:1';
    assert.deepEqual(ending(`2 findings: high 1, info 1. The diff: ${command}`, 60), ['2 findings: high 1, info 1. The diff:', `  ${command}`]);
    assert.deepEqual(ending('1 finding: low 1. The diff: harden-tui fix', 60), ['1 finding: low 1. The diff: harden-tui fix']);
    assert.deepEqual(ending(`2 个问题。查看差异：npx harden-tui fix ${'x'.repeat(60)}`, 60), ['2 个问题。查看差异：', `  npx harden-tui fix ${'x'.repeat(60)}`]);
    assert.deepEqual(ending(`The diff: node /a/bin/harden-tui.js fix ${'x'.repeat(60)}`, 60), ['The diff:', `  node /a/bin/harden-tui.js fix ${'x'.repeat(60)}`]);
  });
});
