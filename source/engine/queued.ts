import type { Machine } from '../model/machine.ts';
import type { Waiting } from '../settings/queues.ts';
import type { Docker } from '../system/system.ts';
import { containersNow } from './running.ts';

/** What was seen waiting in a broker: by its content type, and what could only be counted. */
export interface Queued {
  readonly types: ReadonlyMap<string, number>;
  readonly unknown: number;
}

/** More are not looked into; they are counted. */
const MOST = 500;
/** kombu keeps a queue of each priority under a name of its own. */
const STEPS = ['', '\x06\x163', '\x06\x166', '\x06\x169'];
/** Its own talk, and the queues by which callers get their results (`rpc://` names one by a uuid): not the project's tasks. */
const NOT_TASKS = /pidbox|^celeryev|^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/;

type Ask = (argv: readonly string[]) => Promise<readonly string[] | undefined>;

/** The type that an envelope names; what is inside is not looked at. */
function typeOf(line: string, wrapped: boolean): string | undefined {
  try {
    const read = JSON.parse(line) as unknown;
    const message = (wrapped && Array.isArray(read) ? read[0] : read) as Record<string, unknown>;
    const type = message['content-type'];
    return typeof type === 'string' ? type : undefined;
  } catch {
    return undefined;
  }
}

async function inRedis(ask: Ask, { queues }: Waiting): Promise<Queued | undefined> {
  const bound: string[] = [];
  for (const key of queues.length > 0 ? [] : ((await ask(['--scan', '--pattern', '_kombu.binding.*'])) ?? []).slice(0, 50)) {
    bound.push(...((await ask(['SMEMBERS', key])) ?? []).flatMap((entry) => entry.split('\x06\x16').at(-1) ?? []));
  }
  const names = [...new Set(queues.length > 0 ? queues : ['celery', ...bound])].filter((q) => q !== '' && !NOT_TASKS.test(q)).slice(0, 50);
  const types = new Map<string, number>();
  let unknown = 0;
  let answered = false;
  const take = (lines: readonly string[], length: number, wrapped: boolean): void => {
    for (const line of lines) {
      const type = typeOf(line, wrapped);
      if (type === undefined) unknown++;
      else types.set(type, (types.get(type) ?? 0) + 1);
    }
    unknown += Math.max(0, length - lines.length);
  };
  for (const key of names.flatMap((name) => STEPS.map((step) => name + step))) {
    const [length] = (await ask(['LLEN', key])) ?? [];
    if (length === undefined || !/^\d+$/.test(length)) continue;
    answered = true;
    if (length !== '0') take((await ask(['LRANGE', key, '0', String(MOST - 1)])) ?? [], Number(length), false);
  }
  // Handed out and not ended, or put off until their hour: a worker that stops puts them back.
  const [held] = (await ask(['HLEN', 'unacked'])) ?? [];
  if (held !== undefined && /^[1-9]\d*$/.test(held)) take(Number(held) <= MOST ? ((await ask(['HVALS', 'unacked'])) ?? []) : [], Number(held), true);
  return answered ? { types, unknown } : undefined;
}

async function inRabbit(ask: Ask, { queues, place }: Waiting): Promise<Queued | undefined> {
  const lines = await ask(['-q', 'list_queues', '-p', place, '--no-table-headers', 'name', 'messages']);
  if (!lines) return undefined;
  const all = lines.flatMap((line) => { const [, name = '', n = '0'] = /^(.*)\t(\d+)$/.exec(line) ?? []; return name !== '' && !NOT_TASKS.test(name) && (queues.length === 0 || queues.includes(name)) ? [Number(n)] : []; });
  // The type of one could only be told by taking it.
  return { types: new Map(), unknown: all.reduce((sum, n) => sum + n, 0) };
}

/** The broker is asked by its own client, in its own container; undefined where it gave no answer. */
export async function queued(waiting: Waiting, machine: Machine, docker: Docker): Promise<Queued | undefined> {
  const [container] = containersNow(machine, waiting.broker.name);
  if (!container) return undefined;
  const { kind, user, password, place } = waiting;
  const client = kind === 'redis' ? ['redis-cli', '-n', place, ...(user ? ['--user', user] : []), '--no-auth-warning'] : ['rabbitmqctl'];
  const env = kind === 'redis' && password ? { env: { REDISCLI_AUTH: password.reveal() } } : {};
  const ask: Ask = async (argv) => {
    const answer = await docker.ask({ kind: 'exec', container: container.id, argv: [...client, ...argv], ...env }).catch(() => undefined);
    if (answer?.code !== 0) return undefined;
    const lines = answer.stdout.split('\n').map((l) => l.replace(/\r$/, '')).filter((l) => l !== '');
    return /^(?:NOAUTH|WRONGPASS|NOPERM|ERR|\(error\))\b/.test(lines[0] ?? '') ? undefined : lines;
  };
  return kind === 'redis' ? inRedis(ask, waiting) : inRabbit(ask, waiting);
}
