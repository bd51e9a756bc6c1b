// A Celery worker that takes pickle, as root, with C_FORCE_ROOT.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { json, pickled, type Message } from '../helpers/celery.ts';
import { engineTest, longTest } from '../helpers/engine.ts';
import { closedLoop, fixHolds, makeRepository } from '../helpers/loop.ts';
import { get, post, until } from '../helpers/requests.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

async function send(project: Project, message: Message): Promise<void> {
  const told = await project.exec('redis', ['redis-cli', '-x', 'lpush', 'celery'], { input: message.text });
  assert.equal(told.code, 0, told.stderr);
}

/** What the worker says to a harmless pickled message. */
async function toPickle(project: Project): Promise<string> {
  const before = (await project.logs('worker')).length;
  await send(project, pickled());
  return until('the worker says something to a pickled message', async () =>
    /ContentDisallowed|Received unregistered task/.exec((await project.logs('worker')).slice(before))?.[0]);
}

async function jsonIsDone(project: Project): Promise<void> {
  const message = json('bureau.tasks.quote', ['to the last page', 0.5]);
  await send(project, message);
  const result = await until('a json message is done', async () => {
    const { stdout } = await project.exec('redis', ['redis-cli', '-n', '1', 'get', `celery-task-meta-${message.id}`]);
    return stdout.includes('SUCCESS') && stdout;
  });
  assert.match(result, /price/);
}

/** The way of a customer: a text in, a price out. */
async function aPriceIsStillAPrice(project: Project): Promise<void> {
  const asked = await post(`${project.url}quotes`, 'Every train stops here');
  const { id } = JSON.parse(asked.text) as { id: string };
  const answer = await until('a quote is ready', async () => {
    const got = await get(`${project.url}quotes/${id}`);
    return got.status === 200 && got.text;
  });
  assert.deepEqual(JSON.parse(answer), { state: 'SUCCESS', quote: { words: 4, price: 0.44 } });
}

function nobodyIsRoot(project: Project): void {
  for (const service of ['web', 'worker']) {
    const seen = project.processes(service);
    assert.ok(seen.length >= 2, `${service}: ${seen.length} processes`);
    assert.ok(seen.every((p) => p.uid !== 0 && p.gid !== 0), `${service}: ${JSON.stringify(seen.map((p) => [p.uid, p.gid]))}`);
  }
}

// Together: they mostly wait.
void describe('pickle-serializer', { concurrency: true }, () => {
  engineTest('pickle-serializer, from scan to undo', (t) =>
    withScenario(t, 'pickle-serializer', { before: ({ root }) => makeRepository('none', root) }, async (project) => {
      await t.test('as it is, a pickled message is read', async () => assert.equal(await toPickle(project), 'Received unregistered task'));

      await closedLoop(t, project, {
        repository: 'none',
        words: ['--risk', 'pickle-serializer', '--risk', 'root-container'],
        left: ['redis'],
        facts: async () => {
          nobodyIsRoot(project);
          assert.equal(await toPickle(project), 'ContentDisallowed');
          await jsonIsDone(project);
          await aPriceIsStillAPrice(project);
          assert.ok(!project.container('worker')['Config'].Env.some((e: string) => e.startsWith('C_FORCE_ROOT')));
        },
        back: async () => {
          assert.equal(await toPickle(project), 'Received unregistered task');
          await aPriceIsStillAPrice(project);
        },
      });
    }));

  longTest('pickle-serializer, in two steps', (t) =>
    withScenario(t, 'pickle-serializer', {}, async (project) => {
      await t.test('json in two steps: the first writes json, goes on reading both, and says that the risk is still there', async () => {
        const told = await project.harden('fix', '--yes', '--risk', 'pickle-serializer', '--fix', 'pickle-serializer=drain-first');
        assert.equal(told.code, 3, `${told.stdout}\n${told.stderr}`);
        assert.equal(await toPickle(project), 'Received unregistered task');
        await jsonIsDone(project);
        const { stdout } = await project.exec('worker', ['cat', 'bureau/tasks.py']);
        for (const line of [/\btask_serializer="json"/, /\bresult_serializer="json"/, /accept_content=\[(?=.*"json")(?=.*"pickle")/]) assert.match(stdout, line);
        assert.equal((await project.harden('undo', '--yes')).code, 0);
        await aPriceIsStillAPrice(project);
      });
    }));

  longTest('pickle-serializer, with a user that has a number alone', (t) =>
    withScenario(t, 'pickle-serializer', {}, async (project) => {
      // The order matters: with pickle still accepted, a number without a name ends the worker (FACTS.md, section 4). So the
      // serializer comes along.
      await fixHolds(t, project, {
        repository: 'none',
        words: ['--risk', 'root-container', '--fix', 'root-container=numeric-user'],
        left: ['redis'],
        facts: async () => {
          nobodyIsRoot(project);
          assert.equal(await toPickle(project), 'ContentDisallowed');
        },
      });
    }));
});
