import type { Undrained } from '../engine/drained.ts';
import { outsideOf } from '../engine/on-host.ts';
import type { Offer } from '../engine/session.ts';
import { SEVERITIES, type Finding, type Severity } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Choice, Plan } from '../model/plan.ts';
import { list, text, type Text } from '../model/text.ts';
import { SEVERITY } from '../report/terms.ts';
import { lacksUser } from '../settings/user-entry.ts';

export interface Wishes {
  readonly from: Severity;
  /** `--severity` was given: it holds for what is named as well. */
  readonly bounded?: boolean;
  /** `--risk`: these alone, of any severity unless one was given. */
  readonly risks: ReadonlySet<string>;
  /** `--fix`: another way than the recommended one, by risk. */
  readonly fixes: ReadonlyMap<string, string>;
  readonly safeOnly: boolean;
}

export interface Taken {
  readonly finding: Finding;
  readonly offer: Offer;
}

export interface Chosen {
  readonly taken: readonly Taken[];
  /** Steps that were left out by themselves when this was planned before, by their keys. */
  readonly without?: readonly string[];
  /** Findings that only words can help, with the words. */
  readonly byHand: readonly { readonly finding: Finding; readonly offers: readonly Offer[]; /** Why what the tool could do itself does not apply. */ readonly why?: Text }[];
  /** Wanted, but it can't be done here. */
  readonly passed: readonly { readonly finding: Finding; readonly why: Text }[];
}

const named = ({ risk }: Finding, { risks, fixes }: Wishes): boolean => risks.has(risk) || fixes.has(risk);

/** By severity, unless it was named: that is taken at any severity, but for one that was given beside it. What is ignored stays ignored, and a front door stays open. */
export function wanted(finding: Finding, wishes: Wishes): boolean {
  if (finding.suppressed) return false;
  const severe = SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(wishes.from);
  if (named(finding, wishes)) return severe || !wishes.bounded;
  return wishes.risks.size === 0 && !finding.onlyNamed && severe;
}

/** What a name brought in that nobody would expect, and what a severity beside it left out. */
export function bounds(findings: readonly Finding[], wishes: Wishes): readonly Text[] {
  const all = findings.filter((f) => !f.suppressed && named(f, wishes));
  const flag = (f: Finding): string => (wishes.risks.has(f.risk) ? `--risk ${f.risk}` : `--fix ${f.risk}`);
  return [
    ...all.filter((f) => !wanted(f, wishes)).map((f) => text(`Left out by --severity ${wishes.from}: ${f.title.en} (${f.severity})`, `因 --severity ${wishes.from} 未纳入：${f.title['zh-CN']}（${SEVERITY[f.severity]['zh-CN']}）`)),
    ...all.filter((f) => f.onlyNamed && wanted(f, wishes)).map((f) => text(`Open on purpose, and taken because ${flag(f)} names it: ${f.title.en}. --severity medium leaves it out`, `本来就该开着，因为 ${flag(f)} 点了名才纳入：${f.title['zh-CN']}。加 --severity medium 就不纳入`)),
  ];
}

const NO_WAY = text('no way out applies here', '没有适用的办法');
const NOT_SAFE = text('no way out is safe without being verified; without --safe-only it is taken and verified', '没有无需验证就安全的办法；不加 --safe-only 则会采用并验证');

/** Of several ways that are refused, the recommended one's reason, else the first one's. */
const whyNot = (offers: readonly Offer[]): { readonly why?: Text } => {
  const why = (offers.find((o) => o.recommended && o.refused) ?? offers.find((o) => o.refused))?.refused;
  return why ? { why } : {};
};

/** The first way of the row that applies and is not by hand: the recommended one, unless another was named. */
export function choose(findings: readonly Finding[], offersOf: ReadonlyMap<string, readonly Offer[]>, wishes: Wishes): Chosen {
  const taken: Taken[] = [];
  const byHand: { finding: Finding; offers: readonly Offer[]; why?: Text }[] = [];
  const passed: { finding: Finding; why: Text }[] = [];
  for (const finding of findings.filter((f) => wanted(f, wishes))) {
    const offers = offersOf.get(finding.id) ?? [];
    const named = offers.find((o) => o.fix === wishes.fixes.get(finding.risk));
    if (named?.safety === 'by-hand') byHand.push({ finding, offers: [named] });
    else if (named) {
      if (named.refused) passed.push({ finding, why: named.refused });
      else taken.push({ finding, offer: named });
    } else {
      const possible = offers.filter((o) => o.safety !== 'by-hand' && !o.refused);
      const allowed = possible.filter((o) => !wishes.safeOnly || o.safety === 'safe');
      const offer = allowed.find((o) => o.recommended) ?? allowed[0];
      const words = offers.filter((o) => o.safety === 'by-hand');
      if (offer) taken.push({ finding, offer });
      else if (possible.length > 0) passed.push({ finding, why: NOT_SAFE });
      else if (words.length > 0) byHand.push({ finding, offers: words, ...whyNot(offers) });
      else passed.push({ finding, why: offers.find((o) => o.refused)?.refused ?? NO_WAY });
    }
  }
  return { taken, byHand, passed };
}

export const choicesOf = (taken: readonly Taken[]): readonly Choice[] => taken.map(({ finding, offer }) => ({ finding: finding.id, risk: finding.risk, fix: offer.fix }));

const services = (finding: Finding): readonly string[] => finding.subjects.filter((s) => s.kind === 'service').map((s) => s.name);

const onHost = (name: string, machine: Machine): boolean => machine.services.some((s) => s.name === name && s.host !== undefined);

/** Something of a container, which only Docker can show to be mended. */
export const needsDocker = (finding: Finding, machine: Machine): boolean =>
  finding.subjects.some((s) => (s.kind === 'service' && !onHost(s.name, machine)) || s.kind === 'container' || s.kind === 'image');

/** Without Docker the fixes of containers are left to another time; those of the machine's own programs go on. */
export function withoutContainers(chosen: Chosen, machine: Machine): Chosen {
  const why = text('a container, and Docker is not there to verify it: with --files-only its files are written', '属于容器，而没有 Docker 可以验证：用 --files-only 则只写文件');
  const [away, stay] = [chosen.taken.filter((t) => needsDocker(t.finding, machine)), chosen.taken.filter((t) => !needsDocker(t.finding, machine))];
  return { ...chosen, taken: stay, passed: [...chosen.passed, ...away.map(({ finding }) => ({ finding, why }))] };
}

interface Outside {
  readonly what: string;
  readonly account: boolean;
  readonly because: readonly string[];
}

/** An account is made; a path lies outside and is changed. */
function notAllowed(all: readonly Outside[]): Text {
  const names = (account: boolean): readonly string[] => [...new Set(all.filter((o) => o.account === account).map((o) => o.what))];
  const [accounts, paths] = [list(names(true)), list(names(false))];
  const make = names(true).length === 0 ? [] : [text(`makes the account${names(true).length === 1 ? '' : 's'} ${accounts.en}`, `创建账号 ${accounts['zh-CN']}`)];
  const change = names(false).length === 0 ? [] : [text(`changes ${paths.en}, outside PATH`, `修改 PATH 之外的 ${paths['zh-CN']}`)];
  const does = [...make, ...change];
  return text(`it ${does.map((d) => d.en).join(' and ')}: add --system-files to allow that`, `它会${does.map((d) => d['zh-CN']).join('，并')}：加 --system-files 表示允许`);
}

/** Findings whose fix reaches outside PATH: nobody said that it may. */
export function withoutSystem(chosen: Chosen, plan: Plan): Chosen {
  const outside = plan.steps.flatMap((s): readonly Outside[] => {
    const what = outsideOf(s.change, plan.root);
    return what === undefined ? [] : [{ what, account: s.change.kind === 'make-account', because: s.because }];
  });
  const direct = (id: string): readonly Outside[] => outside.filter((o) => o.because.includes(id));
  // A finding that was brought along goes with those that were chosen: which of them needs it is not told here.
  const brought = plan.choices.filter((c) => !chosen.taken.some((t) => t.finding.id === c.finding)).flatMap((c) => direct(c.finding));
  const of = (id: string): readonly Outside[] => [...new Set([...direct(id), ...brought])];
  return {
    ...chosen,
    taken: chosen.taken.filter((t) => of(t.finding.id).length === 0),
    passed: [...chosen.passed, ...chosen.taken.flatMap(({ finding }) => {
      const all = of(finding.id);
      return all.length === 0 ? [] : [{ finding, why: notAllowed(all) }];
    })],
  };
}

/** Findings whose fix would lose messages that wait, and those whose fix can't do without theirs: the others go on. */
export function withoutUndrained(chosen: Chosen, plan: Plan, waiting: readonly Undrained[]): Chosen {
  const because = new Map(waiting.map(({ finding, what, next }) => [finding, text(`${what.en} ${next.en}`, `${what['zh-CN']}${next['zh-CN']}`)] as const));
  for (const [id, said] of because) {
    const title = plan.findings.find((f) => f.id === id)?.title;
    // One that was only brought along has no line of its own.
    const cause = chosen.taken.some((t) => t.finding.id === id) ? text('', '') : text(`. ${said.en}`, `。${said['zh-CN']}`);
    const needs = text(`it can't do without another one that is left out: ${title?.en ?? id}${cause.en}`, `它离不开另一个未纳入的：${title?.['zh-CN'] ?? id}${cause['zh-CN']}`);
    // What is added while this goes on is visited as well.
    for (const tie of plan.ties ?? []) if (tie.needs.includes(id) && !because.has(tie.finding)) because.set(tie.finding, needs);
  }
  const why = ({ finding }: Taken): Text | undefined => because.get(finding.id);
  return { ...chosen, taken: chosen.taken.filter((t) => !why(t)), passed: [...chosen.passed, ...chosen.taken.flatMap((t) => { const w = why(t); return w ? [{ finding: t.finding, why: w }] : []; })] };
}

/** The finding's services when none of them runs: then nothing could be observed, and nothing be verified. */
export function idle(finding: Finding, machine: Machine): readonly string[] {
  const names = services(finding);
  const runs = (name: string): boolean => machine.services.some((s) => s.name === name && ((s.host?.running && (s.pids ?? []).length > 0) || machine.containers.some((c) => (c.running || lacksUser(c)) && s.containers.includes(c.id))));
  return names.some(runs) ? [] : names;
}

/** `web does not run`, `web and worker do not run`; without Docker nobody knows. */
export function idleText(names: readonly string[], machine: Machine): Text {
  const all = list(names);
  if (!machine.docker && !names.every((n) => onHost(n, machine))) {
    const why = machine.blind.some((b) => b.what === 'Docker') ? text('Docker does not answer', 'Docker 没有响应') : text('Docker was not asked', '没有询问 Docker');
    return text(`whether ${all.en} ${names.length === 1 ? 'runs' : 'run'} is not known, ${why.en}`, `${all['zh-CN']} 是否在运行不得而知，${why['zh-CN']}`);
  }
  return text(`${all.en} ${names.length === 1 ? 'does' : 'do'} not run`, `${all['zh-CN']} 没有在运行`);
}

/** What may be applied with nobody watching: no guess, and, beyond files, nothing that can't be verified. */
export function unattended(chosen: Chosen, machine: Machine, filesOnly: boolean): Chosen {
  const reason = ({ finding }: Taken): Text | undefined => {
    if (finding.confidence === 'guess') return text('a guess: something could not be resolved, so it is not applied unattended', '只是推测：有内容无法解析，因此不会在无人确认时应用');
    const names = filesOnly ? [] : idle(finding, machine);
    const words = idleText(names, machine);
    return names.length === 0 ? undefined : text(`not observed: ${words.en}, so nothing could be verified; start it, or write the files alone with --files-only`, `未观察：${words['zh-CN']}，无法验证；请先启动，或用 --files-only 只写文件`);
  };
  return {
    ...chosen,
    taken: chosen.taken.filter((t) => !reason(t)),
    passed: [...chosen.passed, ...chosen.taken.flatMap((t) => {
      const why = reason(t);
      return why ? [{ finding: t.finding, why }] : [];
    })],
  };
}
