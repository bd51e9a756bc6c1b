import { splitWords } from '../../files/shellwords.ts';
import type { Compared } from '../../model/rehearsal.ts';
import { same, text, type Text } from '../../model/text.ts';
import type { Check } from '../watch.ts';
import { answerWords } from '../said-vital.ts';
import { compareVitals } from '../vitals.ts';
import type { Part } from './cast.ts';
import type { Ground } from './context.ts';
import { page } from './page.ts';
import type { Toolbox } from './probe.ts';
import type { Copy, World } from './world.ts';

/** What one copy answered; undefined where nothing of it could be asked. */
interface Answer {
  readonly said: Text;
  /** A URL: as vitals have it. A command: what it ended with. */
  readonly answer?: string;
}

interface Asking {
  readonly ground: Ground;
  readonly asks: Toolbox | undefined;
  /** Ports inside that the plan moves, by service. */
  readonly moved: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Who is meant where the words name nobody. */
  readonly first: string;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/;

const names = ({ name, raw }: Part): readonly string[] => [name, raw.Config.Labels?.['com.docker.compose.service'] ?? '', raw.Name.replace(/^\//, '')];

/** Inside port that the engine publishes on this one. */
const behind = ({ raw }: Part, outside: number): number | undefined =>
  Object.entries(raw.NetworkSettings.Ports ?? {}).flatMap(([key, to]) => (key.endsWith('/tcp') && (to ?? []).some((t) => Number(t.HostPort) === outside) ? [Number(key.split('/')[0])] : []))[0];

/** Whom a URL means: a service by its name, or the one that is published on that port of this machine. */
export function meant(url: URL, parts: readonly Part[]): { readonly part: Part; readonly port: number; readonly published: boolean } | undefined {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const named = parts.find((p) => names(p).includes(url.hostname));
  if (named) return { part: named, port, published: false };
  const out = LOOPBACK.test(url.hostname) ? parts.find((p) => behind(p, port) !== undefined) : undefined;
  return out ? { part: out, port: behind(out, port) ?? port, published: true } : undefined;
}

/** What one command may take. */
const PATIENCE_MS = 30_000;

const NOBODY = text('no service of these copies goes by that', '这些副本里没有对应的服务');
const MUTE = text('could not be asked', '无法询问');
const UNUP = text('does not run', '没有在运行');

async function visited(url: URL, world: World, planned: boolean, { ground, asks, moved }: Asking): Promise<Answer & { readonly service?: string }> {
  const found = meant(url, [...world.copies.values()].map((c) => c.part));
  const copy = found && world.copies.get(found.part.name);
  if (!found || !copy) return { said: NOBODY };
  const service = found.part.name;
  if (copy.refused !== undefined) return { said: UNUP, answer: 'nothing', service };
  const port = planned && found.published ? (moved.get(service)?.get(found.port) ?? found.port) : found.port;
  const answer = await page(ground, copy.id, { secure: url.protocol === 'https:', port, path: `${url.pathname}${url.search}`, host: url.host }, asks);
  return { said: answer === undefined ? MUTE : answerWords(answer), ...(answer === undefined ? {} : { answer }), service };
}

/** The words for a service's copy: its name in front, else the first that the plan replaces. */
export function addressed(words: string, services: readonly string[], first: string): { readonly service: string; readonly argv: readonly string[] } {
  const argv = splitWords(words).words.map((w) => w.value);
  const name = argv[0]?.replace(/:$/, '') ?? '';
  return argv.length > 1 && services.includes(name) ? { service: name, argv: argv.slice(1) } : { service: first, argv };
}

async function ran(argv: readonly string[], copy: Copy | undefined, { ground }: Asking): Promise<Answer> {
  if (!copy || copy.refused !== undefined) return { said: UNUP, answer: '-' };
  // One that waits for ever ends with its copy.
  const done = await Promise.race([ground.docker.ask({ kind: 'exec', container: copy.id, argv }).catch(() => undefined), ground.system.pause(PATIENCE_MS)]);
  if (!done) return { said: MUTE };
  const last = `${done.stdout}\n${done.stderr}`.split('\n').filter((l) => l.trim()).at(-1)?.trim().slice(0, 200);
  return { said: text(`ended with ${done.code}${last ? `: ${last}` : ''}`, `以 ${done.code} 结束${last ? `：${last}` : ''}`), answer: String(done.code) };
}

/** What fails in the copy as it is, too, says nothing of the fix. */
function resultOf(kind: Check['kind'], a: Answer, b: Answer): Compared['result'] {
  if (a.answer === undefined || b.answer === undefined) return 'cannot-tell';
  if (kind === 'command') return a.answer !== '0' ? 'cannot-tell' : b.answer === '0' ? 'same' : 'WORSE';
  if (a.answer === 'nothing') return 'cannot-tell';
  return compareVitals([{ service: '', what: '', before: a.answer }], [{ service: '', what: '', before: b.answer }])[0]?.result ?? 'cannot-tell';
}

async function askedOf(check: Check, worlds: readonly [World, World], asking: Asking): Promise<Compared> {
  if (check.kind === 'url') {
    const url = new URL(check.url);
    const [a, b] = await Promise.all([visited(url, worlds[0], false, asking), visited(url, worlds[1], true, asking)]);
    return { service: a.service ?? '', what: same(check.url), asIs: a.said, asPlanned: b.said, result: resultOf('url', a, b), own: true };
  }
  const { service, argv } = addressed(check.words, [...worlds[0].copies.keys()], asking.first);
  const [a, b] = await Promise.all(worlds.map((w) => ran(argv, w.copies.get(service), asking)));
  return { service, what: same(argv.join(' ')), asIs: a?.said ?? MUTE, asPlanned: b?.said ?? MUTE, result: a && b ? resultOf('command', a, b) : 'cannot-tell', own: true };
}

/** The person's own questions, asked in both copies: a URL from inside the network of whom it means, a command where it says. */
export async function ownRows(own: readonly Check[], worlds: readonly [World, World], asking: Asking): Promise<readonly Compared[]> {
  const rows: Compared[] = [];
  // One after the other: a command may be one that the next builds on.
  for (const check of own) rows.push(await askedOf(check, worlds, asking));
  return rows;
}
