// Two targets of one Dockerfile: the one that was forgotten gets its user, the other one and the build stage are left alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { engineTest } from '../helpers/engine.ts';
import { closedLoop, makeRepository } from '../helpers/loop.ts';
import { until } from '../helpers/requests.ts';
import { withScenario } from '../helpers/scenario.ts';

void describe('python-root-image', () => {
  engineTest('python-root-image, from scan to undo', (t) =>
    withScenario(t, 'python-root-image', { before: ({ root }) => makeRepository('above', root) }, async (project) => {
      const started = project.container('digest')['State'].StartedAt;
      await closedLoop(t, project, {
        repository: 'above',
        left: ['digest'],
        facts: async () => {
          const web = project.processes('web');
          assert.ok(web.length > 0 && web.every((p) => p.uid !== 0 && p.caps === 0n), JSON.stringify(web.map((p) => p.uid)));
          // One USER for web, one that was there; none in the stage that builds.
          const users = readFileSync(path.join(project.root, 'Dockerfile'), 'utf8').split('\n').filter((l) => l.startsWith('USER'));
          assert.equal(users.length, 2);
          const stored = await project.post(`${project.url}reading`, '2024-05-01T07:00,241');
          assert.equal(stored.status, 201, stored.text);
          assert.equal((await project.get(`${project.url}latest`)).status, 200, 'a HOME that can be written');
          await until('digest reads on', async () => (await project.logs('digest')).includes('241'));
          assert.equal(project.container('digest')['State'].StartedAt, started, 'digest was not touched');
        },
      });
    }));
});
