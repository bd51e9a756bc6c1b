// gunicorn under a real supervisord of this machine: who its workers are, and who may write what root reads.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { accountThere, freePort, hostProject, hostTest, processesBelow, supervisord, untilAnswers, WSGI, type HostProject } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

const idOf = (name: string): number => Number(spawnSync('id', ['-u', name], { encoding: 'utf8' }).stdout);
/** As another user of this machine, with that user's groups. */
const as = (uid: number, ...argv: readonly string[]): number | null => spawnSync('setpriv', ['--reuid', String(uid), '--regid', String(uid), '--clear-groups', ...argv]).status;

interface Stand {
  readonly project: HostProject;
  readonly url: string;
  readonly gunicorns: () => readonly { uid: number; gid: number; groups: readonly number[]; pid: number }[];
  readonly before: { readonly config: string; readonly supervisor: string };
}

/** One gunicorn with a configuration file and a log folder of its own. */
async function stand(t: TestContext, name: string, config: string, account?: number): Promise<Stand> {
  const port = await freePort();
  const project = hostProject(t, {
    'app.py': WSGI,
    'conf/gunicorn.py': `bind = '127.0.0.1:${port}'\nworkers = 2\naccesslog = 'ROOT/logs/access.log'\n${config}`,
    'logs/old.log': 'once\n',
    'supervisord.conf': supervisord(`\n[program:${name}]\ncommand=/usr/bin/gunicorn -c ROOT/conf/gunicorn.py app:app\ndirectory=ROOT\n`),
  });
  if (account !== undefined) for (const at of ['conf', 'conf/gunicorn.py']) chownSync(path.join(project.root, at), account, account);
  const master = project.start('supervisord', '-c', 'supervisord.conf');
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  return { project, url, gunicorns: () => processesBelow(master, 'conf/gunicorn.py'), before: { config: project.read('conf/gunicorn.py'), supervisor: project.read('supervisord.conf') } };
}

async function undone({ project, url, before }: Stand, as0 = /served by 0/): Promise<void> {
  const told = await project.harden('undo', '--yes');
  assert.equal(told.code, 0, said(told));
  assert.deepEqual({ config: project.read('conf/gunicorn.py'), supervisor: project.read('supervisord.conf') }, before);
  assert.match(await untilAnswers(url), as0);
}

for (const [fix, masterToo] of [['user-group', false], ['supervisor-user', true]] as const) {
  const name = `ht-${fix}-${process.pid}`;
  hostTest(`workers as root under supervisord, by ${fix}`, ['supervisord', 'gunicorn'], async (t) => {
    const it = await stand(t, name, '');
    // Behind the end of its processes: an account that is in use stays.
    t.after(() => spawnSync('userdel', [name]));
    await t.test('the workers are the account\'s, with its group and no other', async () => {
      const told = await it.project.harden('fix', '--yes', '--system-files', '--risk', 'gunicorn-root-workers', '--fix', `gunicorn-root-workers=${fix}`);
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /^gone /m);
      const uid = idOf(name);
      const [master, ...workers] = it.gunicorns();
      assert.equal(workers.length, 2);
      for (const p of workers) {
        assert.equal(p.uid, uid);
        assert.notEqual(p.gid, 0);
        assert.ok(!p.groups.includes(0), 'root\'s group is left in their list');
      }
      assert.equal(master?.uid, masterToo ? uid : 0);
      assert.match(await untilAnswers(it.url), new RegExp(`served by ${uid}`));
      assert.match(readFileSync(path.join(it.project.root, 'logs/access.log'), 'utf8'), /GET/);
      const environment = readFileSync(`/proc/${master!.pid}/environ`, 'utf8');
      if (masterToo) assert.ok(environment.includes(`HOME=${it.project.root}\0`), 'HOME is still root\'s');
    });
    await t.test('undo brings it all back', async () => {
      await undone(it);
      assert.ok(!accountThere(name));
      assert.equal(statSync(path.join(it.project.root, 'logs/old.log')).uid, 0);
    });
  }, { long: masterToo });
}

for (const fix of ['split-owner', 'non-root-start'] as const) {
  const name = `ht-${fix}-${process.pid}`;
  hostTest(`a configuration that root reads and the app can write, by ${fix}`, ['supervisord', 'gunicorn'], async (t) => {
    spawnSync('useradd', ['--system', '--user-group', name]);
    const uid = idOf(name);
    const it = await stand(t, name, `user = '${name}'\ngroup = '${name}'\n`, uid);
    // Behind the end of its processes: an account that is in use stays.
    t.after(() => spawnSync('userdel', [name]));
    const config = path.join(it.project.root, 'conf/gunicorn.py');
    const proof = path.join(it.project.root, 'whoami');
    const hup = async (): Promise<string> => {
      const [master, ...old] = it.gunicorns().map((p) => p.pid);
      process.kill(master!, 'SIGHUP');
      // It reads its file again before it starts new workers and ends the old ones.
      for (let i = 0; i < 100 && it.gunicorns().some((p) => old.includes(p.pid)); i++) await pause(100);
      return existsSync(proof) ? readFileSync(proof, 'utf8') : '';
    };

    await t.test('as it is, a line that the app adds runs as root', async () => {
      const old = readFileSync(config);
      assert.equal(as(uid, 'sh', '-c', `echo "open('${proof}', 'w').write(str(__import__('os').getuid()))" >> ${config}`), 0);
      assert.equal(await hup(), '0');
      spawnSync('rm', [proof]);
      // The same bytes again, in the same file.
      spawnSync('truncate', ['-s', '0', config]);
      appendFileSync(config, old);
      assert.equal(await hup(), '');
    });

    await t.test('found as seen, and mended', async () => {
      const told = await it.project.harden('fix', '--yes', '--system-files', '--risk', 'root-reads-writable-config', '--fix', `root-reads-writable-config=${fix}`);
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /^gone /m);
      const [master, ...workers] = it.gunicorns();
      assert.deepEqual(workers.map((p) => p.uid), [uid, uid]);
      if (fix === 'non-root-start') assert.equal(master?.uid, uid, 'the master is still root');
      else {
        assert.equal(as(uid, 'test', '-w', config), 1);
        assert.equal(as(uid, 'test', '-w', path.dirname(config)), 1);
        assert.equal(as(uid, 'test', '-r', config), 0);
      }
      assert.match(await untilAnswers(it.url), new RegExp(`served by ${uid}`));
    });

    await t.test('undo brings it all back', async () => {
      await undone(it, new RegExp(`served by ${uid}`));
      assert.equal(statSync(config).uid, uid);
      assert.equal(it.gunicorns()[0]?.uid, 0);
    });
  }, { long: fix !== 'split-owner' });
}
