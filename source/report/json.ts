import type { Offer } from '../engine/session.ts';
import type { Evidence, Finding } from '../model/finding.ts';
import type { Blind, Machine } from '../model/machine.ts';
import { text, type Lang } from '../model/text.ts';
import { discreet } from './discreet.ts';

/** Everything a report of a scan is made from. */
export interface Scanned {
  readonly machine: Machine;
  readonly findings: readonly Finding[];
  /** By finding id: the ways out that can be taken here, and those by hand. */
  readonly offers: ReadonlyMap<string, readonly Offer[]>;
  /** The machine's, and what the reading of the project's own settings adds. */
  readonly blind: readonly Blind[];
}

/** JSON as text that a terminal may be shown: what would command it stands as an escape of JSON's own. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2).replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;

const line = ({ place, words, note }: Evidence, lang: Lang): string => `${place.file}:${place.line} ${words.trim()}${note ? ` (${note[lang]})` : ''}`;

/** Whom it is there for, as a sentence of its own. */
export const meant = (finding: Finding, lang: Lang): readonly string[] => (finding.meant ?? []).map((m) => text(`for ${m.en}`, `供 ${m['zh-CN']}`)[lang]);

/** What was seen running, then the lines that decide. */
export const evidenceOf = (finding: Finding, lang: Lang): readonly string[] =>
  [...finding.seen.map((s) => s[lang]), ...meant(finding, lang), ...finding.from.map((e) => line(e, lang))].map(discreet);

/** Ways that can be taken here; by-hand ones are words and always stand. */
export const open = (offers: readonly Offer[]): readonly Offer[] => offers.filter((o) => o.safety === 'by-hand' || !o.refused);

function finding(f: Finding, offers: readonly Offer[], lang: Lang) {
  return {
    id: f.id,
    risk: f.risk,
    severity: f.severity,
    confidence: f.confidence,
    title: f.title[lang],
    subjects: f.subjects.map(({ kind, name, id }) => ({ kind, name, ...(id === undefined ? {} : { id }) })),
    locations: f.places.map(({ file, line, column, endLine, endColumn }) => ({ file, line, column, endLine, endColumn })),
    chain: f.chain.map(({ kind, label, file, line }) => ({ kind, label: discreet(label), ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) })),
    evidence: evidenceOf(f, lang),
    fixes: open(offers).map(({ fix, safety, recommended }) => ({ id: fix, safety, recommended })),
    ...(f.suppressed ? { suppressed: f.suppressed } : {}),
  };
}

/** The form that scripts rely on (DECISIONS.md, "Formats"; schema/scan.schema.json). */
export function scanJson({ machine, findings, offers, blind }: Scanned, lang: Lang): string {
  return jsonText({
    version: 1,
    findings: findings.map((f) => finding(f, offers.get(f.id) ?? [], lang)),
    elsewhere: machine.elsewhere.length,
    blind: blind.map(({ what, why, remedy }) => ({ what, why: why[lang], remedy: remedy[lang] })),
  });
}
