import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nginxWorkers } from '../../source/engine/proofs/nginx-workers.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

const one = casesOf('nginx-root-workers').find((c) => c.name === 'under-supervisord');
assert.ok(one);
const before = { ...one.before, 'compose.yaml': 'services:\n  web:\n    build: .\n' };

/** supervisord, uWSGI and nginx' master are root in every one of these: another finding's, and as they are to be. */
async function seen(worker: number | undefined): Promise<string> {
  const machine = await machineOf(before, { containers: [{ service: 'web', processes: [
    { pid: 100, uid: 0, argv: ['/usr/bin/python3', '/usr/bin/supervisord', '-n'] },
    { pid: 101, ppid: 100, uid: 0, argv: ['uwsgi', '--ini', '/opt/portal/uwsgi.ini'] },
    { pid: 102, ppid: 101, uid: 0, argv: ['uwsgi', '--ini', '/opt/portal/uwsgi.ini'] },
    { pid: 103, ppid: 100, uid: 0, argv: ['nginx: master process nginx -g daemon off;'] },
    ...(worker === undefined ? [] : [{ pid: 104, ppid: 103, uid: worker, argv: ['nginx: worker process'] }]),
  ] }] });
  const { outcome, text } = await nginxWorkers({ kind: 'nginx-workers', service: 'web', program: 'proxy' }, machine, memorySystem(memoryFiles({})));
  return `${outcome}: ${text.en}`;
}

it('nginx\' workers are asked for alone: what else is root in the container is not theirs', async () => {
  assert.equal(await seen(33), 'gone: proxy in web: 1 nginx worker, uid 33');
  assert.equal(await seen(0), 'left: proxy in web: 1 of 1 nginx worker is uid 0');
  assert.equal(await seen(undefined), 'cannot-tell: proxy in web: no worker of nginx could be seen');
});
