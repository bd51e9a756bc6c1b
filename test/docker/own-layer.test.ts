// Data in a container's own layer: made read-only, it gets a named volume that begins with what is there, and nothing of it is lost.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withService } from '../helpers/corpus.ts';
import { docker, longTest } from '../helpers/engine.ts';
import { inspect } from '../helpers/inspected.ts';
import { must } from '../helpers/program.ts';
import { get, post, untilItAnswers } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

longTest('uploads in the layer of the container are in a volume afterwards, old and new', (t) => withService('flask-uploads', async (started) => {
  const web = (): Record<string, any> => inspect(started.ids()[0]!);
  const upload = async (name: string): Promise<number> => (await post(`${started.url}/upload`, name)).status;
  const up = (): Promise<unknown> => untilItAnswers([{ get: `${started.url}/`, status: 200, type: 'text/html' }]);
  const page = async (): Promise<string> => (await get(`${started.url}/`)).text;
  const compose = (): string => readFileSync(path.join(started.root, 'compose.yaml'), 'utf8');
  const volume = `${started.name}_web-uploads`;
  await up();
  assert.equal(await upload('before'), 201);
  docker('exec', web()['Id'] as string, 'sh', '-c', 'mkdir -p uploads/deep && echo kept > uploads/deep/x && chown -R 1234:1234 uploads/deep && chmod 640 uploads/deep/x');
  const before = compose();

  await t.test('the search says where its data is, and the plan what becomes of it', async () => {
    const told = await started.harden('fix', '--rehearse', '--risk', 'writable-rootfs');
    assert.equal(told.code, 0, said(told));
    assert.match(told.stderr, /in a volume: \/app\/uploads/);
    assert.match(told.stderr.replace(/\s+/g, ' '), new RegExp(`fill the new volume ${volume} with what web keeps in /app/uploads`));
    assert.match(told.stderr, /Holds: /, said(told));
    assert.match(told.stdout, /\+ +- web-uploads:\/app\/uploads\n[^]*\+volumes:\n\+ {2}web-uploads:\n/);
    assert.equal(compose(), before);
    assert.equal(docker('volume', 'ls', '-q', '--filter', `name=${volume}`), '');
  });

  await t.test('applied, it is read-only, and what was there is there', async () => {
    const told = await started.harden('fix', '--yes', '--rehearse', '--risk', 'writable-rootfs');
    assert.equal(told.code, 0, said(told));
    const now = web();
    assert.equal(now['HostConfig'].ReadonlyRootfs, true);
    assert.deepEqual(now['Mounts'].map((m: { Name: string; Destination: string }) => [m.Name, m.Destination]), [[volume, '/app/uploads']]);
    assert.match(await page(), /<li>before<\/li>/);
    assert.equal(docker('exec', now['Id'] as string, 'stat', '-c', '%u:%g %a', '/app/uploads/deep/x'), '1234:1234 640');
    assert.equal(await upload('after'), 201);
    assert.match(await page(), /<li>after<\/li><li>before<\/li>/);
    // It is compose's own, and outlives the container.
    assert.equal(JSON.parse(docker('volume', 'inspect', volume))[0].Labels['com.docker.compose.volume'], 'web-uploads');
    await must(['docker', 'compose', 'up', '-d', '--force-recreate'], { cwd: started.root });
    await up();
    assert.match(await page(), /<li>after<\/li><li>before<\/li>/);
    assert.equal(docker('images', '-q', '--filter', 'reference=harden-tui/rehearsal:*-fill'), '');
  });

  await t.test('undo puts the file back, and says that the volume stays', async () => {
    const told = await started.harden('undo', '--yes');
    assert.match(`${told.stdout}${told.stderr}`.replace(/\s+/g, ' '), new RegExp(`The volume ${volume} stays: it holds what web kept in /app/uploads`));
    assert.equal(compose(), before);
    assert.equal(web()['HostConfig'].ReadonlyRootfs, false);
    assert.equal(docker('run', '--rm', '-v', `${volume}:/v`, 'debian:bookworm-slim', 'ls', '/v'), 'after\nbefore\ndeep');
  });

  await t.test('and a second time it is not mixed into what lies there', async () => {
    const told = await started.harden('fix', '--yes', '--risk', 'writable-rootfs', '--rehearse');
    assert.equal(told.code, 2, said(told));
    assert.match(`${told.stdout}${told.stderr}`.replace(/\s+/g, ' '), new RegExp(`There is a volume ${volume} already`));
    assert.equal(compose(), before);
  });
}), { timeout: 40 * 60_000 });
