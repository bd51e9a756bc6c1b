import { parseDocument } from 'yaml';
import type { Finding } from '../model/finding.ts';
import type { Blind, Machine } from '../model/machine.ts';
import { text, type Text } from '../model/text.ts';

export const CONFIG = '.harden-tui.yaml';

/** One entry of `ignore:`; without `where` it holds for the whole project. */
export interface Ignore {
  readonly risk: string;
  readonly where?: string;
  readonly reason: string;
  /** YYYY-MM-DD, that day included. */
  readonly until?: string;
}

export interface Ignores {
  readonly entries: readonly Ignore[];
  /** What could not be taken as it stands; the findings it meant go on counting. */
  readonly faults: readonly Text[];
  /** It is no YAML at all: then nothing of it could be taken. */
  readonly broken?: true;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const isWord = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function entry(raw: unknown, number: number): Ignore | Text {
  const { risk, where, reason, until } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const at = (en: string, zh: string): Text => text(`entry ${number} of ignore: ${en}`, `ignore 的第 ${number} 项：${zh}`);
  if (!isWord(risk)) return at('it names no risk', '没有写 risk');
  if (!isWord(reason)) return at('it gives no reason', '没有写 reason');
  if (where !== undefined && !isWord(where)) return at('where is no file and no service', 'where 不是文件，也不是服务');
  if (until !== undefined && !(isWord(until) && DATE.test(until))) return at('until is no date like 2026-01-31', 'until 不是 2026-01-31 这样的日期');
  return { risk, reason: reason.trim(), ...(where === undefined ? {} : { where }), ...(until === undefined ? {} : { until }) };
}

export function readIgnores(yaml: string): Ignores {
  const document = parseDocument(yaml, { logLevel: 'silent' });
  const broken = document.errors[0];
  if (broken) {
    const line = broken.linePos?.[0].line ?? 1;
    const said = (broken.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    return { entries: [], faults: [text(`line ${line} is no valid YAML: ${said}`, `第 ${line} 行不是有效的 YAML：${said}`)], broken: true };
  }
  const list = (document.toJS({ maxAliasCount: 100 }) as { ignore?: unknown } | null)?.ignore ?? [];
  if (!Array.isArray(list)) return { entries: [], faults: [text('ignore is not a list', 'ignore 不是列表')] };
  const read = list.map((raw, i) => entry(raw, i + 1));
  return { entries: read.filter((e): e is Ignore => 'risk' in e), faults: read.filter((e): e is Text => !('risk' in e)) };
}

const over = (until: string | undefined, now: Date): boolean => {
  const [year = 0, month = 1, day = 1] = (until ?? '').split('-').map(Number);
  return until !== undefined && new Date(year, month - 1, day + 1) <= now;
};

/**
 * `admin/uwsgi.ini`, `admin/*`, `admin/**`: one star stays in its folder. All places in the pattern that may be reached
 * are followed at once, because a regular expression made from a hostile pattern can take for ever.
 */
export function matches(pattern: string, path: string): boolean {
  const tokens: readonly string[] = pattern.replace(/^\.\//, '').match(/\*\*|[^]/g) ?? [];
  const star = (i: number): boolean => tokens[i] === '*' || tokens[i] === '**';
  const withSkipped = (from: readonly number[]): ReadonlySet<number> => {
    const all = new Set(from);
    for (const i of all) if (star(i)) all.add(i + 1);
    return all;
  };
  let at = withSkipped([0]);
  for (const char of path) {
    const next: number[] = [];
    for (const i of at) {
      if (tokens[i] === '**' || (tokens[i] === '*' && char !== '/')) next.push(i);
      else if (!star(i) && tokens[i] === char) next.push(i + 1);
    }
    at = withSkipped(next);
  }
  return at.has(tokens.length);
}

/** An entry for one service does not silence the others that share the cause: each of them needs an entry. */
function byConfig(finding: Finding, entries: readonly Ignore[], now: Date): Ignore | undefined {
  const mine = entries.filter((e) => e.risk === finding.risk && !over(e.until, now));
  const whole = mine.find((e) => e.where === undefined || finding.places.some((p) => matches(e.where ?? '', p.file)));
  if (whole) return whole;
  const services = finding.subjects.filter((s) => s.kind === 'service');
  const named = services.length > 0 ? services : finding.subjects;
  const each = named.map((s) => mine.find((e) => e.where === s.name));
  return each.every((e) => e !== undefined) ? each[0] : undefined;
}

export const silences = (finding: Finding, entries: readonly Ignore[], now: Date): boolean => byConfig(finding, entries, now) !== undefined;

const COMMENT = /(?:#|;|\/\/)\s*harden-tui ignore ([a-z0-9-]+):\s*(\S.*?)\s*$/;

/** The reason in a comment on the finding's line, or on the line above it. */
export function ignoredInSource(finding: Finding, machine: Machine): string | undefined {
  for (const place of finding.places) {
    const lines = machine.files.get(place.file)?.text.split(/\r?\n/) ?? [];
    for (const line of [lines[place.line - 1], lines[place.line - 2]]) {
      const [, risk, reason] = COMMENT.exec(line ?? '') ?? [];
      if (risk === finding.risk && reason) return reason;
    }
  }
  return undefined;
}

/**
 * Marks the findings that somebody decided to live with; they are counted apart and never dropped. `config` stands in for
 * the project's own file. Asked again, it judges anew, so that the caller's config can replace the project's.
 */
export function suppress(findings: readonly Finding[], machine: Machine, now: Date, config = machine.files.get(CONFIG)?.text): Finding[] {
  const { entries } = config === undefined ? { entries: [] } : readIgnores(config);
  return findings.map((finding) => {
    const { suppressed: _, ...rest } = finding;
    const reason = ignoredInSource(finding, machine);
    if (reason !== undefined) return { ...rest, suppressed: { reason } };
    const found = byConfig(finding, entries, now);
    return found ? { ...rest, suppressed: { reason: found.reason, ...(found.until === undefined ? {} : { until: found.until }) } } : rest;
  });
}

/** What of the project's own file could not be used: said, because its findings count again. */
export function ignoreFaults(machine: Machine): readonly Blind[] {
  const config = machine.files.get(CONFIG)?.text;
  if (config === undefined) return [];
  const { faults, broken } = readIgnores(config);
  return faults.map((why) => ({
    what: CONFIG, why, remedy: broken ? text('mend that line; until then nothing in it counts', '修好那一行；在此之前，整个文件都不起作用') : text('write risk and reason for every entry of ignore; until is optional', 'ignore 的每一项都要写 risk 和 reason，until 可选'),
  }));
}
