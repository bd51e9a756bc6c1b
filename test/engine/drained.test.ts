import assert from 'node:assert/strict';
import { it } from 'node:test';
import { mustBeDrained, undrained } from '../../source/engine/drained.ts';
import { Stop } from '../../source/model/errors.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { System } from '../../source/system/system.ts';
import { json, pickled } from '../helpers/celery.ts';
import { machineOf } from '../helpers/case.ts';

const SETTINGS = { pickle: "task_serializer = 'pickle'\naccept_content = ['pickle', 'json']\n", json: "task_serializer = 'json'\naccept_content = ['pickle', 'json']\n" };

/** A worker and its broker, which run. `url`: as compose gives it to the worker. */
const machine = (sends: keyof typeof SETTINGS, { url = 'redis://:hunter2@queue:6379/3', image = 'redis:7' } = {}): Promise<Machine> => machineOf({
  'compose.yaml': `services:\n  worker:\n    build: .\n    command: celery -A tide.tasks worker\n    environment:\n      CELERY_BROKER_URL: ${url}\n  queue:\n    image: ${image}\n`,
  Dockerfile: 'FROM python:3.12-slim\nWORKDIR /srv\nCOPY . .\n', 'tide/__init__.py': '', 'tide/celeryconfig.py': SETTINGS[sends],
  'tide/tasks.py': "from celery import Celery\napp = Celery('tide')\napp.config_from_object('tide.celeryconfig')\n",
}, { containers: [
  { service: 'worker', env: { CELERY_BROKER_URL: url }, processes: [{ pid: 1, uid: 10001, argv: ['celery', '-A', 'tide.tasks', 'worker'] }] },
  { service: 'queue', image, processes: [{ pid: 2, uid: 999, argv: [image.startsWith('redis') ? 'redis-server' : 'rabbitmq-server'] }] },
] });

const plan = (accept: readonly string[], due = false): Plan => ({
  owed: [{ finding: 'f', proofs: [{ kind: 'serializers', service: 'worker', accept }], ...(due ? { due: { en: '', 'zh-CN': '' } } : {}) }],
  findings: [{ id: 'f', detail: { file: 'tide/celeryconfig.py' } }],
}) as unknown as Plan;

interface Asked {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A redis that holds these lists and hashes, and answers as `redis-cli` prints. */
function redis(keys: Readonly<Record<string, readonly string[]>>): { readonly asked: Asked[]; readonly system: System } {
  const asked: Asked[] = [];
  const docker = { ask: async (q: Asked) => {
    asked.push(q);
    const at = q.argv.findIndex((w) => ['LLEN', 'LRANGE', 'HLEN', 'HVALS', 'SMEMBERS', '--scan'].includes(w));
    const [verb, key = ''] = q.argv.slice(at);
    const lines = verb === '--scan' ? Object.keys(keys).filter((k) => k.startsWith('_kombu')) : verb === 'LLEN' || verb === 'HLEN' ? [String(keys[key]?.length ?? 0)] : (keys[key] ?? []);
    return { code: 0, stdout: `${lines.join('\n')}\n`, stderr: '' };
  } };
  return { asked, system: { docker } as unknown as System };
}

const refusal = (words: RegExp, hint: RegExp) => (e: unknown): boolean => e instanceof Stop && e.exitCode === 2 && words.test(e.what.en) && hint.test(e.next.map((n) => n.en).join(' '));

it('pickled messages that wait, or were handed out, keep JSON alone from being begun', async () => {
  const { asked, system } = redis({ celery: [pickled().text, json('tide.high', []).text], unacked: [JSON.stringify([JSON.parse(pickled().text), '', 'celery'])] });
  await assert.rejects(mustBeDrained(plan(['json']), await machine('pickle'), system), refusal(/^2 messages wait for worker in queue, pickled,/, /pickle-serializer=drain-first/));
  assert.ok(asked.every((q) => q.argv[0] === 'redis-cli' && q.argv[2] === '3' && !q.argv.join(' ').includes('hunter2') && q.env?.['REDISCLI_AUTH'] === 'hunter2'), 'by its own client, with the password in no word');
});

it('each choice is named by itself, with what to do instead', async () => {
  const { system } = redis({ celery: [pickled().text] });
  const all = await undrained(plan(['json']), await machine('pickle'), system);
  assert.deepEqual(all.map((u) => u.finding), ['f']);
  assert.match(all[0]!.what.en, /^1 message waits for worker in queue, pickled, and it would throw it away: afterwards it reads json alone\.$/);
  assert.match(all[0]!.next.en, /drain-first/);
  assert.deepEqual(await undrained(plan(['pickle', 'json'], true), await machine('pickle'), system), []);
});

it('a second run of drain-first is told that it is not empty yet', async () => {
  const { system } = redis({ celery: [pickled().text] });
  await assert.rejects(mustBeDrained(plan(['json']), await machine('json'), system), refusal(/^1 message waits/, /JSON is sent already: try again/));
});

it('queues of every name and priority are looked at, and Celery\'s own are not', async () => {
  const m = await machine('pickle');
  const bound = (name: string): Readonly<Record<string, readonly string[]>> => ({ [`_kombu.binding.${name}`]: [`${name}\x06\x16\x06\x16${name}`] });
  await assert.rejects(mustBeDrained(plan(['json']), m, redis({ ...bound('slow'), slow: [pickled().text] }).system), Stop);
  await assert.rejects(mustBeDrained(plan(['json']), m, redis({ 'celery\x06\x166': [pickled().text] }).system), Stop);
  await mustBeDrained(plan(['json']), m, redis({ ...bound('a.celery.pidbox'), 'a.celery.pidbox': [pickled().text] }).system);
});

it('what would be read afterwards, an empty queue, the first of two runs and a broker without an answer are no hindrance', async () => {
  const m = await machine('pickle');
  await mustBeDrained(plan(['json']), m, redis({ celery: [json('tide.high', []).text] }).system);
  await mustBeDrained(plan(['json']), m, redis({}).system);
  await mustBeDrained(plan(['pickle', 'json'], true), m, redis({ celery: [pickled().text] }).system);
  await mustBeDrained(plan(['json']), m, { docker: { ask: async () => ({ code: 0, stdout: 'NOAUTH Authentication required.\n', stderr: '' }) } } as unknown as System);
  await mustBeDrained(plan(['json']), m, {} as System);
  // Signed alone: JSON that waits would be lost as well.
  await assert.rejects(mustBeDrained(plan(['auth']), m, redis({ celery: [json('tide.high', []).text] }).system), Stop);
});

it('RabbitMQ only counts, so they matter while pickle is still sent', async () => {
  const asked: Asked[] = [];
  const system = { docker: { ask: async (q: Asked) => (asked.push(q), { code: 0, stdout: 'celery\t4\nceleryev.1\t9\n0b9bba35-1d5e-3a4c-9d60-2b5b1e3cbe11\t7\n', stderr: '' }) } } as unknown as System;
  const rabbit = { url: 'amqp://tide:hunter2@queue:5672/tides', image: 'rabbitmq:3' };
  await assert.rejects(mustBeDrained(plan(['json']), await machine('pickle', rabbit), system), refusal(/^4 messages wait for worker in queue; of what kind/, /drain-first/));
  assert.deepEqual(asked[0]?.argv, ['rabbitmqctl', '-q', 'list_queues', '-p', 'tides', '--no-table-headers', 'name', 'messages']);
  await mustBeDrained(plan(['json']), await machine('json', rabbit), system);
});
