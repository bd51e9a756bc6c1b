import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apart } from '../../source/engine/apart.ts';
import type { Change } from '../../source/model/change.ts';
import type { Step } from '../../source/model/plan.ts';

const step = (number: number, change: Change, ...because: readonly string[]): Step => ({ number, change, because });
const edit = (path: string, ...texts: readonly string[]): Change => ({ kind: 'edit-file', path, hash: 'h', edits: texts.map((text) => ({ start: 0, end: 0, text })) });
const own: Change = { kind: 'own-mount', service: 'web', image: 'i', mount: { type: 'volume', source: 'data' }, uid: 10001, gid: 10001 };
const onDisk = (content: string) => ({ read: async () => Buffer.from(content) });
const UNDOS = new Map<number, unknown>([[1, {}], [2, {}], [3, {}]]);
const plan = { root: '/work/shop', ties: [{ finding: 'a', services: ['web'], needs: [], moves: { from: 443, to: 8443 } }, { finding: 'b', services: ['web'], needs: [] }] };
const told = async (steps: readonly Step[], left: readonly number[], now = 'EXPOSE 8443 # ours\nUSER 10001\n', of: Parameters<typeof apart>[3] = plan): Promise<readonly string[]> => (await apart(steps, left, UNDOS, of, onDisk(now))).map((one) => one.en);

describe('a file that was left, and what went back of its fix', () => {
  const both = [step(1, edit('Dockerfile', 'EXPOSE 8443', 'USER 10001'), 'a'), step(2, edit('compose.yaml', '"443:8443"'), 'a')];

  it('are named with the port that each has now', async () => {
    assert.deepEqual(await told(both, [1]), ['Dockerfile (8443) and compose.yaml (443) belong together: a build from these files will not answer.']);
    const [zh] = await apart(both, [1], UNDOS, plan, onDisk('8443'));
    assert.equal(zh?.['zh-CN'], 'Dockerfile（8443）和 compose.yaml（443）是配套的：用这些文件构建出来的服务不会有响应。');
  });
  it('are named without one, where the edit took the port away', async () => {
    assert.deepEqual(await told(both, [1], 'EXPOSE 9000\n'), ['Dockerfile and compose.yaml belong together: look at all of them before the next build.']);
  });
  it('are named without one, where no port was moved: another number that both have got is none', async () => {
    const users = [step(1, edit('Dockerfile', 'USER 10001:10001'), 'b'), step(2, edit('compose.yaml', 'user: "10001:10001"'), 'b')];
    assert.deepEqual(await told(users, [1]), ['Dockerfile and compose.yaml belong together: look at all of them before the next build.']);
    assert.deepEqual(await told(both, [1], undefined, { root: '/work/shop' }), ['Dockerfile and compose.yaml belong together: look at all of them before the next build.'], 'a run of before, which does not say what it moved');
  });
  it('may be a volume that has its old owner again', async () => {
    assert.deepEqual(await told([step(1, edit('Dockerfile'), 'a'), step(3, own, 'a')], [1]), ['Dockerfile and the volume data belong together: what is built from it may not be able to write there.']);
  });
  it('are not named where nothing else of that fix went back, or nothing was left', async () => {
    assert.deepEqual(await told([step(1, edit('Dockerfile'), 'a'), step(2, edit('compose.yaml'), 'b')], [1]), []);
    assert.deepEqual(await told(both, []), []);
    assert.deepEqual(await told(both, [1, 2]), []);
  });
});
