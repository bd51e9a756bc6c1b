// What a run keeps for its undo is released on request: the old image, the old container, the journal. What runs goes on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { docker, engineTest } from '../helpers/engine.ts';
import { processesOf } from '../helpers/processes.ts';
import { untilItAnswers } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario } from '../helpers/scenario.ts';

const named = (name: string): string[] => docker('ps', '-a', '--filter', `name=^/${name}`, '--format', '{{.Names}}').split('\n').filter(Boolean).sort();

engineTest('a run that is forgotten releases what it kept, and what runs goes on', (t) =>
  withScenario(t, 'root-container', { start: false }, async (project) => {
    const name = `${project.name}-hut`;
    t.after(() => {
      for (const one of named(name)) docker('rm', '-fv', one);
      docker('rmi', '-f', name);
    });
    docker('build', '-q', '-t', name, project.root);
    docker('run', '-d', '--name', name, '-p', `127.0.0.1:${project.port('web')}:8000`, '-v', `${project.root}/uploads:/app/uploads`, name);
    await untilItAnswers(project.scenario.answers);
    const old = docker('inspect', '-f', '{{.Image}}', name);
    const fixed = await project.harden('fix', '--yes');
    assert.equal(fixed.code, 0, said(fixed));
    assert.deepEqual(named(name), [name, `${name}-before-run-1`]);

    const asked = await project.harden('history', '--forget', '1');
    assert.equal(asked.code, 2, said(asked));
    assert.match(asked.stderr, new RegExp(`image harden-tui/keep:1-\\S+, up to \\d+ MB|stopped container ${name}-before-run-1`));
    assert.equal(named(name).length, 2, 'it was released without being asked for');

    const told = await project.harden('history', '--forget', '1', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.match(told.stdout, /^Run 1 is forgotten\. Released: 1 image, 1 container and its journal, /);
    assert.deepEqual(named(name), [name]);
    assert.throws(() => docker('image', 'inspect', old), 'the old image is still there');
    assert.match(readFileSync(path.join(project.state, 'harden-tui/runs/1/journal.jsonl'), 'utf8'), /^\{"t":"forgotten","at":"[^"]+"\}\n$/);

    assert.deepEqual([...new Set(processesOf(docker('inspect', '-f', '{{.Id}}', name)).map((p) => p.uid))], [10001]);
    await untilItAnswers(project.scenario.answers);
    for (const words of [['undo', '1', '--yes'], ['verify', '1']]) {
      const none = await project.harden(...words);
      assert.equal(none.code, 2, said(none));
      assert.match(none.stderr, /There is no run 1/);
    }
  }));
