import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { describe, it } from 'node:test';
import { clear, clearOf, leftovers, release } from '../../source/engine/leftovers.ts';
import { continueJournal, effaceRun, openJournal, type JournalLine } from '../../source/engine/journal.ts';
import { leftoversText } from '../../source/report/leftovers-text.ts';
import { BY, LABEL, type DockerDeed } from '../../source/system/deeds.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { Docker, Ours } from '../../source/system/system.ts';

const of = (kind: Ours['kind'], name: string, by?: string, over: Partial<Ours> = {}): Ours =>
  ({ kind, id: name, name, labels: { [LABEL]: 'helper', ...(by === undefined ? {} : { [BY]: by }) }, ...over });

const NOW = Date.parse('2026-11-22T12:00:00.000Z');

async function world(all: readonly Ours[]) {
  const files = memoryFiles({ '/p/x': '' });
  const done: DockerDeed[] = [];
  const docker = {
    look: { ours: async () => all, image: async (tag: string) => all.find((o) => o.name === tag) },
    act: async (deed: DockerDeed) => {
      if (deed.deed === 'remove-volume' && deed.name === 'busy') throw new Error('volume is in use');
      done.push(deed);
    },
  } as unknown as Docker;
  const plain = memorySystem(files);
  const lives = async (by: string): Promise<boolean | undefined> => (by.startsWith('far') ? undefined : by === 'alive' || by === '4711');
  const system = { ...plain, docker, now: () => new Date(NOW), processes: { ...plain.processes, lives } };
  const journal = await openJournal(files, '/state');
  await journal.write({ t: 'run', run: '1', root: '/p', name: 'p', at: '', plan: { steps: [], choices: [], root: '/p' } } as unknown as JournalLine);
  await journal.write({ t: 'keeps', tag: 'harden-tui/keep:1-worker' });
  await journal.write({ t: 'step', step: 1, undo: { image: 'i', kept: 'harden-tui/keep:1-web' } });
  return { done, files, context: { system, state: '/state' } };
}

const keep = (name: string): Ours => ({ kind: 'image', id: name, name, labels: {} });

describe('what crashes left behind', () => {
  it('is what a dead process of ours made, of any kind, and nothing of a living one', async () => {
    const { context } = await world([of('container', 'a', 'dead'), of('network', 'b', 'dead'), of('volume', 'c', 'dead'), of('image', 'd', 'dead'), of('container', 'e', 'alive'), of('volume', 'f', 'alive')]);
    assert.deepEqual((await leftovers(context)).left.map((l) => l.name), ['a', 'b', 'c', 'd']);
  });

  it('is judged by its age where nobody can tell whose it is', async () => {
    const hours = (n: number) => ({ made: new Date(NOW - n * 3_600_000).toISOString() });
    const { context } = await world([of('container', 'fresh', undefined, hours(1)), of('container', 'old', undefined, hours(30)), of('container', 'elsewhere', 'far', hours(1)), of('container', 'forgotten', 'far', hours(30)), of('volume', 'undated', undefined)]);
    assert.deepEqual((await leftovers(context)).left.map((l) => l.name), ['old', 'forgotten']);
  });

  it('is an image of a rehearsal or a baseline, too, by what it is called', async () => {
    const names = ['0a1b2c3d-77-before-web', 'baseline-77-0', '0a1b2c3d-4711-before-web', 'baseline-4711-0'].map((tag) => `harden-tui/rehearsal:${tag}`);
    const { context, files } = await world(names.map(keep));
    for (const path of ['0a1b2c3d-77/after/x', '0a1b2c3d-4711/after/x', 'build-harden-tui-rehearsal-baseline-77-0.yaml', 'mine/x']) await files.write(`/state/rehearsals/${path}`, Buffer.from(''));
    assert.deepEqual((await leftovers(context)).left.map((l) => l.name), [...names.slice(0, 2), '/state/rehearsals/0a1b2c3d-77', '/state/rehearsals/build-harden-tui-rehearsal-baseline-77-0.yaml']);
  });

  it('is a demo whose process was killed, and none that goes on or that another user has', async () => {
    const { context, files } = await world([]);
    const made = (n: number, by: string) => files.write(`${tmpdir()}/harden-tui-demo-${String(n).repeat(16)}/made-by`, Buffer.from(by));
    for (const [n, by] of [[1, 'dead'], [2, 'alive'], [3, 'dead']] as const) await made(n, by);
    await files.write(`${tmpdir()}/harden-tui-demo-mine/x`, Buffer.from(''));
    const own = context.system.files;
    const stat: typeof own.stat = async (path) => {
      const seen = await own.stat(path);
      return seen && { ...seen, uid: path.includes('3333') ? 1234 : context.system.uid ?? 0 };
    };
    const system = { ...context.system, uid: context.system.uid ?? 0, files: { ...own, stat } };
    const { left } = await leftovers({ ...context, system });
    assert.deepEqual(left, [{ kind: 'demo', id: `${tmpdir()}/harden-tui-demo-${'1'.repeat(16)}`, name: `${tmpdir()}/harden-tui-demo-${'1'.repeat(16)}` }]);
    const asked: string[] = [];
    assert.deepEqual(await clear(left, system, async (folder) => void asked.push(folder)), []);
    assert.deepEqual(asked, [left[0]?.id]);
    assert.match((await clear(left, system, async () => { throw new Error('in use'); }))[0]?.en ?? '', /: in use$/);
  });

  it('is not what undo needs; a kept image that no journal names is listed apart', async () => {
    const { context } = await world([keep('harden-tui/keep:1-web'), keep('harden-tui/keep:1-worker'), keep('harden-tui/keep:7-web')]);
    const found = await leftovers(context);
    assert.deepEqual([found.left, found.keeps], [[], ['harden-tui/keep:7-web']]);
  });

  it('a build of the user\'s that made room for a run that is undone is called that', async () => {
    // Somebody else counts runs from 1 as well.
    const { context, files } = await world([keep('harden-tui/keep:1-web-since'), { ...keep('harden-tui/keep:1-store-since'), labels: { 'com.docker.compose.project': 'theirs' }, made: '2026-11-21T12:00:00.000Z' }]);
    assert.deepEqual((await leftovers(context)).builds, undefined);
    await continueJournal(files, '/state', '1').write({ t: 'aside', tag: 'harden-tui/keep:1-web-since' });
    await continueJournal(files, '/state', '1').write({ t: 'end', ending: 'undone', at: '' } as unknown as JournalLine);
    const { keeps, builds, whose } = await leftovers(context);
    assert.deepEqual([keeps, builds], [['harden-tui/keep:1-store-since'], ['harden-tui/keep:1-web-since']]);
    assert.deepEqual(whose, { 'harden-tui/keep:1-store-since': { project: 'theirs', made: '2026-11-21T12:00:00.000Z' } });
    const said = leftoversText({ left: [], keeps, builds: builds ?? [], whose: whose ?? {} }, { lang: 'en', columns: 80, paint: (_, words) => words });
    assert.match(said, /Builds of yours[^\n]*\n {2}harden-tui\/keep:1-web-since\nKept for an undo [^]*\n {2}harden-tui\/keep:1-store-since\n {6}of the project theirs, built 2026-11-21 /);
    // It stays the user's own when the run is forgotten.
    await effaceRun(files, '/state', '1', new Date(NOW));
    assert.deepEqual((await leftovers(context)).builds, ['harden-tui/keep:1-web-since']);
  });

  it('goes in the order in which it holds each other; what does not go is said, and the rest goes on', async () => {
    const { done, context } = await world([of('image', 'd', 'dead'), of('volume', 'busy', 'dead'), of('volume', 'c', 'dead'), of('network', 'b', 'dead'), of('container', 'a', 'dead')]);
    const failed = await clear((await leftovers(context)).left, context.system);
    assert.deepEqual(done.map((d) => d.deed), ['remove', 'remove-network', 'remove-volume', 'untag']);
    assert.deepEqual(failed.map((f) => f.en), ['busy: volume is in use']);
  });

  it('of one process goes without what others made', async () => {
    const { done, context, files } = await world([of('container', 'a', '77:1:b'), of('container', 'e', 'alive'), keep('harden-tui/rehearsal:baseline-77-0'), keep('harden-tui/keep:7-web')]);
    for (const path of ['0a1b2c3d-77/x', '0a1b2c3d-78/x']) await files.write(`/state/rehearsals/${path}`, Buffer.from(''));
    await clearOf('77:1:b', context);
    assert.deepEqual((await files.list('/state/rehearsals')).map((e) => e.name), ['0a1b2c3d-78']);
    assert.deepEqual(done, [{ deed: 'remove', container: 'a', withVolumes: true }, { deed: 'untag', tag: 'harden-tui/rehearsal:baseline-77-0' }]);
  });

  it('releases a kept image by its name, unless a run of the history needs it', async () => {
    const { done, context } = await world([keep('harden-tui/keep:1-web'), keep('harden-tui/keep:7-web'), keep('debian:bookworm-slim')]);
    await assert.rejects(release('harden-tui/keep:1-web', context), /keeps harden-tui\/keep:1-web for its undo/);
    await assert.rejects(release('debian:bookworm-slim', context), /There is no kept image/);
    await assert.rejects(release('harden-tui/keep:9-web', context), /There is no kept image/);
    await release('harden-tui/keep:7-web', context);
    assert.deepEqual(done, [{ deed: 'untag', tag: 'harden-tui/keep:7-web' }]);
  });
});
