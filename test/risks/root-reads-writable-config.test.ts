import assert from 'node:assert/strict';
import { it } from 'node:test';
import { detect } from '../../source/risks/root-reads-writable-config/detect.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

it('points at the line of the Dockerfile that gives the file away, and at the file', async () => {
  const from = async (name: string): Promise<readonly string[]> => {
    const one = casesOf('root-reads-writable-config').find((c) => c.name === name)!;
    return detect(await machineOf(one.before, one.recorded)).flatMap((f) => f.from.map((e) => `${e.place.file}:${e.place.line} ${e.note ? 'why' : ''}`.trim()));
  };
  assert.deepEqual(await from('chown-on-the-copy'), ['Dockerfile:5 why', 'gunicorn.conf.py:1']);
  assert.deepEqual(await from('chown-of-the-whole-folder'), ['Dockerfile:4 why', 'deploy/conf.py:1']);
  assert.deepEqual(await from('not-there-yet'), ['Dockerfile:4 why']);
  assert.deepEqual(await from('on-the-machine'), ['gunicorn.conf.py:1 why']);
});
