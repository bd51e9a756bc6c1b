import type { Confidence, Severity } from '../../model/finding.ts';
import type { Outcome, Vital } from '../../model/proof.ts';
import { and, counted } from './count.ts';

export const common = {
  severity: { critical: 'critical', high: 'high', medium: 'medium', low: 'low', info: 'info' } satisfies Record<Severity, string> as Record<Severity, string>,
  confidence: { seen: 'running', declared: 'declared', guess: 'guess' } satisfies Record<Confidence, string> as Record<Confidence, string>,
  outcome: { gone: 'gone', left: 'left', 'cannot-tell': 'cannot tell' } satisfies Record<Outcome, string> as Record<Outcome, string>,
  vital: { same: 'same', WORSE: 'WORSE', 'cannot-tell': 'cannot tell' } satisfies Record<NonNullable<Vital['result']>, string> as Record<NonNullable<Vital['result']>, string>,
  docker: { here: 'docker: this machine', absent: 'docker: not running', unasked: 'docker: not asked', asked: 'docker: asking', remote: (endpoint: string) => `docker: ${endpoint} REMOTE` },
  seconds: (ms: number) => {
    if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
    const whole = Math.floor(ms / 1000);
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  },
  and,
  comma: ', ',
  files: (n: number) => counted(n, 'file'),
  images: (n: number) => counted(n, 'image'),
  containers: (n: number) => counted(n, 'container'),
  programs: (n: number) => counted(n, 'program'),
  volumes: (n: number) => counted(n, 'volume'),
  folders: (n: number) => counted(n, 'folder'),
  moreLines: (n: number) => `${counted(n, 'more line')}`,
  tooSmall: (columns: number, rows: number) => `80 by 24 is needed and this window is ${columns} by ${rows}. Make it larger, or leave with ctrl-c.`,
  find: {
    typing: (word: string) => `/${word}`,
    none: (word: string) => `No "${word}" here.`,
    at: (index: number, count: number, word: string) => `${index} of ${counted(count, 'line')} with "${word}": n next, N previous`,
  },
  askToWrite: {
    /** Which keys do and do not stands below it. */
    report: (place: string) => `Write the report to ${place}?`,
    plan: (place: string) => `Save the plan as ${place}?`,
  },
  writing: 'Writing it',
  written: {
    report: (name: string) => `Written: ${name}`,
    plan: (name: string) => `Saved. To apply this very plan: harden-tui apply ${name}`,
  },
  copied: 'Copied, where the terminal allows it.',
};
