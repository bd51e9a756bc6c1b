// A demo is shown when its programs have all started: what is counted before is another number a moment later.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Engine } from '../../source/demo/project.ts';
import { settled } from '../../source/demo/settled.ts';

const CELERY = 'python3 /usr/local/bin/celery -A shop.tasks worker';

/** An engine whose demo runs these programs, second by second; the last of them go on. How long was waited comes out. */
async function waited(seconds: readonly (readonly string[])[]): Promise<number> {
  let second = 0;
  const engine = {
    pause: async () => void (second += 1),
    docker: {
      look: {
        containers: async () => ['shop', 'another'].map((name) => ({ Id: name, State: { Running: true }, Config: { Labels: { 'com.docker.compose.project': name } } })),
        top: async (id: string) => ({ Titles: [], Processes: id === 'shop' ? (seconds[Math.min(second, seconds.length - 1)] ?? []).map((words) => ['1', '0', '0', '0', '0', words]) : [[`${second}`]] }),
      },
    },
  } as unknown as Engine;
  await settled(engine, { root: '/tmp/shop', name: 'shop' });
  return second;
}

test('a demo at rest keeps nobody waiting for long', async () => assert.equal(await waited([['nginx: master', 'nginx: worker']]), 3));
test('a worker without its children is still starting', async () => assert.equal(await waited([...Array.from({ length: 8 }, () => [CELERY]), [CELERY, CELERY]]), 11));
test('pools without children are not waited for', async () => assert.equal(await waited([[`${CELERY} -P solo`]]), 3));
test('programs that come one by one are waited for', async () => assert.equal(await waited([['a'], ['a', 'b'], ['a', 'b', 'c']]), 5));
test('one that never comes to rest is shown all the same', async () => assert.equal(await waited([[CELERY]]), 25));
