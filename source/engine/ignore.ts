import { isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { Stop } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import { text } from '../model/text.ts';
import { CONFIG, matches, readIgnores, silences, type Ignore } from './suppress.ts';

/** The project's own file with entries more; `pieces` are the spellings of what was put in, the longest first. */
export interface Written {
  /** Undefined: there was no file. */
  readonly before?: string;
  readonly after: string;
  readonly pieces: readonly string[];
}

/** A word that YAML reads as the same word; everything else is quoted. */
const isPlain = (word: string): boolean =>
  /^[\p{L}_./][\p{L}\p{N}_ ./()，。、；（）+-]*$/u.test(word) && !/\s$/.test(word) && !/^(true|false|null|yes|no|on|off|~|\.(inf|nan))$/i.test(word);
const spelled = (word: string): string => (isPlain(word) ? word : JSON.stringify(word).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`));

const pairs = ({ risk, where, reason, until }: Ignore): readonly string[] =>
  [`risk: ${spelled(risk)}`, ...(where === undefined ? [] : [`where: ${spelled(where)}`]), `reason: ${spelled(reason)}`, ...(until === undefined ? [] : [`until: ${until}`])];

const asBlock = (entries: readonly Ignore[], indent: string, end: string): string =>
  entries.flatMap((one) => pairs(one).map((pair, i) => `${indent}${i === 0 ? '- ' : '  '}${pair}${end}`)).join('');

/** In braces a comma or a bracket would be read as one of the list's own. */
const asFlow = (one: Ignore): string =>
  `{${[['risk', one.risk], ['where', one.where], ['reason', one.reason], ['until', one.until]].flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${key === 'until' ? value : JSON.stringify(value)}`])).join(', ')}}`;

interface Spot {
  readonly at: number;
  readonly piece: string;
  /** Without the words around it that others may come to use. */
  readonly bare?: string;
}

/** Behind the line that holds a place; where the file ends without a newline, one is put first. */
function below(yaml: string, at: number, end: string): { readonly at: number; readonly first: string } {
  if (at > 0 && yaml[at - 1] === '\n') return { at, first: '' };
  const next = yaml.indexOf('\n', at);
  return next < 0 ? { at: yaml.length, first: yaml === '' ? '' : end } : { at: next + 1, first: '' };
}

function inList(yaml: string, list: YAMLSeq, entries: readonly Ignore[], end: string): Spot | undefined {
  const items = list.items as readonly { range?: readonly number[] | null }[];
  const [from = 0] = items[0]?.range ?? [];
  const last = items.at(-1)?.range?.[1];
  const [start, until] = list.range ?? [];
  if (list.flow) {
    const said = entries.map(asFlow).join(', ');
    if (last !== undefined) return { at: last, piece: `, ${said}` };
    return start === undefined || until === undefined ? undefined : { at: yaml.indexOf('[', start) + 1, piece: said };
  }
  const row = yaml.slice(yaml.lastIndexOf('\n', from) + 1, from);
  const indent = /^( *)- +$/.exec(row)?.[1];
  if (indent === undefined || last === undefined) return undefined;
  const { at, first } = below(yaml, last, end);
  return { at, piece: first + asBlock(entries, indent, end), bare: asBlock(entries, indent, end) };
}

function spotIn(yaml: string, entries: readonly Ignore[], end: string): Spot | undefined {
  const document = parseDocument(yaml, { logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  const { contents } = document;
  const pair = isMap(contents) ? (contents as YAMLMap).items.find((one) => isScalar(one.key) && one.key.value === 'ignore') : undefined;
  if (isSeq(pair?.value)) return inList(yaml, pair.value, entries, end);
  const bare = asBlock(entries, '  ', end);
  if (pair && isScalar(pair.key)) {
    const { at, first } = below(yaml, pair.key.range?.[1] ?? 0, end);
    return { at, piece: first + bare, bare };
  }
  const { first } = below(yaml, yaml.length, end);
  return { at: yaml.length, piece: `${first}ignore:${end}${bare}`, bare };
}

const key = (one: Ignore): string => JSON.stringify([one.risk, one.where, one.reason, one.until]);
const sameAs = (yaml: string, entries: readonly Ignore[], faults: number): boolean => {
  const read = readIgnores(yaml);
  return read.faults.length === faults && [...read.entries].map(key).sort().join('\n') === entries.map(key).sort().join('\n');
};

/** The file with these entries more and every other byte as it was; a Stop where that can't be done safely. */
export function withIgnored(before: string | undefined, entries: readonly Ignore[]): Written {
  const yaml = before ?? '';
  const end = yaml.includes('\r\n') ? '\r\n' : '\n';
  const spot = spotIn(yaml, entries, end);
  const after = spot && yaml.slice(0, spot.at) + spot.piece + yaml.slice(spot.at);
  const known = readIgnores(yaml);
  // What was put in is read again: a form that we did not think of is left to its owner.
  if (!spot || after === undefined || !sameAs(after, [...known.entries, ...entries], known.faults.length)) {
    throw new Stop(text(`${CONFIG} is written in a way that can't be added to safely.`, `${CONFIG} 的写法无法安全地追加。`), [text('Add the entry by hand: risk, where and reason under ignore.', '请手动添加：在 ignore 下写 risk、where 和 reason。')]);
  }
  return { ...(before === undefined ? {} : { before }), after, pieces: [spot.piece, ...(spot.bare === undefined || spot.bare === spot.piece ? [] : [spot.bare])] };
}

/** The file without what was put in, where that still stands as it was written; `changed` where it does not. Undefined: no file. */
export function withoutIgnored(now: string | undefined, written: Written): { readonly text: string | undefined } | 'changed' {
  if (now === written.after) return { text: written.before };
  if (now === undefined) return 'changed';
  const known = readIgnores(now);
  const mine = readIgnores(written.after).entries.filter((one) => !readIgnores(written.before ?? '').entries.some((old) => key(old) === key(one)));
  const wanted = mine.map(key);
  const left = known.entries.filter((one) => {
    const at = wanted.indexOf(key(one));
    if (at >= 0) wanted.splice(at, 1);
    return at < 0;
  });
  for (const piece of written.pieces) {
    const at = now.indexOf(piece);
    if (at < 0 || now.includes(piece, at + 1)) continue;
    const rest = now.slice(0, at) + now.slice(at + piece.length);
    if (wanted.length === 0 && mine.length > 0 && sameAs(rest, left, known.faults.length)) return { text: rest };
  }
  return 'changed';
}

/**
 * What to write so that this finding is ignored and as little as possible besides: by its services or by its file. `also`
 * are the open findings that the same lines would silence.
 */
export function entriesFor(finding: Finding, all: readonly Finding[], said: Pick<Ignore, 'reason' | 'until'>, now: Date): { readonly entries: readonly Ignore[]; readonly also: readonly Finding[] } {
  const base = { risk: finding.risk, reason: said.reason, ...(said.until === undefined ? {} : { until: said.until }) };
  const services = finding.subjects.filter((one) => one.kind === 'service');
  const names = [...new Set((services.length > 0 ? services : finding.subjects).map((one) => one.name))];
  const file = finding.places[0]?.file;
  const ways = [
    ...(names.length > 0 ? [names.map((where): Ignore => ({ ...base, where }))] : []),
    ...(file !== undefined && matches(file, file) ? [[{ ...base, where: file }]] : []),
    ...(names.length === 0 && file === undefined ? [[base]] : []),
  ].map((entries) => ({ entries, also: all.filter((one) => one.id !== finding.id && !one.suppressed && silences(one, entries, now)) }));
  return [...ways].sort((a, b) => a.also.length - b.also.length || a.entries.length - b.entries.length)[0] ?? { entries: [base], also: [] };
}

/** A date that is there in the calendar and not over yet; undefined where it may be written. */
export function faultOfDate(until: string, now: Date): 'form' | 'past' | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(until) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  if (year === '' || date.getMonth() !== Number(month) - 1 || date.getDate() !== Number(day)) return 'form';
  return new Date(Number(year), Number(month) - 1, Number(day) + 1) <= now ? 'past' : undefined;
}
