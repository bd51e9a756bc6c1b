// A broker's address in an env file that several services share: all of them get the login, and one that is forgotten is missed.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { longTest } from '../helpers/engine.ts';
import { commitAll } from '../helpers/git.ts';
import { putBack, standingNow } from '../helpers/loop.ts';
import { get, post, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

const risk = ['--risk', 'broker-no-auth'];
const ENV = '# shared by web and worker\nBROKER_URL=redis://redis:6379/0\n';

const edit = (file: string, change: (text: string) => string): void => writeFileSync(file, change(readFileSync(file, 'utf8')));

/** As people write it: one anchor with an env file in a folder of its own, and the address read from there. */
async function withEnvFile({ root }: { root: string }): Promise<void> {
  mkdirSync(path.join(root, 'env'));
  writeFileSync(path.join(root, 'env/common.env'), ENV);
  edit(path.join(root, 'bureau/tasks.py'), (text) => `import os\n\n${text.replace('broker="redis://redis/0", backend="redis://redis/1"', 'broker=os.environ["BROKER_URL"], backend=os.environ["BROKER_URL"]')}`);
  edit(path.join(root, 'compose.yaml'), (text) => `x-app: &app\n  env_file:\n    - ./env/common.env\n  depends_on: [redis]\n\n${text.replaceAll(/ {4}build: \.\n/g, '    <<: *app\n    build: .\n').replaceAll('    depends_on: [redis]\n', '')}`);
  await commitAll(root);
}

/** The worker puts its address together by itself: nobody who reads finds it. */
function withoutAWord({ root }: { root: string }): void {
  writeFileSync(path.join(root, 'web.env'), 'BROKER_URL=redis://redis:6379/0\n');
  edit(path.join(root, 'bureau/tasks.py'), (text) => `import os\n\nAT = os.environ.get("BROKER_URL") or "redis://%s:6379/0" % "".join(["re", "dis"])\n${text.replace('broker="redis://redis/0", backend="redis://redis/1"', 'broker=AT, backend=AT')}`);
  edit(path.join(root, 'compose.yaml'), (text) => text.replace('    depends_on: [redis]\n', '    env_file: web.env\n').replace('    restart: unless-stopped\n    depends_on: [redis]\n', '    restart: unless-stopped\n'));
}

async function aPriceIsStillAPrice(project: Project, seconds = 60): Promise<void> {
  const sent = await post(`${project.url}quotes`, 'Every train stops here');
  const { id } = JSON.parse(sent.text) as { id: string };
  assert.match(await until('a quote is ready', async () => {
    const got = await get(`${project.url}quotes/${id}`);
    return got.status === 200 && got.text;
  }, seconds), /"SUCCESS"/);
}

void describe('a broker whose address is in an env file', { concurrency: true }, () => {
  longTest('everybody who reads it gets the login, in a file that git does not have', (t) =>
    withScenario(t, 'pickle-serializer', { before: withEnvFile }, async (project) => {
      await aPriceIsStillAPrice(project);
      const before = standingNow(project);
      const told = await project.harden('fix', '--yes', '--rehearse', ...risk);
      assert.equal(told.code, 0, said(told));
      assert.match(said(told), /Holds/);
      await aPriceIsStillAPrice(project);
      assert.equal(readFileSync(path.join(project.root, 'env/common.env'), 'utf8'), ENV, 'git has it');
      // Whoever needs it finds it there.
      const [, secret = ''] = /^BROKER_URL=redis:\/\/app:([^@]+)@redis:6379\/0$/m.exec(readFileSync(path.join(project.root, '.env.redis'), 'utf8')) ?? [];
      const { stdout } = await project.exec('redis', ['redis-cli', '-u', `redis://app:${secret}@127.0.0.1/0`, 'ping']);
      assert.match(stdout, /PONG/);
      const undone = await project.harden('undo', '--yes');
      assert.equal(undone.code, 0, said(undone));
      putBack(project, before);
      await aPriceIsStillAPrice(project);
    }), { timeout: 10 * 60_000 });

  longTest('a worker that was forgotten is missed: in the rehearsal, and on what runs', (t) =>
    withScenario(t, 'pickle-serializer', { before: withoutAWord }, async (project) => {
      await aPriceIsStillAPrice(project);
      const before = standingNow(project);
      await t.test('who is connected is seen, and nothing is written', async () => {
        const told = await project.harden('fix', ...risk);
        assert.match(said(told).replace(/\s+/g, ' '), /worker-1 is connected to it now/);
        assert.doesNotMatch(told.stdout, /redis\.acl/);
      });
      // Nobody may look who is connected.
      await t.test('the rehearsal says that it breaks', async () => {
        const told = await project.harden('fix', '--rehearse', '--no-processes', ...risk);
        assert.match(said(told), /WORSE/);
        assert.match(said(told), /Authentication required/);
        assert.match(said(told), /Breaks/);
      });
      await t.test('applied all the same, it is rolled back', async () => {
        const told = await project.harden('fix', '--yes', '--no-rehearse', '--no-processes', ...risk);
        assert.equal(told.code, 3, said(told));
        assert.match(told.stderr, /worker: celery ping answers nothing, it was pong/);
        // The worker that ran on may say so in its log or be silent: both were seen.
        assert.match(told.stderr, /Everything was taken back/);
        putBack(project, before);
        // It tries again after up to half a minute.
        await aPriceIsStillAPrice(project, 120);
      });
    }), { timeout: 12 * 60_000 });
});
