// A Celery worker of this machine whose redis, another program of supervisord, is started anew alone: it is started again behind it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { freePort, hostProject, hostTest, processesBelow, supervisord, untilThere } from '../helpers/host.ts';
import { until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

hostTest('a worker of the machine is started again with its redis, there and back', ['supervisord', 'redis-server', 'celery'], async (t) => {
  const port = await freePort();
  const name = `ht-store-${process.pid}`;
  const project = hostProject(t, {
    'tasks.py': `from celery import Celery\n\napp = Celery("tasks", broker="redis://127.0.0.1:${port}/0", backend="redis://127.0.0.1:${port}/1")\n\n\n@app.task\ndef add(a, b):\n    return a + b\n`,
    'supervisord.conf': supervisord(`
[program:${name}]
command=redis-server --port ${port} --bind 127.0.0.1 --save ""
directory=ROOT/data

[program:jobs]
command=/usr/bin/celery -A tasks worker -c 1 -l info
directory=ROOT
user=nobody
environment=HOME="/tmp"
stopwaitsecs=60
`),
    'data/.keep': '',
  }, [name]);
  chmodSync(path.join(project.root, 'data'), 0o755);
  const master = project.start('supervisord', '-c', path.join(project.root, 'supervisord.conf'));
  await untilThere(path.join(project.root, 'supervisor.sock'));
  const python = (code: string): string => spawnSync('/usr/bin/python3', ['-c', code], { cwd: project.root, encoding: 'utf8', timeout: 40_000, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } }).stdout.trim();
  const aJobIsDone = (): void => assert.equal(python('import tasks; print(tasks.add.delay(1, 2).get(timeout=30))'), '3');
  await until('the worker takes jobs', () => python('import tasks; print(tasks.add.delay(1, 2).get(timeout=5))') === '3');
  const workers = (): readonly number[] => processesBelow(master, 'celery').map((p) => p.pid);
  const redis = (): readonly number[] => processesBelow(master, 'redis-server').map((p) => p.uid);
  const first = workers()[0];

  const risk = ['--risk', 'supervisor-root-program'];
  const shown = await project.harden('fix', ...risk);
  assert.match(shown.stderr.replace(/\s+/g, ' '), new RegExp(`supervisorctl .* update ${name} .*supervisorctl .* restart jobs`), said(shown));
  const told = await project.harden('fix', '--yes', ...risk, '--system-files');
  assert.equal(told.code, 0, said(told));
  assert.ok(redis().every((uid) => uid !== 0), String(redis()));
  assert.notEqual(workers()[0], first);
  aJobIsDone();

  const second = workers()[0];
  const undone = await project.harden('undo', '--yes');
  assert.equal(undone.code, 0, said(undone));
  assert.deepEqual(redis(), [0]);
  assert.notEqual(workers()[0], second);
  aJobIsDone();
}, { long: true });
