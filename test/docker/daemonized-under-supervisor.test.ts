// A uWSGI that leaves the supervisord that started it, in a container.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { longTest } from '../helpers/engine.ts';
import { fixHolds } from '../helpers/loop.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

const INI = 'app/uwsgi.ini';

const status = async (project: Project): Promise<string> => (await project.exec('app', ['supervisorctl', '-c', '/board/supervisord.conf', 'status', 'board'])).stdout;

void describe('daemonized-under-supervisor', () => {
  longTest('daemonized-under-supervisor, in front again', (t) =>
    withScenario(t, 'uwsgi-stack', { before: ({ root }) => appendFileSync(path.join(root, INI), 'daemonize = /dev/null\n') }, async (project) => {
      await t.test('as it is, the board serves and supervisord knows nothing of it', async () => assert.doesNotMatch(await status(project), /RUNNING/));

      await fixHolds(t, project, {
        repository: 'none',
        words: ['--risk', 'daemonized-under-supervisor'],
        facts: async () => {
          assert.match(await status(project), /RUNNING/);
          assert.match(readFileSync(path.join(project.root, INI), 'utf8'), /^logto = \/dev\/null$/m);
        },
      });
    }), { timeout: 10 * 60_000 });
});
