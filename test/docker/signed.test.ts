// Signed messages: pickle-serializer's third way, and the only one of unsigned-messages.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { json, pickled } from '../helpers/celery.ts';
import { docker, engineTest, longTest } from '../helpers/engine.ts';
import { get, post, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

async function aPriceIsStillAPrice(project: Project): Promise<void> {
  const asked = await post(`${project.url}quotes`, 'Every train stops here');
  const { id } = JSON.parse(asked.text) as { id: string };
  const answer = await until('a quote is ready', async () => {
    const got = await get(`${project.url}quotes/${id}`);
    return got.status === 200 && got.text;
  });
  assert.deepEqual(JSON.parse(answer), { state: 'SUCCESS', quote: { words: 4, price: 0.44 } });
}

/** What the worker says to a message that somebody put into the queue by hand. */
async function toMessage(project: Project, text: string): Promise<string> {
  const before = (await project.logs('worker')).length;
  const told = await project.exec('redis', ['redis-cli', '-x', 'lpush', 'celery'], { input: text });
  assert.equal(told.code, 0, told.stderr);
  return until('the worker says something to it', async () => /ContentDisallowed|Received unregistered task|Task \S+ received|succeeded/.exec((await project.logs('worker')).slice(before))?.[0]);
}

/** Nothing but JSON, and nobody is root: whoever can write a message is still believed. */
function jsonAlready({ root }: { root: string }): void {
  const edit = (file: string, change: (text: string) => string): void => writeFileSync(path.join(root, file), change(readFileSync(path.join(root, file), 'utf8')));
  edit('bureau/tasks.py', (text) => text.replaceAll('"pickle"', '"json"').replace('["json", "json"]', '["json"]'));
  edit('Dockerfile', (text) => text.replace('ENV C_FORCE_ROOT=1\n', 'RUN useradd -u 10001 bureau\nUSER 10001:10001\n'));
}

const KEY = '/run/celery-keys/key.pem';
const mode = async (project: Project, service: string): Promise<string> => (await project.exec(service, ['stat', '-c', '%a %u:%g', KEY])).stdout.trim();
const volumes = (project: Project): string => docker('volume', 'ls', '-q', '--filter', `name=${project.name}_celery-keys`);

// Together: they mostly wait.
void describe('signed', { concurrency: true }, () => {
  engineTest('signed messages, from root and pickle to neither, and back', (t) =>
    withScenario(t, 'pickle-serializer', {}, async (project) => {
      await t.test('as it is, anybody gives orders', async () => {
        assert.match(await toMessage(project, json('bureau.tasks.quote', ['to the last page', 0.5]).text), /received|succeeded/);
      });
      await t.test('fix --yes makes a key, and says until when it holds', async () => {
        const told = await project.harden('fix', '--yes', '--risk', 'pickle-serializer', '--risk', 'root-container', '--fix', 'pickle-serializer=signed');
        assert.equal(told.code, 0, said(told));
        assert.match(told.stdout.replace(/\s+/g, ' '), /worker itself says: auth, nothing else/);
        assert.match(told.stdout.replace(/\s+/g, ' '), /its certificate holds until 20\d\d-\d\d-\d\d/);
        assert.doesNotMatch(told.stdout + told.stderr, /BEGIN (RSA )?PRIVATE KEY/);
      });
      await t.test('what nobody signed is refused, what the app signs is done', async () => {
        assert.equal(await toMessage(project, json('bureau.tasks.quote', ['to the last page', 0.5]).text), 'ContentDisallowed');
        assert.equal(await toMessage(project, pickled().text), 'ContentDisallowed');
        await aPriceIsStillAPrice(project);
      });
      await t.test('the key is for its readers alone, and in no image', async () => {
        for (const service of ['web', 'worker']) {
          const seen = project.processes(service);
          assert.ok(seen.every((p) => p.uid === 10001), 'root still');
          assert.equal(await mode(project, service), '640 10001:10001');
          assert.notEqual((await project.exec(service, ['cat', KEY], { user: '65534:65534' })).code, 0, 'a stranger in the container reads it');
          assert.notEqual((await project.exec(service, ['sh', '-c', `echo x >> ${KEY}`])).code, 0, 'the app may change it');
        }
        assert.equal(docker('run', '--rm', '--entrypoint', 'sh', `${project.name}-worker`, '-c', 'ls /run/celery-keys 2>/dev/null | wc -l'), '0');
        // Compose takes the volume for its own.
        assert.doesNotMatch(await project.compose('up', '-d'), /already exists but was not created/);
      });
      await t.test('undo --yes takes the key away, and everybody is heard again', async () => {
        assert.notEqual(volumes(project), '');
        const undone = await project.harden('undo', '--yes');
        assert.equal(undone.code, 0, said(undone));
        assert.equal(volumes(project), '', 'the volume is still there');
        await aPriceIsStillAPrice(project);
        assert.match(await toMessage(project, json('bureau.tasks.quote', ['to the last page', 0.5]).text), /received|succeeded/);
      });
    }), { timeout: 8 * 60_000 });

  longTest('messages of JSON get a signature, asked for by name, and back', (t) =>
    withScenario(t, 'pickle-serializer', { before: jsonAlready }, async (project) => {
      const order = json('bureau.tasks.quote', ['to the last page', 0.5]).text;
      assert.match(await toMessage(project, order), /received|succeeded/);
      // The image that runs has no library to make a key with: the one that the plan builds has.
      const tried = await project.harden('fix', '--rehearse', '--risk', 'unsigned-messages');
      assert.equal(tried.code, 0, said(tried));
      const told = await project.harden('fix', '--yes', '--risk', 'unsigned-messages');
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout.replace(/\s+/g, ' '), /worker itself says: auth, nothing else/);
      assert.equal(await toMessage(project, order), 'ContentDisallowed');
      await aPriceIsStillAPrice(project);
      const undone = await project.harden('undo', '--yes');
      assert.equal(undone.code, 0, said(undone));
      assert.equal(volumes(project), '', 'the volume is still there');
      assert.match(await toMessage(project, order), /received|succeeded/);
    }), { timeout: 8 * 60_000 });
});
