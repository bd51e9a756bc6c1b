import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { scanJson, type Scanned } from '../../source/report/json.ts';
import { planJson, resultJson } from '../../source/report/plan-json.ts';
import { verifiedJson } from '../../source/report/verified-text.ts';
import { risksJson } from '../../source/report/risks.ts';
import { text, same } from '../../source/model/text.ts';
import { Secret } from '../../source/model/secret.ts';
import { RISKS } from '../../source/risks/index.ts';
import { finding, machine, offer, PATCH, plan, result, verified } from '../cli/helpers/world.ts';
import { root } from '../listing.ts';

/** Against the schema that is published with the package. */
function mustFit(name: string, page: string): any {
  const schema = JSON.parse(readFileSync(path.join(root, `schema/${name}.schema.json`), 'utf8')) as object;
  const check = new Ajv({ allErrors: true }).compile(schema);
  const value: unknown = JSON.parse(page);
  assert.ok(check(value), JSON.stringify(check.errors));
  return value;
}

const scanned = (over: Partial<Scanned> = {}): Scanned => ({
  machine: machine(), findings: [finding()], blind: machine().blind,
  offers: new Map([['aaaaaaaaaaaa', [offer('numeric-user', { recommended: true }), offer('step-down', { refused: same('not here') }), offer('userns-remap', { safety: 'by-hand', refused: same('by hand') })]]]),
  ...over,
});

describe('scan as JSON', () => {
  it('is what DECISIONS.md fixes, field by field', () => {
    const page = mustFit('scan', scanJson(scanned(), 'en'));
    assert.deepEqual(page, {
      version: 1,
      findings: [{
        id: 'aaaaaaaaaaaa', risk: 'root-container', severity: 'high', confidence: 'seen', title: 'web runs as root',
        subjects: [{ kind: 'service', name: 'web' }, { kind: 'container', name: 'shop-web-1', id: 'c1' }],
        locations: [{ file: 'Dockerfile', line: 1, column: 1, endLine: 1, endColumn: 26 }],
        chain: [
          { kind: 'process', label: 'pid 7 gunicorn' }, { kind: 'container', label: 'shop-web-1' },
          { kind: 'service', label: 'web', file: 'compose.yaml', line: 2 }, { kind: 'dockerfile', label: 'last stage', file: 'Dockerfile', line: 1 },
        ],
        evidence: ['web: gunicorn, 2 processes, uid 0.', 'Dockerfile:1 FROM debian:bookworm-slim (no USER here)'],
        fixes: [{ id: 'numeric-user', safety: 'review', recommended: true }, { id: 'userns-remap', safety: 'by-hand', recommended: false }],
      }],
      elsewhere: 1,
      blind: [{ what: 'redis', why: 'pulled: no Dockerfile here', remedy: 'look at compose.yaml' }],
    });
  });

  it('says what was ignored, and why', () => {
    const page = mustFit('scan', scanJson(scanned({ findings: [finding({ suppressed: { reason: 'only here', until: '2027-01-31' } })] }), 'zh-CN'));
    assert.deepEqual(page.findings[0].suppressed, { reason: 'only here', until: '2027-01-31' });
    assert.equal(page.findings[0].title, 'web 以 root 身份运行');
  });

  it('holds no secret and no terminal escape', () => {
    const hostile = finding({
      title: same('web \u009b2J\u202e runs'), detail: { password: new Secret('hunter2') },
      chain: [{ kind: 'process', label: 'redis-server --requirepass hunter2' }], seen: [same('REDIS_PASSWORD=hunter2')],
      from: [{ place: finding().places[0]!, words: 'ENV DB_PASSWORD=hunter2 \u001b[31m' }],
    });
    const page = scanJson(scanned({ findings: [hostile] }), 'en');
    mustFit('scan', page);
    assert.doesNotMatch(page, /hunter2/);
    assert.doesNotMatch(page, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

describe('the catalogue as JSON', () => {
  for (const lang of ['en', 'zh-CN'] as const) {
    it(`has every risk and every fix with its title, in ${lang}`, () => {
      const page = mustFit('risks', risksJson(RISKS, lang));
      assert.deepEqual(page.risks.map((r: any) => r.id), RISKS.map((r) => r.id));
      for (const risk of page.risks) for (const fix of risk.fixes) assert.ok(fix.title, `${risk.id}: ${fix.id}`);
    });
  }
});

describe('a plan and its result as JSON', () => {
  const choices = [{ finding: 'aaaaaaaaaaaa', risk: 'root-container', fix: 'numeric-user' }];

  it('has the steps, the commands as argv and the diffs', () => {
    const page = mustFit('plan', planJson({ plan: plan(choices, [finding()]), tell: (s) => same(s.change.kind), diffs: [{ path: 'Dockerfile', patch: PATCH, withheld: 0 }], commands: [['redis-server', '--password=hunter2']], byHand: [] }, 'en'));
    assert.deepEqual(page.steps.map((s: any) => [s.number, s.kind]), [[1, 'edit-file'], [2, 'build-image'], [3, 'start-services']]);
    assert.equal(page.diffs[0].patch, PATCH);
    assert.deepEqual(page.commands, [['redis-server', '--password=[secret]']]);
  });

  it('says how it ended, and why it was taken back', () => {
    mustFit('result', resultJson(result(), 'en'));
    const page = mustFit('result', resultJson(result({ ending: 'taken-back', exitCode: 3, verdicts: [], failure: { what: text('It broke.', '坏了。'), log: ['DB_PASSWORD=hunter2'], step: 3 } }), 'zh-CN'));
    assert.deepEqual(page.failure, { what: '坏了。', log: ['DB_PASSWORD=[secret]'], step: 3 });
  });
});

describe('verify as JSON', () => {
  it('fits its schema, with everything that can be said, and keeps secrets to itself', () => {
    const [proof] = verified().proofs;
    const page = mustFit('verify', verifiedJson(verified({
      exitCode: 3, undone: [{ finding: 'b', risk: 'socket-mode', fix: 'group' }],
      proofs: [proof!, { ...proof!, held: 'drifted', proof: same('REDIS_PASSWORD=hunter2'), latest: { container: 'shop-web-1', at: '2026-11-23T09:00:00Z' } }],
      traces: [{ held: 'drifted', what: text('Dockerfile is gone', 'Dockerfile 已不存在'), step: 1, file: 'Dockerfile', when: { is: 'written', at: '2026-11-23T09:00:00Z' } }, { held: 'cannot-tell', what: same('x') }],
    }), 'zh-CN'));
    assert.deepEqual(page.proofs.map((p: { held: string; after?: string }) => [p.held, p.after]), [['holds', undefined], ['drifted', '2026-11-22T14:32:00.000Z']]);
    assert.equal(page.changes[0].what, 'Dockerfile 已不存在');
    assert.doesNotMatch(JSON.stringify(page), /hunter2/);
  });
});
