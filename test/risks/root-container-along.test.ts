import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import path from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { isRefusal } from '../../source/model/risk.ts';
import { rootContainer } from '../../source/risks/root-container/index.ts';
import { machineOf, tree } from '../helpers/case.ts';
import { root } from '../listing.ts';

const CASE = path.join(root, 'source/risks/root-container/cases/volume-and-log');

/** What is said of a folder of the image and of `docker exec`. */
async function told(fix: string): Promise<readonly string[]> {
  const machine = await machineOf(tree(path.join(CASE, 'before')), JSON.parse(readFileSync(path.join(CASE, 'machine.json'), 'utf8')));
  const [finding] = rootContainer.detect(machine);
  const proposal = finding && rootContainer.fixes.find((f) => f.id === fix)?.propose(finding, machine);
  assert.ok(proposal && !isRefusal(proposal), fix);
  return (proposal.along ?? []).filter(({ label }) => label === '/app/logs' || label === 'docker exec').map(({ text }) => text.en);
}

describe('what comes along with each way of root-container', () => {
  it('is the image, and docker exec as the app, where USER or compose decides', async () => {
    for (const fix of ['numeric-user', 'named-user', 'compose-user']) {
      assert.deepEqual(await told(fix), ["written by the app: 10001's in the image", 'will be 10001; for apt or pip inside add  -u 0']);
    }
  });
  it('is each start, and docker exec as root, where an entrypoint steps down', async () => {
    assert.deepEqual(await told('step-down'), ["written by the app: 10001's from each start on", 'stays root; to be what the app is add  -u 10001']);
  });
  it('mends no old volume where there is none', async () => {
    const price = async (name: string): Promise<string | undefined> => {
      const folder = path.join(CASE, '..', name);
      const live = existsSync(path.join(folder, 'machine.json')) ? JSON.parse(readFileSync(path.join(folder, 'machine.json'), 'utf8')) : { containers: [] };
      const machine = await machineOf(tree(path.join(folder, 'before')), live);
      const proposal = rootContainer.fixes.find((f) => f.id === 'step-down')?.propose(rootContainer.detect(machine)[0]!, machine);
      assert.ok(proposal && !isRefusal(proposal), name);
      return proposal.price?.en;
    };
    assert.deepEqual([await price('volume-and-log'), await price('plain-gunicorn')], [undefined, 'docker exec stays root']);
  });
  it('is the group, where any number must do', async () => {
    assert.deepEqual(await told('random-uid'), ['written by the app: group 0 may write it, in the image', 'will be 10001 of group 0; for apt or pip inside add  -u 0']);
  });
});

describe('the folder that its programs start in is told as what it is', () => {
  const DOCKERFILE = 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y redis-server python3\n';
  const rows = async (dockerfile: string, command: string, recorded: Parameters<typeof machineOf>[1] = {}): Promise<readonly string[]> => {
    const machine = await machineOf({ Dockerfile: dockerfile, 'app.py': '', 'compose.yaml': `services:\n  one:\n    build: .\n    command: ${command}\n` }, recorded);
    const [finding] = rootContainer.detect(machine);
    const proposal = finding && rootContainer.fixes.find((f) => f.id === 'numeric-user')?.propose(finding, machine);
    assert.ok(proposal && !isRefusal(proposal), proposal && isRefusal(proposal) ? proposal.refused.en : 'nothing');
    return (proposal.along ?? []).flatMap(({ label, text }) => (label === '/' || label === '/keep' ? [text.en] : []));
  };
  it('where a store saves, once', async () => {
    assert.deepEqual(await rows(`${DOCKERFILE}WORKDIR /keep\n`, 'redis-server'), ["it saves its data here; will be 10001's"]);
  });
  it('code beside which it writes, with what', async () => {
    assert.deepEqual(await rows(`${DOCKERFILE}WORKDIR /keep\nCOPY app.py .\n`, 'celery -A app beat'), ["code; stays root's, but the folder it lies in is the app's, because it writes celerybeat-schedule here: it could put other files in their place"]);
    assert.deepEqual(await rows(`${DOCKERFILE}WORKDIR /keep\nCOPY app.py .\n`, 'python3 app.py', { containers: [{ service: 'one', processes: [{ pid: 1, uid: 0, argv: ['python3', 'app.py'] }], written: ['/keep', '/keep/shop.db', '/keep/access.log', '/keep/x.csv'], modified: ['/keep'], directories: ['/keep'] }] }), ["code; stays root's, but the folder it lies in is the app's, because it writes access.log and shop.db and 1 more here: it could put other files in their place"]);
  });
  it('code alone, and nothing that a schedule in a database would need', async () => {
    for (const command of ['python3 app.py', 'celery -A app beat -S django', 'celery -A app beat -s /var/lib/beat/schedule']) {
      assert.deepEqual(await rows(`${DOCKERFILE}WORKDIR /keep\nCOPY app.py .\n`, command), ["code; stays root's, so the app cannot change itself"], command);
    }
  });
  it('all of the image, where nobody names a folder', async () => {
    assert.match((await rows(DOCKERFILE, 'python3 /app.py'))[0] ?? '', /^no WORKDIR, so this is where it starts; stays root's/);
  });
});
