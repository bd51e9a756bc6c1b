// Fixes that are made to fail: taken back by themselves, with the line that explains it, and everything as it was.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { engineTest, longTest } from '../helpers/engine.ts';
import { putBack, standingNow, untouched } from '../helpers/loop.ts';
import { said } from '../helpers/scan.ts';
import { withScenario } from '../helpers/scenario.ts';

const prepend = (file: string, text: string): void => writeFileSync(file, text + readFileSync(file, 'utf8'));

const NEEDS_ROOT = `import os

if os.getuid() != 0:
    raise SystemError("the book's lock is on /dev/hut, which only root may open")

`;

// Together: they mostly wait.
void describe('taken back', { concurrency: true }, () => {
  engineTest('an app that cannot run as another user is rolled back, with the line of its log that says so', (t) =>
    withScenario(t, 'root-container', { before: ({ root }) => prepend(path.join(root, 'book.py'), NEEDS_ROOT) }, async (project) => {
      const before = standingNow(project);
      const told = await project.harden('fix', '--yes');
      assert.equal(told.code, 3, said(told));
      assert.match(told.stderr, /the book's lock is on \/dev\/hut, which only root may open/);
      putBack(project, before);
      await project.answersAsBefore();
      assert.deepEqual([...new Set(project.processes('web').map((p) => p.uid))], [0]);
      assert.deepEqual(await project.keptImages(), []);

      await t.test('history tells it, and there is nothing left to undo', async () => {
        const history = await project.harden('history');
        assert.equal(history.code, 0, said(history));
        const undo = await project.harden('undo', '--yes');
        assert.equal(undo.code, 2, said(undo));
      });
    }));

  // It starts, answers GET as before, and every note is lost: only the user's own check can tell.
  longTest("the user's own check decides, too", (t) =>
    withScenario(t, 'root-container', {}, async (project) => {
      const before = standingNow(project);
      const check = `test "$(docker exec ${project.name}-web-1 id -u)" = 0 || { echo the check wants root; exit 1; }`;
      const told = await project.harden('fix', '--yes', '--check', check);
      assert.equal(told.code, 3, said(told));
      putBack(project, before);
      await project.answersAsBefore();
    }));

  engineTest('a build that fails changes nothing, and its last lines are shown', (t) =>
    withScenario(
      t, 'root-container',
      {
        before: ({ root }) => {
          writeFileSync(path.join(root, 'extras.sh'), 'echo nothing extra\n');
          const dockerfile = path.join(root, 'Dockerfile');
          writeFileSync(dockerfile, readFileSync(dockerfile, 'utf8').replace('RUN mkdir', 'RUN sh extras.sh\nRUN mkdir'));
        },
      },
      async (project) => {
        // Since it was built, a package has vanished from the archive.
        writeFileSync(path.join(project.root, 'extras.sh'), 'echo "E: Unable to locate package python3-hut" >&2; exit 100\n');
        const before = standingNow(project);
        const refused = await project.harden('fix', '--yes');
        assert.equal(refused.code, 2, said(refused));
        assert.match(refused.stderr, /as it is can't be built[^]*Unable to locate package python3-hut/);
        untouched(project, before);
        // Whoever goes on all the same sees the step itself fail.
        const told = await project.harden('fix', '--yes', '--accept-drift');
        assert.equal(told.code, 3, said(told));
        assert.match(told.stderr, /could not be built/);
        assert.match(told.stderr, /Unable to locate package python3-hut/);
        untouched(project, before);
        await project.answersAsBefore();
        assert.deepEqual(await project.keptImages(), []);
      },
    ));
});
