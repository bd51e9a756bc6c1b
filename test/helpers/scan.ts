import assert from 'node:assert/strict';
import type { Told } from './program.ts';
import type { Project } from './scenario.ts';

/** The parts of `scan --format json` (DECISIONS.md, "Formats") that tests look at. */
export interface Scan {
  readonly version: number;
  readonly findings: readonly Found[];
  readonly elsewhere: number;
  readonly blind: readonly { readonly what: string; readonly why: string; readonly remedy: string }[];
}

export interface Found {
  readonly risk: string;
  readonly severity: string;
  readonly confidence: string;
  readonly title: string;
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly id?: string }[];
  readonly locations: readonly { readonly file: string; readonly line: number }[];
  readonly chain: readonly { readonly kind: string; readonly label: string; readonly file?: string; readonly line?: number }[];
  readonly evidence: readonly string[];
  readonly fixes: readonly { readonly id: string; readonly safety: string; readonly recommended: boolean }[];
}

/** Both streams, for the message of an assertion that fails. */
export const said = ({ code, stdout, stderr }: Told): string => `it ended with ${code}\n--- stdout\n${stdout}\n--- stderr\n${stderr}`;

export function read(told: Told): Scan {
  let scan: Scan;
  try {
    scan = JSON.parse(told.stdout) as Scan;
  } catch {
    assert.fail(`stdout is not JSON alone: ${said(told)}`);
  }
  assert.equal(scan.version, 1);
  return scan;
}

const about = (found: Found, service: string): boolean => found.subjects.some((s) => s.kind === 'service' && s.name === service);

export const findingOf = (scan: Scan, risk: string, service: string): Found | undefined => scan.findings.find((f) => f.risk === risk && about(f, service));

/** Every finding that the scenario promises: one for all its services, the line that decides, and what runs now. */
export function mustShow(scan: Scan, project: Project): void {
  for (const { risk, services, file, line } of project.scenario.shows) {
    const found = findingOf(scan, risk, services[0]!);
    const seen = JSON.stringify(scan.findings.map((f) => [f.risk, f.confidence, f.subjects.map((s) => s.name), f.locations.map((l) => `${l.file}:${l.line}`)]));
    assert.ok(found, `no ${risk} of ${services[0]}: ${seen}`);
    assert.equal(found.confidence, 'seen', risk);
    assert.deepEqual([found.locations[0]?.file, found.locations[0]?.line], [file, line], `${risk}: ${seen}`);
    for (const service of services) {
      assert.ok(about(found, service), `${risk} is not told of ${service}: ${seen}`);
      const { Id: id } = project.container(service);
      assert.ok(found.subjects.some((s) => s.kind === 'container' && s.id === id), `${risk} does not name the live container of ${service}: ${JSON.stringify(found.subjects)}`);
    }
    for (const kind of ['container', 'service']) assert.ok(found.chain.some((link) => link.kind === kind), `${risk} has no ${kind} in its chain: ${JSON.stringify(found.chain)}`);
    assert.equal(found.fixes.filter((f) => f.recommended).length, 1, `${risk}: ${JSON.stringify(found.fixes)}`);
  }
}
