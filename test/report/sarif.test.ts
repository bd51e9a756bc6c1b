import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import type { Log, Result } from 'sarif';
import type { Scanned } from '../../source/report/json.ts';
import { scanSarif } from '../../source/report/sarif.ts';
import type { Finding } from '../../source/model/finding.ts';
import { same } from '../../source/model/text.ts';
import { RISKS } from '../../source/risks/index.ts';
import { DOCKERFILE, finding, machine, offer } from '../cli/helpers/world.ts';

// OASIS's schema of SARIF 2.1.0, as Microsoft's SDK ships it (@microsoft/sarif-multitool-ts 5.7.0, MIT; assets/sarif-2.1.0.schema.json).
const { $schema: _, ...schema } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures/sarif-2.1.0.schema.json'), 'utf8')) as Record<string, unknown>;
const fits = new Ajv({ allErrors: true }).compile(schema);

function report(findings: readonly Finding[], over: Partial<Scanned> = {}): { log: Log; results: Result[] } {
  const scanned: Scanned = { machine: machine(), findings, blind: machine().blind, offers: new Map(findings.map((f) => [f.id, [offer('named-user'), offer('numeric-user', { recommended: true })]])), ...over };
  const log = JSON.parse(scanSarif(scanned, RISKS, 'en')) as Log;
  assert.ok(fits(log), JSON.stringify(fits.errors?.slice(0, 5)));
  return { log, results: log.runs[0]?.results ?? [] };
}

/** Replacements as a viewer makes them: from the last to the first. */
function replaced(before: string, result: Result, fix: number): string {
  const lines = before.split('\n');
  const offset = (line = 1, column = 1): number => lines.slice(0, line - 1).reduce((n, l) => n + l.length + 1, 0) + column - 1;
  return [...(result.fixes?.[fix]?.artifactChanges[0]?.replacements ?? [])].reverse().reduce((now, { deletedRegion: r, insertedContent }) =>
    now.slice(0, offset(r.startLine, r.startColumn)) + (insertedContent?.text ?? '') + now.slice(offset(r.endLine, r.endColumn)), before);
}

describe('scan as SARIF 2.1.0', () => {
  it('is valid against the official schema, with nothing found, too', () => {
    report([]);
    for (const lang of ['en', 'zh-CN'] as const) {
      const scanned: Scanned = { machine: machine(), findings: [finding()], blind: [], offers: new Map() };
      assert.ok(fits(JSON.parse(scanSarif(scanned, RISKS, lang))), JSON.stringify(fits.errors));
    }
  });

  it('has the risk as rule, with level, rank, help and the ids it has elsewhere', () => {
    const { log, results } = report([finding()]);
    const rules = log.runs[0]?.tool.driver.rules ?? [];
    assert.deepEqual(rules.map((r) => r.id), ['root-container']);
    assert.ok((rules[0]?.properties?.['equivalents'] as string[]).includes('DL3002'));
    assert.match(rules[0]?.help?.markdown ?? '', /^# A container runs as root/);
    assert.deepEqual([results[0]?.ruleId, results[0]?.ruleIndex, results[0]?.level], ['root-container', 0, 'error']);
  });

  it('ranks a guess below what was seen, and keeps confidence apart from severity', () => {
    const { results } = report([finding(), finding({ id: 'b', confidence: 'guess' }), finding({ id: 'c', severity: 'medium' }), finding({ id: 'd', severity: 'info' })]);
    const [seen, guess] = results;
    assert.ok((seen?.rank ?? 0) > (guess?.rank ?? 100));
    assert.equal(guess?.properties?.['confidence'], 'guess');
    assert.deepEqual(results.map((r) => r.level), ['error', 'error', 'warning', 'note']);
  });

  it('names the place relative to %SRCROOT%, with line and columns, and what runs as logical location', () => {
    const odd = finding({ places: [{ ...finding().places[0]!, file: 'my app/Docker#file' }] });
    const [location] = report([odd]).results[0]?.locations ?? [];
    assert.deepEqual(location?.physicalLocation, {
      artifactLocation: { uri: 'my%20app/Docker%23file', uriBaseId: '%SRCROOT%' }, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 26 },
    });
    assert.deepEqual(location?.logicalLocations?.map((l) => l.fullyQualifiedName), ['service/web', 'container/shop-web-1@c1']);
  });

  it('has a logical location alone where no file decides', () => {
    const [location, more] = report([finding({ places: [], from: [] })]).results[0]?.locations ?? [];
    assert.equal(location?.physicalLocation, undefined);
    assert.equal(location?.logicalLocations?.[0]?.kind, 'service');
    assert.equal(more, undefined);
  });

  it('has a fix for every alternative, the recommended one first, and its replacements make the edit', () => {
    const [result] = report([finding()]).results;
    assert.deepEqual(result?.fixes?.map((f) => f.properties?.['id']), ['numeric-user', 'named-user']);
    assert.equal(replaced(DOCKERFILE, result!, 0), 'FROM debian:bookworm-slim\nCOPY . .\nUSER 10001:10001\nCMD ["gunicorn", "web:app"]\n');
  });

  it('has a new file as a replacement at its very beginning', () => {
    const offers = new Map([['aaaaaaaaaaaa', [offer('step-down', { proposal: { changes: [{ kind: 'create-file', path: 'start.sh', text: '#!/bin/sh\n', mode: 0o755 }], rebuild: [], replace: [], proofs: [] } })]]]);
    const change = report([finding()], { offers }).results[0]?.fixes?.[0]?.artifactChanges[0];
    assert.deepEqual([change?.artifactLocation.uri, change?.replacements[0]?.insertedContent?.text], ['start.sh', '#!/bin/sh\n']);
  });

  it('does not show a fix that moves a secret', () => {
    const offers = new Map([['aaaaaaaaaaaa', [offer('env-file', { proposal: { changes: [{ kind: 'create-file', path: '.env', text: 'DB_PASSWORD=hunter2\n', mode: 0o600 }], rebuild: [], replace: [], proofs: [] } })]]]);
    assert.equal(report([finding()], { offers }).results[0]?.fixes, undefined);
  });

  it('keeps the fingerprint when the line moves', () => {
    const moved = finding({ places: [{ ...finding().places[0]!, line: 9, endLine: 9 }] });
    assert.deepEqual(report([moved]).results[0]?.partialFingerprints, report([finding()]).results[0]?.partialFingerprints);
  });

  it('tells an ignored finding with its justification, in a comment or in the configuration', () => {
    const commented = machine({ files: new Map([['Dockerfile', { path: 'Dockerfile', text: '# harden-tui ignore root-container: needs raw sockets\nFROM x\n', hash: '', mode: 0o644, uid: 1, gid: 1 }]]) });
    const inFile = finding({ places: [{ ...finding().places[0]!, line: 2 }], suppressed: { reason: 'needs raw sockets' } });
    assert.deepEqual(report([inFile], { machine: commented }).results[0]?.suppressions, [{ kind: 'inSource', status: 'accepted', justification: 'needs raw sockets' }]);
    const apart = finding({ suppressed: { reason: 'agreed', until: '2027-01-31' } });
    assert.deepEqual(report([apart]).results[0]?.suppressions, [{ kind: 'external', status: 'accepted', justification: 'agreed', properties: { until: '2027-01-31' } }]);
    assert.deepEqual(report([finding()]).results[0]?.suppressions, []);
  });

  it('has what could not be seen as a notification, never as a pass', () => {
    const [note] = report([]).log.runs[0]?.invocations?.[0]?.toolExecutionNotifications ?? [];
    assert.equal(note?.message.text, 'redis: pulled: no Dockerfile here. look at compose.yaml.');
    assert.equal(note?.level, 'warning');
  });

  it('holds no secret', () => {
    const leaky = finding({ seen: [same('DB_PASSWORD=hunter2')], chain: [{ kind: 'config', label: 'TOKEN=hunter2', file: 'x', line: 1 }], from: [{ place: finding().places[0]!, words: 'API_KEY=hunter2' }] });
    const scanned: Scanned = { machine: machine(), findings: [leaky], blind: [], offers: new Map() };
    assert.doesNotMatch(scanSarif(scanned, RISKS, 'en'), /hunter2/);
  });
});
