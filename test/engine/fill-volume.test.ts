// A new volume begins with what a stopped container holds: never over one that is there, nothing of ours left, and never thrown away.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Bench } from '../../source/changes/deed.ts';
import { fillVolume } from '../../source/changes/fill-volume.ts';
import type { FillVolume } from '../../source/model/change.ts';
import type { DockerDeed } from '../../source/system/deeds.ts';
import { leftovers } from '../../source/engine/leftovers.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { Docker } from '../../source/system/system.ts';

const change: FillVolume = { kind: 'fill-volume', service: 'web', container: 'c1', path: '/app/uploads', volume: 'shop_web-uploads', labels: { 'com.docker.compose.volume': 'web-uploads' }, uid: 10001, gid: 10001 };

function bench(there: readonly string[], code = 0) {
  const done: DockerDeed[] = [];
  const docker = {
    look: { volume: async (name: string) => (there.includes(name) ? { Mountpoint: '/v' } : undefined) },
    act: async (deed: DockerDeed) => { done.push(deed); return { code: deed.deed === 'helper' ? code : 0, stdout: '', stderr: 'no space left on device\n' }; },
  } as unknown as Docker;
  const plain = memorySystem(memoryFiles({}));
  const system = { ...plain, docker, processes: { ...plain.processes, self: 4711 } };
  return { done, system, bench: { system, root: '/p', run: '1', say: () => undefined } as unknown as Bench };
}

test('the engine fills it from an image of that moment, which goes again', async () => {
  const { done, bench: at } = bench([]);
  await fillVolume.run(change, await fillVolume.prepare(change, at), at);
  assert.deepEqual(done.map((d) => d.deed), ['make-volume', 'commit', 'helper', 'untag']);
  const [made, committed, helper, untagged] = done as [any, any, any, any];
  assert.deepEqual([made.name, made.labels], ['shop_web-uploads', change.labels]);
  assert.equal(committed.container, 'c1');
  assert.equal(committed.tag, untagged.tag);
  assert.deepEqual([helper.image, helper.mounts], [committed.tag, [{ type: 'volume', source: 'shop_web-uploads', target: '/app/uploads', filled: true }]]);
});

test('an image that a crash left there is found by its name', async () => {
  const { done, bench: at, system } = bench([]);
  await fillVolume.run(change, { made: true }, at);
  const tag = (done.find((d) => d.deed === 'commit') as { tag: string }).tag;
  const docker = { look: { ours: async () => [{ kind: 'image', id: tag, name: tag, labels: {} }] } } as unknown as Docker;
  const found = await leftovers({ system: { ...system, docker, processes: { ...system.processes, lives: async (by: string) => by !== '4711' } }, state: '/s' });
  assert.deepEqual(found.left.map((l) => l.name), [tag]);
});

test('where it fails the image goes as well, and the step says so', async () => {
  const { done, bench: at } = bench([], 1);
  await assert.rejects(async () => fillVolume.run(change, { made: true }, at), /What web keeps in \/app\/uploads could not be put into the volume/);
  assert.equal(done.at(-1)?.deed, 'untag');
});

test('a volume of that name is never mixed with what the container holds', async () => {
  const { done, bench: at } = bench(['shop_web-uploads']);
  await assert.rejects(async () => fillVolume.prepare(change, at), /There is a volume shop_web-uploads already/);
  assert.deepEqual(done, []);
});

test('taken back, it stays, and is said to', async () => {
  const { done, bench: at } = bench(['shop_web-uploads']);
  assert.deepEqual(await fillVolume.revert(change, { made: true }, at), []);
  const [stays] = (await fillVolume.settle?.(change, { made: true }, at)) ?? [];
  assert.match(stays?.en ?? '', /The volume shop_web-uploads stays: it holds what web kept in \/app\/uploads/);
  assert.equal(stays?.stays?.en, 'volume shop_web-uploads');
  assert.deepEqual(done, []);
  assert.deepEqual(await fillVolume.settle?.(change, { made: true }, bench([]).bench), []);
});
