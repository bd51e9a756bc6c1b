import type { Log, ReportingDescriptor, Result, Suppression } from 'sarif';
import { version } from '../../package.json';
import { ignoredInSource } from '../engine/suppress.ts';
import type { Confidence, Finding, Severity } from '../model/finding.ts';
import type { Risk } from '../model/risk.ts';
import type { Lang } from '../model/text.ts';
import { readReadme } from '../risks/readme.ts';
import { evidenceOf, jsonText, open, type Scanned } from './json.ts';
import { sarifFixes } from './sarif-fixes.ts';
import { locations, related, ROOT } from './sarif-places.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' };
/** GitHub sorts by this number, a string in CVSS's range. */
const SCORES: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '0.1' };
const RANKS: Readonly<Record<Severity, number>> = { critical: 95, high: 80, medium: 55, low: 30, info: 10 };
const DOUBT: Readonly<Record<Confidence, number>> = { seen: 0, declared: 3, guess: 9 };

const sentences = (parts: readonly string[], lang: Lang): string => parts.map((p) => p.replace(/[.。]$/, '') + (lang === 'en' ? '.' : '。')).join(lang === 'en' ? ' ' : '');

function rule(risk: Risk, lang: Lang): ReportingDescriptor {
  const markdown = risk.readme[lang];
  const { title, short, sections } = readReadme(markdown);
  return {
    id: risk.id,
    name: risk.id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: short },
    help: { text: sections[0]?.body ?? short, markdown },
    defaultConfiguration: { level: LEVELS[risk.severity], rank: RANKS[risk.severity] },
    properties: { tags: ['security', ...risk.technologies], 'security-severity': SCORES[risk.severity], equivalents: risk.equivalents },
  };
}

function suppressions(finding: Finding, { machine }: Scanned): Suppression[] {
  if (!finding.suppressed) return [];
  const { reason, until } = finding.suppressed;
  const inSource = ignoredInSource(finding, machine) !== undefined;
  return [{ kind: inSource ? 'inSource' : 'external', status: 'accepted', justification: reason, ...(until === undefined ? {} : { properties: { until } }) }];
}

function result(finding: Finding, scanned: Scanned, rules: readonly ReportingDescriptor[], lang: Lang): Result {
  const { severity, confidence } = finding;
  const at = locations(finding);
  const chain = related(finding);
  const fixes = sarifFixes(open(scanned.offers.get(finding.id) ?? []), scanned.machine, lang);
  return {
    ruleId: finding.risk,
    ruleIndex: rules.findIndex((r) => r.id === finding.risk),
    level: LEVELS[severity],
    rank: RANKS[severity] - DOUBT[confidence],
    message: { text: sentences([finding.title[lang], finding.why[lang], ...(finding.reach ? [finding.reach[lang]] : [])], lang) },
    ...(at.length > 0 ? { locations: at } : {}),
    ...(chain.length > 0 ? { relatedLocations: chain } : {}),
    // The id is made of the risk, the deciding file and its symbol: a line that moves keeps it.
    partialFingerprints: { 'hardenTuiFinding/v1': finding.id },
    ...(fixes.length > 0 ? { fixes } : {}),
    // An empty list says that it was looked for; a missing one would make viewers doubt the others.
    suppressions: suppressions(finding, scanned),
    properties: { severity, confidence, evidence: evidenceOf(finding, lang) },
  };
}

/** SARIF 2.1.0. What could not be seen stands as notifications: it is no result, and it is no pass. */
export function scanSarif(scanned: Scanned, risks: readonly Risk[], lang: Lang): string {
  const met = new Set(scanned.findings.map((f) => f.risk));
  const rules = risks.filter((r) => met.has(r.id)).map((r) => rule(r, lang));
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'harden-tui', version, semanticVersion: version, language: lang, rules } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { [ROOT]: { description: { text: 'The folder that was scanned.' } } },
      invocations: [{
        executionSuccessful: true,
        toolExecutionNotifications: scanned.blind.map(({ what, why, remedy }) => ({ level: 'warning', message: { text: sentences([`${what}${lang === 'en' ? ': ' : '：'}${why[lang]}`, remedy[lang]], lang) }, descriptor: { id: 'could-not-see' } })),
      }],
      results: scanned.findings.map((f) => result(f, scanned, rules, lang)),
      properties: { elsewhere: scanned.machine.elsewhere.length },
    }],
  };
  return jsonText(log);
}
