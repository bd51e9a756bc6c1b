// What a run built has to go with it, also where whoever took it back died between the name and the image.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildImage } from '../../source/changes/build-image.ts';
import type { Bench } from '../../source/changes/deed.ts';
import { leftovers } from '../../source/engine/leftovers.ts';
import { openJournal, readRun, type JournalLine } from '../../source/engine/journal.ts';
import type { BuildImage } from '../../source/model/change.ts';
import type { DockerDeed } from '../../source/system/deeds.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { Docker, System } from '../../source/system/system.ts';

const ID = (c: string): string => `sha256:${c.repeat(64)}`;
const [OLD, NEW, OTHER] = [ID('a'), ID('b'), ID('c')];
const change: BuildImage = { kind: 'build-image', service: 'web', image: 'shop-web', build: { context: '.', dockerfile: 'Dockerfile', args: {} } };
const undo = { image: OLD, kept: 'harden-tui/keep:1-web' };

/** Images by id, with their names, and containers by the image they are of. */
function engine(images: Record<string, string[]>, containers: readonly { readonly image: string; readonly running: boolean }[] = []) {
  const done: DockerDeed[] = [];
  const idOf = (name: string): string | undefined => (name in images ? name : Object.keys(images).find((id) => images[id]!.includes(name.includes(':') ? name : `${name}:latest`)));
  const docker = {
    endpoint: 'unix:///x',
    look: {
      image: async (name: string) => { const id = idOf(name); return id === undefined ? undefined : { Id: id, RepoTags: images[id] }; },
      containers: async () => containers.map(({ image, running }, i) => ({ Name: `/c${i}`, Image: image, Config: { Labels: {} }, State: { Running: running } })),
      ours: async () => [],
    },
    act: async (deed: DockerDeed) => {
      done.push(deed);
      if (deed.deed === 'tag') {
        const tag = deed.tag.includes(':') ? deed.tag : `${deed.tag}:latest`;
        for (const id of Object.keys(images)) images[id] = images[id]!.filter((t) => t !== tag);
        images[deed.image]!.push(tag);
      } else if (deed.deed === 'untag') {
        if (deed.tag in images) delete images[deed.tag];
        else for (const id of Object.keys(images)) images[id] = images[id]!.filter((t) => t !== deed.tag);
      }
      return { code: 0, stdout: '', stderr: '' };
    },
  } as unknown as Docker;
  const system: System = { ...memorySystem(memoryFiles({})), docker };
  const heard: string[] = [];
  const bench = (over: Partial<Bench> = {}): Bench => ({ system, root: '/p', run: '1', say: () => undefined, built: async (service, image) => void heard.push(`${service} ${image}`), ...over });
  return { images, done, heard, bench, system };
}

describe('what a run built', () => {
  it('is written down when it is built, and again before its name goes', async () => {
    const one = engine({ [OLD]: ['harden-tui/keep:1-web'], [NEW]: ['shop-web:latest'] });
    await buildImage.run(change, undo, { ...one.bench(), system: { ...one.system, shell: { ...one.system.shell, run: async () => ({ code: 0, stdout: '', stderr: '' }) } } });
    assert.deepEqual(one.heard, [`web ${NEW}`]);
    await buildImage.revert(change, undo, one.bench({ built: async (_, image) => {
      assert.deepEqual(one.images[image], ['shop-web:latest'], 'it had its name still');
      one.heard.push(image);
    } }));
    assert.deepEqual(one.heard, [`web ${NEW}`, NEW]);
  });
  it('goes with the second taking back, where the first one died behind the name', async () => {
    const one = engine({ [OLD]: ['shop-web:latest'], [NEW]: [] });
    const bench = one.bench({ builtBefore: [{ service: 'web', image: NEW }, { service: 'other', image: OTHER }] });
    await buildImage.revert(change, { ...undo }, bench);
    assert.deepEqual(await buildImage.settle?.(change, { ...undo }, bench), []);
    assert.deepEqual(Object.keys(one.images), [OLD]);
  });
  it('is ours in both builds of a tag that two services share', async () => {
    const left = [{ service: 'web', id: '1', imageId: OTHER }, { service: 'worker', id: '2', imageId: OTHER }];
    const known = [{ service: 'web', image: NEW }, { service: 'worker', image: OTHER }];
    for (const [builtBefore, kept] of [[known, false], [known.slice(1), true]] as const) {
      // As worker's build is taken back, the one for web comes to light under their tag.
      const one = engine({ [OLD]: ['harden-tui/keep:1-web'], [NEW]: ['shop-web:latest'], [OTHER]: [] });
      const remarks = await buildImage.revert(change, { ...undo }, one.bench({ left, builtBefore }));
      assert.equal(remarks.some((r) => / was built again since/.test(r.en)), kept);
      assert.deepEqual(one.images[NEW], kept ? ['harden-tui/keep:1-web-since'] : []);
    }
  });
  it('stays where somebody gave it a name, and is told where a container runs it', async () => {
    const known = { builtBefore: [{ service: 'web', image: NEW }] };
    const named = engine({ [OLD]: ['shop-web:latest'], [NEW]: ['mine:1'] });
    assert.deepEqual(await buildImage.settle?.(change, { ...undo }, named.bench(known)), []);
    assert.deepEqual(named.images[NEW], ['mine:1']);
    const used = engine({ [OLD]: ['shop-web:latest'], [NEW]: [] }, [{ image: NEW, running: true }]);
    assert.match((await buildImage.settle?.(change, { ...undo }, used.bench(known)))?.[0]?.en ?? '', /^c0 was started since, and still runs the image/);
    assert.ok(NEW in used.images);
  });
});

describe('images that runs built and nobody knows any more', () => {
  async function left(ending: string, images: Record<string, string[]>, containers: Parameters<typeof engine>[1] = []): Promise<readonly string[]> {
    const { system } = engine(images, containers);
    const journal = await openJournal(system.files, '/state');
    const line = (one: unknown): Promise<void> => journal.write(one as JournalLine);
    await line({ t: 'run', run: '1', root: '/p', name: 'p', at: '', plan: { steps: [], choices: [], root: '/p' } });
    await line({ t: 'step', step: 1, undo });
    await line({ t: 'built', service: 'web', image: NEW });
    if (ending !== 'unfinished') await line({ t: 'end', ending, at: '' });
    assert.deepEqual((await readRun(system.files, '/state', '1'))?.built, [{ service: 'web', image: NEW }]);
    return (await leftovers({ system, state: '/state' })).left.map((l) => `${l.kind} ${l.name}`);
  }
  it('are left over of one that was taken back', async () => {
    for (const ending of ['undone', 'cut-off', 'taken-back', 'interrupted']) assert.deepEqual(await left(ending, { [OLD]: ['shop-web:latest'], [NEW]: [] }), ['image bbbbbbbbbbbb (web, 1)'], ending);
  });
  it('are none of one that stands or can go back, with a name, with a container, or gone', async () => {
    for (const ending of ['applied', 'unfinished']) assert.deepEqual(await left(ending, { [NEW]: [] }), [], ending);
    assert.deepEqual(await left('undone', { [NEW]: ['mine:1'] }), []);
    assert.deepEqual(await left('undone', { [NEW]: [] }, [{ image: NEW, running: false }]), []);
    assert.deepEqual(await left('undone', { [OLD]: [] }), []);
  });
});
