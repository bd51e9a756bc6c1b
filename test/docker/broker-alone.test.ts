// A Celery worker that runs on while its redis alone is started anew: it is started again with it, there and on every way back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { docker, longTest, unique } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

// The same line as in a scenario: the engine has that layer.
const BASE = 'FROM debian:bookworm-slim\nWORKDIR /app\nRUN apt-get update && apt-get install -y --no-install-recommends \\\n    gunicorn python3-flask celery python3-redis && rm -rf /var/lib/apt/lists/*\n';
const FILES = {
  'app/Dockerfile': `${BASE}COPY tasks.py .\nUSER 10001:10001\nCMD ["celery", "-A", "tasks", "worker", "-c", "2", "-l", "info"]\n`,
  'app/tasks.py': 'import time\nfrom celery import Celery\n\napp = Celery("tasks", broker="redis://redis/0", backend="redis://redis/1")\n\n\n@app.task\ndef add(a, b):\n    return a + b\n\n\n@app.task\ndef slow(seconds):\n    time.sleep(seconds)\n    return seconds\n',
  'redis/Dockerfile': 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*\nWORKDIR /data\nVOLUME /data\nUSER 10002:10002\nCMD ["redis-server", "--protected-mode", "no", "--save", ""]\n',
  'compose.yaml': 'services:\n  redis:\n    build: redis\n    ports: ["PORT:6379"]\n  worker:\n    build: app\n    restart: unless-stopped\n    depends_on: [redis]\n  sender:\n    build: app\n    command: ["sleep", "infinity"]\n    init: true\n',
};

const SEND = 'import sys, tasks\nprint(getattr(tasks, sys.argv[1]).delay(*map(int, sys.argv[2:])).id)';
const READ = 'import sys, tasks\nprint(tasks.app.AsyncResult(sys.argv[1]).get(timeout=25))';

const port = 20_000 + (process.pid % 20_000);

async function python({ exec }: Made, ...words: string[]): Promise<string> {
  const told = await exec('sender', ['timeout', '40', 'python3', '-c', ...words]);
  assert.equal(told.code, 0, said(told));
  return told.stdout.trim();
}

/** One that comes only after two minutes is lost to whoever waits for it. */
const aJobIsDone = async (made: Made): Promise<void> => assert.equal(await python(made, READ, await python(made, SEND, 'add', '1', '2')), '3');

const standing = ({ container }: Made, service: string): readonly [id: string, started: string] => [container(service)['Id'], container(service)['State'].StartedAt];

longTest('a worker whose redis alone is started anew takes jobs again, there and back', () => withMade(unique('alone'), { ...FILES, 'compose.yaml': FILES['compose.yaml'].replace('PORT', String(port)) }, async (made) => {
  const { root, name, harden } = made;
  const compose = (): string => readFileSync(path.join(root, 'compose.yaml'), 'utf8');
  const before = compose();
  const fix = ['--risk', 'exposed-port'];
  await aJobIsDone(made);

  const shown = await harden('fix', ...fix);
  const words = shown.stderr.replace(/\s+/g, ' ');
  assert.match(words, /stop worker and redis/);
  assert.match(words, /start redis; worker again, which takes its jobs from redis/);
  assert.match(words, new RegExp(`docker stop -t 60 ${name}-worker-1 .*compose .* stop redis .*docker start ${name}-worker-1`));

  // What it does is done before it stops, and told to the redis that gave it.
  const [redis, worker] = [standing(made, 'redis'), standing(made, 'worker')];
  const slow = await python(made, SEND, 'slow', '6');
  const told = await harden('fix', '--yes', '--no-rehearse', ...fix);
  assert.equal(told.code, 0, said(told));
  assert.match(told.stdout.replace(/\s+/g, ' '), /worker (?:was away )?\d+\.\d s/);
  assert.doesNotMatch(compose(), new RegExp(`"${port}:`));
  assert.notEqual(standing(made, 'redis')[0], redis[0]);
  assert.deepEqual([standing(made, 'worker')[0], standing(made, 'worker')[1] !== worker[1]], [worker[0], true], 'the same container, started again');
  assert.match(await made.logs('worker'), new RegExp(`Task tasks.slow\\[${slow}\\] succeeded`));
  await aJobIsDone(made);

  const again = standing(made, 'worker');
  const undone = await harden('undo', '--yes');
  assert.equal(undone.code, 0, said(undone));
  assert.equal(compose(), before);
  assert.deepEqual([standing(made, 'worker')[0], standing(made, 'worker')[1] !== again[1]], [worker[0], true]);
  await aJobIsDone(made);

  // A check that holds as long as the file is what it was.
  const back = await harden('fix', '--yes', '--no-rehearse', ...fix, '--check', `grep -q '"${port}:6379"' ${root}/compose.yaml`);
  assert.equal(back.code, 3, said(back));
  assert.match(said(back), /Everything was taken back/);
  assert.equal(compose(), before);
  await aJobIsDone(made);
}), { timeout: 10 * 60_000 });

longTest('a worker that would be gone once it is stopped is left to a person, by name', () => withMade(unique('handed'), { ...FILES, 'compose.yaml': FILES['compose.yaml'].replace('PORT', String(port + 1)).replace(/ {2}worker:[^]*?(?= {2}sender:)/, '') }, async (made) => {
  const { root, name, harden } = made;
  const worker = `${name}-by-hand`;
  // What compose builds carries its labels.
  docker('build', '-q', '-t', worker, path.join(root, 'app'));
  docker('run', '-d', '--rm', '--name', worker, '--network', `${name}_default`, '-v', `${root}/app:/app`, worker);
  try {
    // It takes its time to start, and nobody waited for that.
    const soon = (): Promise<unknown> => until('a job is done', async () => (await made.exec('sender', ['timeout', '30', 'python3', '-c', 'import tasks\nprint(tasks.add.delay(1, 2).get(timeout=25))'])).stdout.trim() === '3', 120);
    await soon();
    const fix = ['--risk', 'exposed-port'];
    const command = new RegExp(`start ${worker} again: it takes its jobs from redis, and may take none any more docker restart -t 60 ${worker}`);
    const shown = await harden('fix', ...fix);
    assert.match(shown.stderr.replace(/\s+/g, ' '), new RegExp(`you start ${worker} again`), said(shown));
    const started = (): string => docker('inspect', '-f', '{{.State.StartedAt}}', worker);
    const since = started();
    const told = await harden('fix', '--yes', '--no-rehearse', ...fix);
    const words = said(told).replace(/\s+/g, ' ');
    assert.match(words, command);
    // Some get their redis back by themselves: whoever does not is never a pass.
    const isSilent = words.includes(`Cannot tell: ${worker} does not answer since its broker was started anew; start it again`);
    assert.equal(told.code, isSilent ? 3 : 0, said(told));
    assert.equal(started(), since, 'nobody touched it');
    docker('restart', '-t', '60', worker);
    await soon();
    const undone = await harden('undo', '--yes');
    assert.match(said(undone).replace(/\s+/g, ' '), command);
    docker('restart', '-t', '60', worker);
    await soon();
  } finally {
    docker('rm', '-f', worker);
    docker('rmi', '-f', worker);
  }
}), { timeout: 10 * 60_000 });
