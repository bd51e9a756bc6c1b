import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forget, keptOf } from '../../source/engine/forget.ts';
import { continueJournal, history, openJournal, readRun, type JournalLine } from '../../source/engine/journal.ts';
import { Stop } from '../../source/model/errors.ts';
import type { DockerDeed } from '../../source/system/deeds.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { RawContainer, RawImage } from '../../source/system/raw.ts';
import type { Docker } from '../../source/system/system.ts';

const HEAD = { t: 'run', root: '/p', name: 'shop', at: '2026-11-22T10:00:00.000Z', daemon: 'D', plan: { steps: [], choices: [] } } as unknown as Omit<Extract<JournalLine, { t: 'run' }>, 'run'>;
const old = { Id: 'c1', Name: '/web-before-run-1', Image: 'i9', State: { Running: false } } as RawContainer;

async function world(lines: readonly JournalLine[], over: { daemon?: string; containers?: readonly RawContainer[] } = {}) {
  const files = memoryFiles({ '/p/x': '' });
  const done: DockerDeed[] = [];
  const images: Record<string, Partial<RawImage>> = {
    'harden-tui/keep:1-web': { Id: 'i1', RepoTags: ['harden-tui/keep:1-web'], Size: 182_000_000 },
    'harden-tui/keep:1-api': { Id: 'i2', RepoTags: ['harden-tui/keep:1-api', 'shop-api'], Size: 50 },
    'debian:bookworm-slim': { Id: 'i3', RepoTags: ['debian:bookworm-slim'], Size: 1 },
  };
  const containers = over.containers ?? [old];
  const docker = {
    endpoint: 'unix:///x',
    look: { facts: async () => ({ id: over.daemon ?? 'D', remote: false }), containers: async () => containers, container: async (id: string) => containers.find((c) => c.Id === id), image: async (tag: string) => images[tag] },
    act: async (deed: DockerDeed) => {
      done.push(deed);
      return { code: 0, stdout: '', stderr: '' };
    },
  } as unknown as Docker;
  const journal = await openJournal(files, '/state');
  await journal.write({ ...HEAD, run: '1' });
  for (const line of lines) await continueJournal(files, '/state', '1').write(line);
  const system = { ...memorySystem(files), docker };
  return { files, done, context: { system, state: '/state', allowRemote: false } };
}

const STEPS: readonly JournalLine[] = [
  { t: 'step', step: 1, undo: { before: 'c2VjcmV0', after: '' } },
  { t: 'step', step: 2, undo: { image: 'i1', kept: 'harden-tui/keep:1-web' } },
  { t: 'step', step: 3, undo: { kept: 'harden-tui/keep:1-api' } },
  // What a journal names is looked at again: this is no tag of ours.
  { t: 'step', step: 4, undo: { kept: 'debian:bookworm-slim' } },
  { t: 'step', step: 5, undo: { containers: [{ raw: { Id: 'c1' }, keptAs: 'web-before-run-1' }] } },
  { t: 'end', ending: 'applied', at: '' },
];

describe('a run that is forgotten', () => {
  it('says what is kept for it, and how much of that would go, without doing anything', async () => {
    const { done, context } = await world(STEPS);
    const kept = await keptOf('1', context);
    assert.deepEqual(kept.images, [{ tag: 'harden-tui/keep:1-web', bytes: 182_000_000 }, { tag: 'harden-tui/keep:1-api', bytes: 0 }]);
    assert.deepEqual(kept.containers, [{ id: 'c1', name: 'web-before-run-1' }]);
    assert.ok(kept.journal > 100);
    assert.deepEqual(done, []);
  });

  it('releases it, keeps no text of a file, and its number is not given again', async () => {
    const { files, done, context } = await world(STEPS);
    await forget('1', context);
    assert.deepEqual(done, [{ deed: 'remove', container: 'c1' }, { deed: 'untag', tag: 'harden-tui/keep:1-web' }, { deed: 'untag', tag: 'harden-tui/keep:1-api' }]);
    assert.ok(![...files.all.values()].some((f) => f.bytes.toString().includes('c2VjcmV0')));
    assert.deepEqual(await history(files, '/state'), []);
    assert.equal(await readRun(files, '/state', '1'), undefined);
    assert.equal((await openJournal(files, '/state')).run, '2');
    await assert.rejects(forget('1', context), /There is no run 1/);
  });

  it('leaves a container alone that runs again, or has another name', async () => {
    for (const now of [{ ...old, State: { ...old.State, Running: true } }, { ...old, Name: '/web' }]) {
      assert.deepEqual((await keptOf('1', (await world(STEPS, { containers: [now] })).context)).containers, []);
    }
  });

  it('is refused while it is unfinished, and where its daemon is not', async () => {
    const cut = await world(STEPS.slice(0, 3));
    await assert.rejects(forget('1', cut.context), (e) => e instanceof Stop && /only way back/.test(e.message));
    const other = await world(STEPS, { daemon: 'E' });
    await assert.rejects(forget('1', other.context), (e) => e instanceof Stop && /another Docker daemon/.test(e.message));
    assert.deepEqual([...cut.done, ...other.done], []);
  });

  it('needs no Docker when only files were written', async () => {
    const { context } = await world([STEPS[0]!, STEPS.at(-1)!], { daemon: 'E' });
    const { docker: _, ...system } = context.system;
    assert.deepEqual((await forget('1', { ...context, system })).images, []);
  });
});
