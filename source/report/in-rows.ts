import { SEVERITIES, type Finding } from '../model/finding.ts';
import { text, type Text } from '../model/text.ts';

export const isLow = (finding: Finding): boolean => SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf('medium');

/** So many rows the wizard makes of these: low ones that say the same of several services are one. */
export const rowsOf = (findings: readonly Finding[]): number =>
  new Set(findings.map((one) => (one.plural && isLow(one) ? [one.risk, one.severity, one.confidence, one.plural.en, one.foreign?.en ?? ''].join('\n') : one.id))).size;

/** Where the two numbers differ, both are said. */
export function inRows(findings: readonly Finding[]): Text {
  const rows = rowsOf(findings);
  return rows === findings.length ? text('', '') : text(` (${rows === 1 ? '1 row' : `${rows} rows`} in the wizard)`, `（在向导里是 ${rows} 行）`);
}
