// A container as root that writes to its image, a volume and a bind mount.
import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { engineTest } from '../helpers/engine.ts';
import { closedLoop, fixHolds, makeRepository } from '../helpers/loop.ts';
import { get } from '../helpers/requests.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

const photos = (project: Project): string[] => readdirSync(path.join(project.root, 'uploads')).filter((name) => name.endsWith('.jpg'));
const ownersOfPhotos = (project: Project): number[] => [...new Set(photos(project).map((name) => statSync(path.join(project.root, 'uploads', name)).uid))];
const notes = async (project: Project): Promise<string[]> => (JSON.parse((await get(project.url)).text) as { notes: string[] }).notes;

async function nobodyIsRoot(project: Project, uid: number): Promise<void> {
  const seen = project.processes('web');
  assert.ok(seen.length >= 3, `gunicorn and its two workers: ${seen.length} processes`);
  assert.deepEqual([...new Set(seen.map((p) => p.uid))], [uid]);
  assert.ok((await notes(project)).includes('Best soup of the week'), 'the old notes are gone');
}

engineTest('root-container, from scan to undo', (t) =>
  withScenario(t, 'root-container', { before: ({ root }) => makeRepository('here', root) }, async (project) => {
    const back = async (): Promise<void> => {
      assert.deepEqual([...new Set(project.processes('web').map((p) => p.uid))], [0]);
      assert.deepEqual(ownersOfPhotos(project), [0]);
      const { stdout } = await project.exec('web', ['find', 'data', '-printf', '%U:%G ']);
      assert.deepEqual([...new Set(stdout.trim().split(' '))], ['0:0']);
      assert.ok((await notes(project)).includes('One more line'), 'what was written meanwhile is lost');
    };

    await closedLoop(t, project, {
      repository: 'here',
      files: true,
      facts: async () => {
        await nobodyIsRoot(project, 10001);
        assert.ok(project.processes('web').every((p) => p.caps === 0n), 'capabilities are left');
        assert.deepEqual(ownersOfPhotos(project), [10001]);
        // As the app's own user: its code and the system stay out of reach.
        for (const file of ['book.py', '/etc/passwd', '/app']) assert.equal((await project.exec('web', ['test', '-w', file])).code, 1, `the app may write ${file}`);
        assert.equal((await project.exec('web', ['id', '-u'])).stdout.trim(), '10001');
      },
      back,
    });

    await fixHolds(t, project, {
      repository: 'here',
      words: ['--fix', 'root-container=step-down'],
      facts: async () => {
        await nobodyIsRoot(project, 10001);
        const [first] = project.processes('web');
        assert.match(first?.args.join(' ') ?? '', /gunicorn/, 'a shell stayed as process 1');
      },
      back,
    });
  }));
