// What undo will find: asked of the disk and of the volume before it begins, and nothing is changed by asking.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { Recorded } from '../../source/engine/journal.ts';
import { sinceOf } from '../../source/engine/since.ts';
import type { Change } from '../../source/model/change.ts';
import { painter } from '../../source/report/paint.ts';
import { undoText } from '../../source/report/undo-text.ts';
import { realSystem } from '../../source/system/real/index.ts';
import type { System } from '../../source/system/system.ts';
import { plan, run } from '../cli/helpers/world.ts';

const root = mkdtempSync(path.join(tmpdir(), 'harden-tui-since-'));
after(() => rmSync(root, { recursive: true, force: true }));
const MEDIA: Change = { kind: 'own-mount', service: 'web', image: 'shop-web', mount: { type: 'volume', source: 'shop_media' }, uid: 10001, gid: 10001 };
const changes: readonly Change[] = [{ kind: 'edit-file', path: 'Dockerfile', hash: 'h', edits: [] }, { kind: 'edit-file', path: 'compose.yaml', hash: 'h', edits: [] }, MEDIA];
const made = { ...plan([], []), root, steps: changes.map((change, i) => ({ number: i + 1, change, because: [] })) };
const undo = (text: string) => ({ before: '', after: Buffer.from(text).toString('base64'), mode: 0o644, uid: 0, gid: 0 });
const recorded = (already = 0): Recorded => ({
  head: { root }, standing: made, undos: new Map<number, unknown>([[1, undo('a\n')], [2, undo('b\n')], [3, { entries: Array.from({ length: 23 }, (_, i) => ({ path: String(i), gid: 0, mode: 0o644 })), already }]]),
} as unknown as Recorded);
const system = (stdout: string, code = 0): System => ({ ...realSystem, docker: { ask: async () => ({ code, stdout, stderr: '' }) } } as unknown as System);

describe('what undo will find', () => {
  it('names the files that were edited since, and counts what came since', async () => {
    writeFileSync(path.join(root, 'Dockerfile'), 'a\n');
    writeFileSync(path.join(root, 'compose.yaml'), 'b\n');
    assert.deepEqual(await sinceOf(recorded(), system('.'.repeat(25))), { edited: [], owners: [{ source: 'shop_media', were: 23, came: 2 }] });
    writeFileSync(path.join(root, 'compose.yaml'), 'mine\n');
    assert.deepEqual((await sinceOf(recorded(), system('.'))).edited, ['compose.yaml']);
  });
  it('claims nothing of a volume that nobody can be asked about, or that the new user had files in before', async () => {
    assert.deepEqual((await sinceOf(recorded(), system('', 1))).owners, [{ source: 'shop_media', were: 23 }]);
    assert.deepEqual((await sinceOf(recorded(), { ...realSystem, docker: undefined } as unknown as System)).owners, [{ source: 'shop_media', were: 23 }]);
    assert.deepEqual((await sinceOf(recorded(4), system('.'.repeat(40)))).owners, [{ source: 'shop_media', were: 23, came: 0 }]);
  });
  it('says which images of before the run somebody removed since', async () => {
    const one = { kind: 'build-image', service: 'web', image: 'shop-web', build: { context: '', dockerfile: 'Dockerfile', args: {} } } as const;
    const of = { ...recorded(), standing: { ...made, steps: [{ number: 1, change: one, because: [] }] }, undos: new Map<number, unknown>([[1, { image: 'sha256:old', kept: 'harden-tui/keep:1-web' }]]) } as unknown as Recorded;
    const engine = (there: boolean): System => ({ ...realSystem, docker: { look: { image: async () => (there ? { Id: 'sha256:old' } : undefined) } } } as unknown as System);
    assert.deepEqual(await sinceOf(of, engine(false)), { edited: [], owners: [], lost: ['shop-web'] });
    assert.deepEqual(await sinceOf(of, engine(true)), { edited: [], owners: [] });
    const told = undoText(run({ plan: { ...made, steps: [{ number: 1, change: one, because: [] }] }, root }), { lang: 'en', paint: painter(false), columns: 200 }, { edited: [], owners: [], lost: ['shop-web'] });
    assert.match(told, /1 image +shop-web: the old one was removed since\. Undo brings the files back; build from them, then undo once more$/m);
  });
  it('stands in the first lines of undo', () => {
    const told = (lang: 'en' | 'zh-CN', came: number): string => undoText(run({ plan: made, root }), { lang, paint: painter(false), columns: 80 }, { edited: [], owners: [{ source: 'shop_media', were: 23, came }] });
    assert.match(told('en', 2), /^ {2}2 files {8}Dockerfile {2}compose\.yaml\n {17}not edited since: back byte for byte\n {2}volume media {3}25 files to root: 23 that were, 2 that came since$/m);
    assert.match(told('en', 0), /volume media {3}23 files to root$/m);
    assert.match(told('zh-CN', 2), /卷 media +25 个文件归 root：原来的 23 个，之后产生的 2 个/);
  });
  it('says of a volume that was filled from inside a container that nothing of it goes back there', () => {
    const filled: Change = { kind: 'fill-volume', service: 'web', container: 'c', path: '/app/data', volume: 'shop_data', labels: {}, uid: 1, gid: 1 };
    assert.match(undoText(run({ plan: { ...made, steps: [{ number: 1, change: filled, because: [] }] } }), { lang: 'en', paint: painter(false), columns: 200 }), /What stays +the volume shop_data with what web kept in \/app\/data: none of it is put back into the container/);
  });
});
