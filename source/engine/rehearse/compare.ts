import type { Compared, Rehearsal } from '../../model/rehearsal.ts';
import { same, text, type Text } from '../../model/text.ts';
import { answerWords, askedWords } from '../said-vital.ts';
import { compareVitals } from '../vitals.ts';
import { telling } from '../telling.ts';
import { asked, PONG } from '../worker-answers.ts';
import type { Facts } from './facts.ts';
import { lostBy, whoWrites } from './writes.ts';
import { cutOff, DIED, LOST } from './means.ts';

/** What the plan itself makes other than it was. */
export interface Expected {
  /** Ports that are others from now on: old to new. */
  readonly moved: ReadonlyMap<number, number>;
  /** Ports that are closed, or moved to a socket, on purpose; all of them where the proof names none. */
  readonly closed: ReadonlySet<number> | 'any';
  /** Ports that others reach: their loss counts even where the number is one that the kernel gives away. */
  readonly published: ReadonlySet<number>;
  /** Ports that a finding is about: of one that only goes along nothing is gone. */
  readonly promised: (port: number) => boolean;
}

export const NOTHING_EXPECTED: Expected = { moved: new Map(), closed: new Set(), published: new Set(), promised: () => false };

type Result = Compared['result'];
const YES = text('yes', '可以');
const NO = text('no', '不可以');
/** From here on the kernel gives ports away by itself. */
const EPHEMERAL = 32_768;

const uids = (f: Facts): readonly number[] => [...new Set(f.live.processes.map((p) => p.uid.effective))].sort((a, b) => a - b);
const who = (f: Facts, bare: boolean): string => uids(f).map((u) => (u === 0 ? 'root' : String(u))).join(', ') + (bare ? ', no capabilities' : '');
/** Somebody in there is root. */
export const hasRoot = (f: Facts): boolean => uids(f).includes(0);
const powerless = (f: Facts): boolean => f.live.processes.length > 0 && f.live.processes.every((p) => p.capEff === 0n);

/** Other than it was, and meant to be: two copies differ by the plan alone, and beside another value a bare "same" would contradict it. */
const asPlanned = (said: Text): Text => text(`${said.en}, as planned`, `${said['zh-CN']}（方案如此）`);

function runsAs(a: Facts, b: Facts): { readonly texts: readonly [Text, Text]; readonly result: Result } {
  const [old, now] = [uids(a), uids(b)];
  const bare = powerless(b) && !powerless(a);
  const said = (f: Facts, without: boolean): Text => text(who(f, without), who(f, without).replace(', no capabilities', '，无 capability').replaceAll(', ', '、'));
  const equal = old.join() === now.join();
  // One program of several that steps down is told by the proof of its own finding: here root is there still.
  const better = hasRoot(a) && !hasRoot(b);
  const result = equal && !bare ? 'same' : better || bare ? 'gone' : hasRoot(b) && !hasRoot(a) ? 'WORSE' : 'same';
  return { texts: [said(a, false), result === 'same' && !equal ? asPlanned(said(b, false)) : said(b, bare)], result };
}

const portsOf = (f: Facts): readonly number[] => [...new Set(f.live.listeners.map((l) => l.port))].sort((x, y) => x - y);

const ports = (f: Facts): Text => {
  const list = portsOf(f).filter((p) => p < EPHEMERAL);
  return list.length === 0 ? text('nothing', '无') : text(list.join(', '), list.join('、'));
};

function listens(a: Facts, b: Facts, expected: Expected): { readonly asPlanned: Text; readonly result: Result } {
  const [old, now] = [portsOf(a), portsOf(b)];
  const lost = old.filter((p) => !now.includes(p) && (p < EPHEMERAL || expected.published.has(p)));
  const meant = (p: number): boolean => expected.closed === 'any' || expected.closed.has(p) || (expected.moved.has(p) && now.includes(expected.moved.get(p) ?? 0));
  if (lost.length === 0 || !lost.every(meant)) return { asPlanned: ports(b), result: lost.length === 0 ? 'same' : 'WORSE' };
  if (!lost.some(expected.promised)) return { asPlanned: asPlanned(ports(b)), result: 'same' };
  // What is gone is the old port: beside the new one alone the Chinese word would be about that.
  const others = ports(b);
  return { asPlanned: text(others.en, `${others['zh-CN']}（不再监听 ${lost.join('、')}）`), result: 'gone' };
}

const bare = (line: string): string => line.replace(/\[[^\]]*\]/g, '').replace(/\d+/g, '').trim();

/** Complaints of the new log that the old one has not. */
export function fresh(old: string, now: string): readonly string[] {
  const known = new Set(old.split('\n').map(bare));
  return telling(now).filter((line) => !known.has(bare(line)) && /error|denied|not permitted|read-only|fail|cannot|can't|fatal|critical|exception/i.test(line));
}

const state = (f: Facts): Text => (f.state === 'running' ? text('runs', '运行') : text(`ended (${f.ended ?? ''})`, `已结束（${f.ended ?? ''}）`));

/** One service in both copies, fact by fact: what can be seen from outside first. */
export function compared(service: string, a: Facts, b: Facts, expected: Expected): readonly Compared[] {
  const row = (what: Text, asIs: Text, asPlanned: Text, result: Result): Compared => ({ service, what, asIs, asPlanned, result });
  const rows: Compared[] = [];
  const [up, upNow] = [a.state === 'running', b.state === 'running'];
  if (up && upNow) {
    const { texts, result } = runsAs(a, b);
    if (uids(a).length > 0 && uids(b).length > 0) rows.push(row(text('runs as', '运行身份'), texts[0], texts[1], result));
  } else rows.push(row(text('runs', '是否运行'), state(a), state(b), up ? 'WORSE' : 'cannot-tell'));
  if (!up || !upNow) return rows;
  if (a.health !== undefined || b.health !== undefined) {
    const unsure = a.health !== 'healthy' || b.health === 'starting' || b.health === undefined;
    rows.push(row(askedWords('health'), answerWords(a.health ?? '–'), answerWords(b.health ?? '–'), unsure ? 'cannot-tell' : b.health === 'healthy' ? 'same' : 'WORSE'));
  }
  if (portsOf(a).some((p) => p < EPHEMERAL)) {
    const { asPlanned, result } = listens(a, b, expected);
    rows.push(row(text('listens on', '监听端口'), ports(a), asPlanned, result));
  }
  for (const [port, answer] of a.answers) {
    const now = expected.moved.get(port) ?? port;
    if (expected.closed !== 'any' && expected.closed.has(port) && !expected.moved.has(port)) continue;
    if (answer === 'nothing' && b.answers.get(now) === 'nothing') continue;
    const [vital] = compareVitals([{ service, what: '', before: answer }], [{ service, what: '', before: b.answers.get(now) ?? 'nothing' }]);
    const known = b.answers.has(now) || (b.live.processes.length > 0 && !portsOf(b).includes(now));
    const lost = expected.closed === 'any' && !portsOf(b).includes(now);
    if (lost) continue;
    // Copies have no ports outside: it is the one that the service itself listens on.
    const asked = /^\d/.test(answer) ? askedWords(`GET / on ${port}`) : text(`port ${port} inside`, `容器内端口 ${port}`);
    // Asked where it is by then.
    const what = now === port ? asked : text(`${asked.en}, then ${now}`, asked['zh-CN'].replace(String(port), `${port}（之后 ${now}）`));
    rows.push(row(what, answerWords(answer), answerWords(b.answers.get(now) ?? (known ? 'nothing' : '?')), known ? (vital?.result ?? 'cannot-tell') : 'cannot-tell'));
  }
  for (const [place, may] of a.writes) {
    if (may !== true) continue;
    const lost = lostBy(a.each?.get(place), b.each?.get(place));
    const now = lost.length > 0 ? false : b.writes.get(place);
    // Where several programs work in there, which of them it is: the others may go on as before.
    const names = (a.each?.get(place)?.size ?? 0) > 1 ? whoWrites(lost) : undefined;
    const no = names ? text(`${NO.en}: ${names.en}`, `${NO['zh-CN']}：${names['zh-CN']}`) : NO;
    rows.push(row(text(`writes ${place}`, `可写 ${place}`), YES, now === undefined ? text('?', '？') : now ? YES : no, now === undefined ? 'cannot-tell' : now ? 'same' : 'WORSE'));
  }
  for (const [worker, said] of a.workers ?? []) {
    // One that does not answer in the copy as it is (its broker is elsewhere, say) tells nothing.
    if (said !== PONG) continue;
    const now = b.workers?.get(worker) ?? 'nothing';
    rows.push(row(askedWords(asked(worker)), answerWords(said), answerWords(now), now === PONG ? 'same' : 'WORSE'));
  }
  const complaints = fresh(a.log, b.log);
  const died = complaints.find((line) => DIED.test(line) || LOST.test(line) || cutOff(line, b.log));
  const first = died ?? complaints[0];
  if (first !== undefined) rows.push(row(text('log', '日志'), text('nothing of this', '没有这一行'), same(first), died !== undefined ? 'WORSE' : 'cannot-tell'));
  return rows;
}

const good = (r: Compared): boolean => r.result === 'same' || r.result === 'gone';
const isLog = (r: Compared): boolean => r.what.en === 'log';

/** Breaks where one thing got worse; holds where nothing did, and something of every replaced service could be compared. `idle` do not run. */
export function outcomeOf(rows: readonly Compared[], replaced: readonly string[], idle: readonly string[] = []): Pick<Rehearsal, 'outcome' | 'why'> & { readonly worse?: Compared } {
  const worse = rows.find((r) => r.result === 'WORSE' && !isLog(r)) ?? rows.find((r) => r.result === 'WORSE' || r.result === 'left');
  if (worse) return { outcome: 'breaks', worse };
  const unknown = replaced.find((s) => !rows.some((r) => r.service === s && good(r)));
  if (unknown !== undefined && idle.includes(unknown)) {
    return { outcome: 'cannot-tell', why: text(`${unknown} does not run, so there is nothing to compare it with. Start it and rehearse again; applied as it is, the plan starts it.`, `${unknown} 没有在运行，因此没有可比较的对象。先启动它，再预演一次；如果直接应用，方案会启动它。`) };
  }
  if (unknown !== undefined) {
    const bad = rows.find((r) => r.service === unknown && r.result === 'cannot-tell');
    return { outcome: 'cannot-tell', why: bad ? text(`${unknown} as it is: ${bad.what.en}: ${bad.asIs.en}, in a copy. So nothing can be compared.`, `${unknown} 现状的副本也是这样：${bad.what['zh-CN']}“${bad.asIs['zh-CN']}”。因此无法比较。`) : text(`Nothing of ${unknown} could be compared.`, `${unknown} 没有可比较的内容。`) };
  }
  return { outcome: 'holds' };
}
