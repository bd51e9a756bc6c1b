// A Celery worker that runs on and has lost its broker: asked before and after, in copies and on what runs.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compared, NOTHING_EXPECTED, outcomeOf } from '../../source/engine/rehearse/compare.ts';
import { breakageOf } from '../../source/engine/rehearse/breakage.ts';
import type { Facts } from '../../source/engine/rehearse/facts.ts';
import { cutOff } from '../../source/engine/rehearse/means.ts';
import { worseWords } from '../../source/engine/said-vital.ts';
import { compareVitals } from '../../source/engine/vitals.ts';
import { nodeName, takeWorkers, workersIn } from '../../source/engine/worker-answers.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Process } from '../../source/model/process.ts';
import type { System } from '../../source/system/system.ts';

const process = (pid: number, ...argv: string[]): Process => ({ pid, ppid: 0, argv, uid: { real: 5, effective: 5 }, gid: { real: 5, effective: 5 }, groups: [] });

/** An engine whose workers say this, and the words that they were asked by. */
function saying(stdout: string | 'never'): { readonly system: System; readonly words: string[][] } {
  const words: string[][] = [];
  const docker = {
    look: { container: async () => ({ Config: { Hostname: 'abc' } }) },
    ask: async ({ argv }: { argv: string[] }) => {
      words.push(argv);
      return stdout === 'never' ? new Promise(() => undefined) : { code: 0, stdout, stderr: '' };
    },
  };
  return { system: { docker, pause: async () => undefined } as unknown as System, words };
}

describe('whether a worker answers', () => {
  it('is asked by its own program, of itself alone', async () => {
    const { system, words } = saying('{"celery@abc": {"ok": "pong"}}');
    const pool = [process(1, 'celery', '-A', 'shop.tasks', 'worker', '-c', '2'), process(9, 'celery', '-A', 'shop.tasks', 'worker', '-c', '2'), process(10, 'celery', '-A', 'shop.tasks', 'beat')];
    assert.deepEqual([...(await workersIn(system, 'c', 'abc', pool))], [['celery', 'pong']]);
    assert.deepEqual(words, [['celery', '-A', 'shop.tasks', 'inspect', '--json', '--timeout', '5', '--destination', 'celery@abc', 'ping']]);
  });
  it('has a name that its words decide', () => {
    assert.equal(nodeName(['celery', 'worker', '-n', 'mail@%h'], 'abc'), 'mail@abc');
    assert.equal(nodeName(['celery', 'worker', '--hostname=mail'], 'abc'), 'mail@abc');
    assert.equal(nodeName(['celery', 'worker', '-n', 'w@%d'], 'abc'), undefined);
  });
  it('is no for one whose client tries without an end', async () => {
    assert.deepEqual([...(await workersIn(saying('never').system, 'c', 'abc', [process(1, 'celery', 'worker')]))], [['celery', 'nothing']]);
  });
  it('is a fact of its service that can be lost', async () => {
    const machine = { services: [{ name: 'worker', containers: ['c'] }], containers: [{ id: 'c', running: true, restarting: false, processes: [process(1, 'celery', '-A', 'x', 'worker')] }] } as unknown as Machine;
    const then = await takeWorkers(saying('pong').system, machine);
    const now = compareVitals(then, await takeWorkers(saying('').system, machine));
    assert.deepEqual(now.map((v) => v.result), ['WORSE']);
    assert.equal(worseWords(now[0]!, now).en, 'worker: celery ping answers nothing, it was pong');
  });
});

const REFUSED = '[2026-11-23 02:00:01,000: ERROR/MainProcess] consumer: Cannot connect to redis://redis:6379/0: Authentication required..';
const LATE = '[2026-11-23 02:00:01,000: ERROR/MainProcess] consumer: Cannot connect to redis://redis:6379/0: Error 111 connecting to redis:6379. Connection refused..';
const READY = '[2026-11-23 02:00:04,000: INFO/MainProcess] Connected to redis://redis:6379/0';

describe('a copy as planned whose worker lost its broker', () => {
  const facts = (workers: readonly (readonly [string, string])[], log = ''): Facts => ({
    state: 'running', live: { processes: [process(1, 'celery', 'worker')], listeners: [], sockets: [] }, answers: new Map(), writes: new Map(), complaints: new Map(), log, workers: new Map(workers),
  });
  const results = (a: Facts, b: Facts): Record<string, string> => Object.fromEntries(compared('worker', a, b, NOTHING_EXPECTED).map((r) => [r.what.en, r.result]));

  it('is worse, and told with the line that says why', () => {
    const [a, b] = [facts([['celery', 'pong']]), facts([['celery', 'nothing']], REFUSED)];
    const rows = compared('worker', a, b, NOTHING_EXPECTED);
    assert.deepEqual(rows.map((r) => [r.what.en, r.asIs.en, r.asPlanned.en, r.result]), [['runs as', '5', '5', 'same'], ['celery ping', 'pong', 'nothing', 'WORSE'], ['log', 'nothing of this', REFUSED, 'WORSE']]);
    const { outcome, worse } = outcomeOf(rows, ['worker']);
    assert.equal(outcome, 'breaks');
    const told = breakageOf(worse!, b, undefined, { containers: [] } as unknown as Machine, { steps: [] } as unknown as Plan);
    assert.deepEqual(told.log, [REFUSED]);
    assert.match(told.means?.en ?? '', /asks for a login, and it brings none/);
  });
  it('is worse by its log alone, where nobody could be asked', () => assert.deepEqual(results(facts([]), facts([], REFUSED)), { 'runs as': 'same', log: 'WORSE' }));
  it('is not, where the worker was only early, or does not answer as it is', () => {
    assert.equal(cutOff(LATE, `${LATE}\n${READY}`), false);
    assert.equal(cutOff(LATE, `${READY}\n${LATE}`), true);
    assert.deepEqual(results(facts([['celery', 'pong']]), facts([['celery', 'pong']], `${LATE}\n${READY}`)), { 'runs as': 'same', 'celery ping': 'same', log: 'cannot-tell' });
    assert.deepEqual(results(facts([['celery', 'nothing']], REFUSED), facts([['celery', 'nothing']], REFUSED)), { 'runs as': 'same' });
  });
});
