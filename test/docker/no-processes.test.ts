// The witness through Docker alone, as on Docker Desktop, WSL or a remote engine: /proc of this machine is not looked at.
import assert from 'node:assert/strict';
import { chownSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { engineTest, longTest } from '../helpers/engine.ts';
import { fixHolds } from '../helpers/loop.ts';
import { listening } from '../helpers/processes.ts';
import { get } from '../helpers/requests.ts';
import { mustShow, read, said } from '../helpers/scan.ts';
import { withScenario } from '../helpers/scenario.ts';

const ALONE = '--no-processes';

// Together: they mostly wait.
void describe('without /proc', { concurrency: true }, () => {
  engineTest('root-container without /proc, with a folder that belongs to somebody', (t) =>
    withScenario(
      t, 'root-container',
      // The developer's own folder: the app should become its owner, so that both can write there.
      { before: ({ root }) => ['uploads', 'uploads/.gitkeep'].forEach((name) => chownSync(path.join(root, name), 1234, 1234)) },
      async (project) => {
        await t.test('scan names it', async () => {
          const told = await project.harden('scan', '--format', 'json', ALONE);
          assert.equal(told.code, 1, said(told));
          mustShow(read(told), project);
        });
        await fixHolds(t, project, {
          repository: 'none',
          words: [ALONE],
          facts: async () => {
            const seen = project.processes('web');
            assert.deepEqual([...new Set(seen.map((p) => p.uid))], [1234]);
            await project.answersAsBefore();
            const photos = readdirSync(path.join(project.root, 'uploads')).map((name) => statSync(path.join(project.root, 'uploads', name)).uid);
            assert.deepEqual([...new Set(photos)], [1234]);
          },
        });
      },
    ));

  longTest('privileged-port without /proc', (t) =>
    withScenario(t, 'privileged-port', {}, async (project) => {
      await t.test('scan names it', async () => {
        const told = await project.harden('scan', '--format', 'json', ALONE);
        assert.equal(told.code, 1, said(told));
        mustShow(read(told), project);
      });
      await fixHolds(t, project, {
        repository: 'none',
        words: [ALONE],
        facts: async () => {
          const seen = project.processes('server');
          assert.ok(seen.length >= 3 && seen.every((p) => p.uid === 10001), JSON.stringify(seen.map((p) => p.uid)));
          assert.deepEqual(listening(seen[0]!.pid), [8443]);
          assert.equal((await get(project.url)).status, 200);
        },
      });
    }));
});
