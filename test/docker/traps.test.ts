// Three traps that well-meant hardening ends in (FACTS.md, section 1): each is shown to be one, and then that we do not end there.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withService, type Started } from '../helpers/corpus.ts';
import { longTest } from '../helpers/engine.ts';
import { inspect } from '../helpers/inspected.ts';
import { processesOf } from '../helpers/processes.ts';
import { must, ran } from '../helpers/program.ts';
import { get, post, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { vitalsOf } from '../helpers/vitals.ts';

const up = (service: Started): Promise<unknown> => ran(['docker', 'compose', 'up', '-d', '--build'], { cwd: service.root });

/** Lines in front of the command, as they stand in many a guide; back again afterwards. */
async function naively(service: Started, file: string, change: (text: string) => string, look: () => Promise<void>): Promise<void> {
  const at = path.join(service.root, file);
  const before = readFileSync(at, 'utf8');
  writeFileSync(at, change(before));
  assert.notEqual(readFileSync(at, 'utf8'), before);
  await up(service);
  await look();
  writeFileSync(at, before);
  await must(['docker', 'compose', 'up', '-d', '--build'], { cwd: service.root });
}

const beforeCmd = (line: string) => (text: string): string => text.replace(/^CMD/m, `${line}\nCMD`);

async function fixed(service: Started, ...words: string[]): Promise<void> {
  const vitals = vitalsOf(service);
  await until('it answers', () => vitals.answers().then(() => true, () => false));
  await vitals.all();
  const told = await service.harden('fix', '--yes', ...words);
  assert.equal(told.code, 0, said(told));
  await vitals.all();
}

longTest('a user that does not exist: the image builds, and no container starts; ours is a number', (_t) =>
  withService('flask-uploads', async (service) => {
    await naively(service, 'Dockerfile', beforeCmd('USER shareuser'), async () => {
      const state = inspect(service.idOf('web'))['State'];
      assert.equal(state.Running, false);
      assert.match(state.Error, /unable to find user shareuser/);
    });
    await fixed(service, '--risk', 'root-container', '--fix', 'root-container=named-user');
    assert.match(inspect(service.idOf('web'))['Config'].User, /^\d+:\d+$/);
    assert.match((await service.exec('web', ['id', '-un'])).stdout, /^app\n$/);
  }), { timeout: 10 * 60_000 });

longTest('nobody on data of root: the pages look fine and no write works; ours hands the data over', (_t) =>
  withService('notes-volume', async (service) => {
    await until('it answers', () => get(service.url).then((g) => g.status === 200, () => false));
    assert.equal((await post(service.url, 'from root')).status, 201);
    await naively(service, 'Dockerfile', beforeCmd('USER nobody'), async () => {
      await until('it answers', () => get(service.url).then((g) => g.status === 200, () => false));
      const got = await post(service.url, 'from nobody');
      assert.deepEqual([got.status, got.text.trim()], [500, 'attempt to write a readonly database']);
    });
    await fixed(service, '--risk', 'root-container');
    assert.ok(processesOf(service.idOf('notes')).every((p) => p.uid === 10001));
    assert.match((await get(service.url)).text, /from root/);
  }), { timeout: 10 * 60_000 });

longTest('a read-only root without a tmpfs: it ends at once; ours does not give memory to what has to stay', (_t) =>
  withService('flask-uploads', async (service) => {
    await naively(service, 'compose.yaml', (text) => text.replace('    restart: always\n', '    read_only: true\n'), async () => {
      await until('it has ended', () => inspect(service.idOf('web'))['State'].Running === false);
    });
    // Its uploads would be lost at every start: memory is not offered for them, and nothing is begun.
    const vitals = vitalsOf(service);
    await until('it answers', () => vitals.answers().then(() => true, () => false));
    await vitals.all();
    const told = await service.harden('fix', '--yes', '--risk', 'writable-rootfs', '--rehearse');
    assert.equal(told.code, 2, said(told));
    assert.match(told.stderr.replace(/\s+/g, ' '), /memory would lose that at every start: give it a volume first/);
    assert.equal(inspect(service.idOf('web'))['HostConfig'].ReadonlyRootfs, false);
    await vitals.all();
  }), { timeout: 10 * 60_000 });
