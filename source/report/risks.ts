import { SEVERITIES } from '../model/finding.ts';
import type { Risk } from '../model/risk.ts';
import { text, type Lang } from '../model/text.ts';
import { readReadme } from '../risks/readme.ts';
import { jsonText } from './json.ts';
import type { Paint } from './paint.ts';
import { labelled, pad } from './wrap.ts';

/** Titles come from the README's headings, once per language. */
export function risksJson(risks: readonly Risk[], lang: Lang): string {
  return jsonText({
    version: 1,
    risks: risks.map((risk) => {
      const { title, fixes } = readReadme(risk.readme[lang]);
      return {
        id: risk.id, title, severity: risk.severity, technologies: risk.technologies, equivalents: risk.equivalents,
        fixes: risk.fixes.map(({ id, safety, proven }) => ({ id, title: fixes.find((f) => f.id === id)?.title ?? id, safety, proven })),
      };
    }),
  });
}

/** One row for a risk, worst first, its ways out under it. */
export function risksTable(risks: readonly Risk[], lang: Lang, severity: (risk: Risk) => string, byHand: string, paint: Paint, columns: number): string {
  const rows = [...risks].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.id.localeCompare(b.id));
  const waysAt = 14 + Math.max(...rows.flatMap((r) => r.fixes.map(({ id }) => id.length)));
  const idWidth = Math.max(...rows.map((r) => r.id.length)) + 2;
  return rows.map((risk) => {
    const { title, fixes } = readReadme(risk.readme[lang]);
    const label = `${paint(risk.severity, pad(severity(risk), 9))} ${paint('strong', pad(risk.id, idWidth))}`;
    const ways = risk.fixes.map((f) => {
      const way = fixes.find((r) => r.id === f.id);
      return labelled(`            ${f.id}`, `${way?.title ?? ''}${f.safety === 'by-hand' ? text(` (${byHand})`, `（${byHand}）`)[lang] : ''}`, waysAt, columns).join('\n');
    });
    return [`${label}${title}`, ...ways].join('\n');
  }).join('\n') + '\n';
}
