import type { Finding } from '../../../model/finding.ts';
import { SEVERITIES } from '../../../model/finding.ts';
import type { Search } from '../../search.ts';
import { noSearch } from '../../search.ts';
import type { Wizard } from '../../wizard.ts';
import { decisionOf, inRows, joined, membersOf, type Row } from './rows.ts';

/** In what order, and under which heads. Worst first wherever it is the order within a head. */
export const GROUPS = ['severity', 'service', 'risk', 'file'] as const;
export type Group = (typeof GROUPS)[number];

export interface FindingsScreen {
  readonly name: 'findings';
  readonly group: Group;
  /** The highlighted finding; the first one while none was highlighted. */
  readonly at?: string;
  /** The head under which it is highlighted: what is about several services stands under each of them. */
  readonly under?: string;
  /** Low and info findings are shown too. */
  readonly low: boolean;
  readonly search: Search;
  /** Findings whose recommended way is taken as soon as it is known. */
  readonly taking: readonly string[];
  /** Where nothing is to be listed: the first row shown of what was looked for. */
  readonly top?: number;
}

export const findingsScreen: FindingsScreen = { name: 'findings', group: 'severity', low: false, search: noSearch, taking: [] };

const rank = (finding: Finding): number => SEVERITIES.indexOf(finding.severity);
const isLow = (finding: Finding): boolean => rank(finding) > SEVERITIES.indexOf('medium');

/** Worst first; the order of the session is kept among equals. What is not this project's comes behind: nothing can be done about it here. */
const sorted = <F extends Finding>(findings: readonly F[]): readonly F[] => [...findings].sort((a, b) => Number(a.foreign !== undefined) - Number(b.foreign !== undefined) || rank(a) - rank(b));

const open = <F extends Finding>(findings: readonly F[]): readonly F[] => findings.filter((finding) => finding.suppressed === undefined);

/** The services a finding is about; what else it names where it is about none. */
export function whereOf(finding: Finding): readonly string[] {
  const services = finding.subjects.filter((one) => one.kind === 'service');
  return [...new Set((services.length > 0 ? services : finding.subjects).map((one) => one.name))];
}

/** What is worth a look: medium and above, not ignored. */
export const mainFindings = <F extends Finding>(findings: readonly F[]): readonly F[] => sorted(open(findings).filter((finding) => !isLow(finding)));

/** What can be dealt with here; what is not this project's is shown, and that is all. */
export const ownFindings = <F extends Finding>(findings: readonly F[]): readonly F[] => findings.filter((finding) => finding.foreign === undefined);

export const lowFindings = <F extends Finding>(findings: readonly F[]): readonly F[] => sorted(open(findings).filter(isLow));

/** What was ignored just now stays in the list, with its mark. */
const inList = (wizard: Wizard): readonly Finding[] =>
  wizard.looking.findings.map((one) => (decisionOf(wizard, one.id)?.kind === 'ignore' ? { ...one, suppressed: undefined } : one));

/** Low ones that say the same of several services are one row. */
const rowsIn = (all: readonly Finding[], wizard: Wizard): readonly Row[] => [...mainFindings(all), ...inRows(lowFindings(all), wizard)];

const numbers = new WeakMap<Wizard, readonly Row[]>();

/** Everything that has a number, worst first; low ones come last. One frame asks for it many times. */
export function numbered(wizard: Wizard): readonly Row[] {
  const all = numbers.get(wizard) ?? rowsIn(inList(wizard), wizard);
  numbers.set(wizard, all);
  return all;
}

/** The number of every row, under the id of each finding of it: the same in every grouping. */
export const numbersOf = (wizard: Wizard): ReadonlyMap<string, number> =>
  new Map(numbered(wizard).flatMap((row, i) => membersOf(row).map((id) => [id, i + 1] as const)));

/** Under which heads a finding stands: each service that it is about. The empty one is said in words. */
function headsOf(group: Exclude<Group, 'severity'>, finding: Finding): readonly string[] {
  switch (group) {
    case 'service': return whereOf(finding);
    case 'risk': return [finding.risk];
    case 'file': return [finding.places[0]?.file ?? ''];
  }
}

/** Groups in the order of their worst, each with its own. Several that are told together part where their heads do. */
function grouped(group: Group, all: readonly Row[], findings: readonly Finding[]): readonly Row[] {
  if (group === 'severity') return all;
  const byId = new Map(findings.map((one) => [one.id, one]));
  const groups = new Map<string, Row[]>();
  for (const row of all) {
    const under = new Map<string, Finding[]>();
    for (const one of membersOf(row).flatMap((id) => byId.get(id) ?? [])) for (const head of headsOf(group, one)) under.set(head, [...(under.get(head) ?? []), one]);
    for (const [head, [first, ...rest]] of under) {
      const part = !first || rest.length + 1 === membersOf(row).length ? row : joined([first, ...rest]);
      groups.set(head, [...(groups.get(head) ?? []), { ...part, under: head }]);
    }
  }
  return [...groups.values()].flat();
}

/** What is shown before any filter: folded or not, in its order. */
export function unfiltered(screen: FindingsScreen, wizard: Wizard): readonly Row[] {
  const rows = numbered(wizard);
  return grouped(screen.group, screen.low ? rows : mainFindings(rows), inList(wizard));
}

/** The rows of the list as it stands: folded or not, and filtered. */
export function listed(screen: FindingsScreen, wizard: Wizard): readonly Row[] {
  const word = screen.search.word.toLowerCase();
  if (word === '') return unfiltered(screen, wizard);
  // Who looks for a word looks among the folded ones, too.
  const all = unfiltered({ ...screen, low: true }, wizard);
  const { lang } = wizard.given;
  return all.filter((finding) => [finding.title[lang], finding.risk, finding.severity, ...finding.subjects.map((one) => one.name)].some((text) => text.toLowerCase().includes(word)));
}

export function indexOf(screen: FindingsScreen, rows: readonly Row[]): number {
  const at = screen.at ?? '';
  const there = rows.flatMap((row, i) => (row.id === at || row.members?.includes(at) ? [i] : []));
  return there.find((i) => rows[i]?.under === screen.under) ?? there[0] ?? 0;
}

/** The list with that row highlighted. */
export const highlight = (screen: FindingsScreen, row: Row | undefined): FindingsScreen => ({ ...screen, at: row?.id, under: row?.under });

export const highlighted = (screen: FindingsScreen, wizard: Wizard): Row | undefined => {
  const rows = listed(screen, wizard);
  return rows[indexOf(screen, rows)];
};

/** The finding to go to after a decision: the next open one below, or where we are. */
export function nextOpen(screen: FindingsScreen, wizard: Wizard): FindingsScreen {
  const rows = listed(screen, wizard);
  const from = indexOf(screen, rows);
  const ahead = [...rows.slice(from), ...rows.slice(0, from)].find((row) => decisionOf(wizard, row.id) === undefined && !screen.taking.includes(row.id));
  return highlight(screen, ahead ?? rows[from]);
}

export interface Counts {
  readonly chosen: number;
  readonly skipped: number;
  readonly ignored: number;
  readonly open: number;
  /** Low ones that nothing was decided for. */
  readonly low: number;
}

/** Rows of which something is among these findings, and of how many: what is worth a look, and any low one that was chosen. */
export function chosenRows(wizard: Wizard, chosen: readonly string[]): { readonly chosen: number; readonly of: number } {
  const rows = numbered(wizard);
  const taken = rows.filter((row) => membersOf(row).some((id) => chosen.includes(id)));
  return { chosen: taken.length, of: new Set([...mainFindings(ownFindings(rows)), ...taken].map((row) => row.id)).size };
}

/** Decisions among what is worth a look; a chosen low one counts as chosen. */
export function counts(wizard: Wizard): Counts {
  const rows = numbered(wizard);
  const decided = rows.map((row) => decisionOf(wizard, row.id)?.kind);
  const undecided = ownFindings(rows).filter((row) => decisionOf(wizard, row.id) === undefined);
  return { chosen: decided.filter((kind) => kind === 'fix').length, skipped: decided.filter((kind) => kind === 'skip').length, ignored: decided.filter((kind) => kind === 'ignore').length, open: mainFindings(undecided).length, low: lowFindings(undecided).length };
}
