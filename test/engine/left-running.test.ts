// A worker that answered before and does not any more: lost, or, where it is a person's to start again, nobody can tell.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { watch } from '../../source/engine/watch.ts';
import { isSilent } from '../../source/engine/worker-answers.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { System } from '../../source/system/system.ts';
import { machineOf } from '../helpers/case.ts';

const CELERY = ['/usr/bin/celery', '-A', 'tasks', 'worker'];

/** Says pong until its broker was away; its log says this afterwards. */
async function watched(leftRunning: readonly string[], log: string, replaced: readonly string[] = ['redis']) {
  const machine = await machineOf({ 'compose.yaml': 'services:\n  redis:\n    image: redis:7\n  worker:\n    image: w\n' }, { containers: [{ service: 'redis', restart: 'always' }, { service: 'worker', cmd: CELERY, processes: [{ pid: 20, uid: 5, argv: CELERY }] }] });
  let at = 0;
  let isAway = false;
  const system = {
    ...memorySystem(memoryFiles({})), now: () => new Date(at), pause: async (ms: number) => void (at += Math.max(ms, 1_000)),
    docker: {
      look: {
        container: async (id: string) => ({ Id: id, Config: { Hostname: 'abc' }, State: { Running: true, Restarting: false, StartedAt: 'then', ExitCode: 0 }, RestartCount: 0 }),
        logs: async () => log,
      },
      ask: async () => ({ code: 0, stdout: isAway ? '' : '{"celery@abc": {"ok": "pong"}}', stderr: '' }),
    },
  } as unknown as System;
  const watcher = await watch({ system, machine, inspectAgain: async () => machine, replaced, hosts: [], leftRunning, checks: [], onEvent: () => undefined });
  assert.ok(watcher.before.some((v) => v.what === 'celery ping' && v.before === 'pong'));
  isAway = true;
  watcher.stopped(replaced);
  const seen = await watcher.after();
  watcher.away();
  return { failure: seen.failure?.what.en, silent: seen.vitals.filter(isSilent).map((v) => v.service), waited: at };
}

describe('a worker that says pong no more', () => {
  it('fails the run, where the plan started it again or knew nothing of it', async () => {
    for (const replaced of [['redis'], ['redis', 'worker']]) {
      const { failure, silent } = await watched([], '', replaced);
      assert.deepEqual([failure, silent], ['worker: celery ping answers nothing, it was pong', []]);
    }
  });
  it('can\'t be told of where a person is to start it again, and is named', async () => {
    const { failure, silent, waited } = await watched(['worker'], 'Connected to redis://redis:6379/0');
    assert.deepEqual([failure, silent], [undefined, ['worker']]);
    assert.ok(waited >= 15_000 && waited < 60_000, String(waited));
  });
  it('fails it there, too, where its log says that it was turned away', async () => {
    assert.match((await watched(['worker'], 'consumer: Cannot connect to redis://redis:6379/0: Authentication required.')).failure ?? '', /celery ping answers nothing/);
  });
});
