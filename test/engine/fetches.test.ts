import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fetchesOf } from '../../source/engine/fetches.ts';
import type { Change } from '../../source/model/change.ts';
import type { Machine } from '../../source/model/machine.ts';
import { machine } from '../cli/helpers/world.ts';

const BASE = { tags: ['debian:bookworm-slim'] } as unknown as Machine['images'][number];
const DOCKERFILE = 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends python3\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["python3", "web.py"]\n';

function of(edits: Readonly<Record<string, readonly [at: string, text: string]>>, { dockerfile = DOCKERFILE, images = [BASE], context = '.' } = {}) {
  const seen = machine({ images, files: new Map([['Dockerfile', { path: 'Dockerfile', text: dockerfile, hash: 'h', mode: 0o644, uid: 1, gid: 1 }]]) });
  const changes: readonly Change[] = [
    ...Object.entries(edits).map(([path, [at, text]]): Change => ({ kind: 'edit-file', path, hash: 'h', edits: path === 'Dockerfile' ? [{ start: dockerfile.indexOf(at), end: dockerfile.indexOf(at), text }] : [] })),
    { kind: 'build-image', service: 'web', image: 'web', build: { context, dockerfile: 'Dockerfile', args: {} } },
  ];
  return fetchesOf({ steps: changes.map((change, i) => ({ number: i + 1, change, because: [] })) }, seen);
}

describe('what a build gets from the network', () => {
  it('is nothing where all that runs anew stands behind the last download', () => assert.deepEqual(of({ Dockerfile: ['CMD', 'USER 10001\n'], 'shop/tasks.py': ['', ''] }), []));
  it('is a package that the fix itself installs, by its name', () => assert.deepEqual(of({ Dockerfile: ['CMD', 'RUN apt-get update && apt-get install -y gosu && rm -rf /var/lib/apt/lists/*\n'] }), [{ service: 'web', by: 'apt', names: ['gosu'] }]));
  it('is what stands behind the first line or file that is another one', () => {
    assert.deepEqual(of({ 'requirements.txt': ['', ''] })?.map((one) => one.by), ['pip']);
    assert.deepEqual(of({ Dockerfile: ['RUN apt-get', 'ENV A=1\n'] })?.map((one) => one.by), ['apt', 'pip']);
    assert.deepEqual(of({ 'other/file.py': ['', ''] }, { context: './web' }), []);
  });
  it('is the base where this machine has none', () => assert.deepEqual(of({}, { images: [] }), [{ service: 'web', by: 'docker', names: ['debian:bookworm-slim'] }]));
  it('is not told where a stage draws from another, where nothing is built, and where the file can\'t be read', () => {
    assert.equal(of({}, { dockerfile: `FROM debian:bookworm-slim AS b\nRUN true\nFROM debian:bookworm-slim\nCOPY --from=b /x /x\n` }), undefined);
    assert.equal(fetchesOf({ steps: [] }, machine()), undefined);
    assert.equal(fetchesOf({ steps: [{ number: 1, because: [], change: { kind: 'build-image', service: 'web', image: 'web', build: { context: '.', dockerfile: 'Nope', args: {} } } }] }, machine()), undefined);
  });
});
