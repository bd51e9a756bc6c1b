import type { FileDiff, Offer } from '../../../engine/session.ts';
import type { Finding } from '../../../model/finding.ts';
import { list, text, type Text } from '../../../model/text.ts';
import { offersOf, type Decision, type Wizard } from '../../wizard.ts';

/** A row of the list: a finding, or several of one kind that are told, and decided, together. Its id is that of the first. */
export interface Row extends Finding {
  readonly members?: readonly string[];
  /** The head under which it stands in the list, where that has heads. */
  readonly under?: string;
}

export const membersOf = (row: Row): readonly string[] => row.members ?? [row.id];

/** What was decided for it; an ignored row has its lines under its first one. */
export function decisionOf(wizard: Wizard, id: string): Decision | undefined {
  const own = wizard.decisions.get(id);
  if (own) return own;
  for (const one of wizard.decisions.values()) if (one.kind === 'ignore' && one.also?.includes(id)) return one;
  return undefined;
}

const decided = (wizard: Wizard, id: string): string => {
  const decision = decisionOf(wizard, id);
  return decision?.kind === 'fix' ? `fix ${decision.fix}` : decision?.kind ?? '';
};

/** So many services have names in a title; more are counted. */
const NAMED = 2;

export const servicesOf = (one: Finding): readonly string[] => [...new Set(one.subjects.filter((subject) => subject.kind === 'service').map((subject) => subject.name))];

function title(all: readonly Finding[], plural: Text): Text {
  const names = [...new Set(all.flatMap(servicesOf))];
  const who = names.length > NAMED ? text(`${names.length} services`, `${names.length} 个服务`) : list(names);
  return text(`${who.en} ${plural.en}`, `${who['zh-CN']}${names.length > NAMED ? '' : ' '}${plural['zh-CN']}`);
}

export function joined(all: readonly [Finding, ...Finding[]]): Row {
  const [first] = all;
  if (all.length === 1 || !first.plural) return first;
  return {
    ...first,
    title: title(all, first.plural),
    short: undefined, head: undefined,
    subjects: all.flatMap((one) => one.subjects), places: all.flatMap((one) => one.places), chain: all.flatMap((one) => one.chain),
    seen: all.flatMap((one) => one.seen), from: all.flatMap((one) => one.from),
    members: all.map((one) => one.id),
  };
}

/** Findings that say the same of several services are one row, as long as they are decided the same way. */
export function inRows(findings: readonly Finding[], wizard: Wizard): readonly Row[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const one of findings) {
    const key = one.plural ? [one.risk, one.severity, one.confidence, one.plural.en, one.suppressed === undefined, one.foreign?.en ?? '', decided(wizard, one.id)].join('\n') : one.id;
    const there = groups.get(key);
    if (there) there.push(one);
    else groups.set(key, [one]);
  }
  // Two rows about the same services name them in the same order.
  const order = (wizard.looking.machine?.services ?? []).map((service) => service.name);
  const rank = (one: Finding): number => order.indexOf(servicesOf(one)[0] ?? '');
  return [...groups.values()].map(([first, ...rest]) => joined([first, ...rest].sort((a, b) => rank(a) - rank(b)) as [Finding, ...Finding[]]));
}

/** The first finding of a row as its screen has it, with what the others are about. */
export function rowOf(wizard: Wizard, id: string, members: readonly string[] = [id]): Row | undefined {
  const all = members.flatMap((member) => wizard.looking.findings.find((one) => one.id === member) ?? []);
  const [first, ...rest] = all;
  return first && first.id === id ? joined([first, ...rest]) : wizard.looking.findings.find((one) => one.id === id);
}

const headOf = (patch: string): string => patch.slice(0, Math.max(0, patch.indexOf('\n@@') + 1));
const hunksOf = (patch: string): readonly string[] => (patch.includes('\n@@') ? patch.slice(patch.indexOf('\n@@') + 1).split(/^(?=@@)/m) : []);
const beginOf = (hunk: string): number => Number(/^@@ -(\d+)/.exec(hunk)?.[1] ?? 0);

/** What each of them changes in one file, as one diff of it: for looking at, the plan makes its own. */
function together(diffs: readonly FileDiff[]): readonly FileDiff[] {
  const paths = [...new Set(diffs.map((diff) => diff.path))];
  return paths.map((path) => {
    const all = diffs.filter((diff) => diff.path === path);
    const first = all[0]!;
    const hunks = [...new Set(all.flatMap((diff) => hunksOf(diff.patch)))].sort((a, b) => beginOf(a) - beginOf(b));
    if (all.length === 1 || hunks.length === 0) return first;
    const sum = (of: (diff: FileDiff) => number): number => all.reduce((n, diff) => n + of(diff), 0);
    return { ...first, patch: `${headOf(first.patch)}${hunks.map((one) => (one.endsWith('\n') ? one : `${one}\n`)).join('')}`, added: sum((d) => d.added), removed: sum((d) => d.removed), secrets: all.flatMap((d) => d.secrets ?? []) };
  });
}

type Along = NonNullable<NonNullable<Offer['proposal']>['along']>;

/** What comes along with each of them; what is not the same for all of them says whose it is. */
function alongside(all: readonly (readonly [service: string, along: Along])[]): Along {
  const rows = all.flatMap(([service, along]) => along.map((row) => ({ service, row, key: JSON.stringify([row.label, row.text]) })));
  return [...new Set(rows.map(({ key }) => key))].flatMap((key) => {
    const same = rows.filter((one) => one.key === key);
    const [first] = same;
    if (!first || same.length === all.length) return first?.row ?? [];
    const whose = list(same.map((one) => one.service));
    return { ...first.row, text: text(`${whose.en}: ${first.row.text.en}`, `${whose['zh-CN']}：${first.row.text['zh-CN']}`) };
  });
}

/** Ways out of a row, once those of all its findings are known: each with all that it would change. */
export function rowOffers(wizard: Wizard, id: string, members: readonly string[] = [id]): readonly Offer[] | undefined {
  const known = members.map((member) => [wizard.looking.findings.find((one) => one.id === member), offersOf(wizard, member)] as const);
  const first = offersOf(wizard, id);
  if (!first || known.some(([, offers]) => offers === undefined)) return undefined;
  if (known.length === 1) return first;
  return first.map((offer) => {
    const alike = known.flatMap(([finding, offers]) => ((one) => (one && one.refused === undefined ? [{ service: finding ? servicesOf(finding).join(', ') : '', one }] : []))(offers?.find(({ fix }) => fix === offer.fix)));
    const along = alongside(alike.map(({ service, one }) => [service, one.proposal?.along ?? []]));
    const diffs = together(offer.refused === undefined ? alike.flatMap(({ one }) => one.diffs) : [...offer.diffs, ...alike.flatMap(({ one }) => one.diffs)]);
    return { ...offer, ...(offer.proposal ? { proposal: { ...offer.proposal, along } } : {}), diffs };
  });
}
