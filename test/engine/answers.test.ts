import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerFor, keepAnswer } from '../../source/engine/answers.ts';
import type { Machine } from '../../source/model/machine.ts';
import { appEditors, editorsAreRoot } from '../../source/settings/trust.ts';
import { memoryFiles } from '../../source/system/memory.ts';

const machine = (yaml?: string, answered?: Machine['appEditors']): Machine => ({
  files: new Map(yaml === undefined ? [] : [['.harden-tui.yaml', { path: '.harden-tui.yaml', text: yaml, hash: '', mode: 0o644, uid: 0, gid: 0 }]]),
  ...(answered ? { appEditors: answered } : {}),
} as unknown as Machine);

describe('with what whoever edits the app is trusted', () => {
  it('is what the project says, else what was answered, else the app alone', () => {
    const said = 'trust:\n  app-editors: root\n';
    assert.deepEqual([appEditors(machine()), editorsAreRoot(machine())], [undefined, false]);
    assert.deepEqual([appEditors(machine(said)), appEditors(machine(undefined, 'root')), appEditors(machine('trust: {app-editors: app}', 'root'))], ['root', 'root', 'app']);
    assert.equal(appEditors(machine('trust: {app-editors: everybody}')), undefined);
  });

  it('is kept in the state, for one project at a time, for its owner alone', async () => {
    const files = memoryFiles({});
    assert.equal(await answerFor(files, '/state', '/srv/shop'), undefined);
    await keepAnswer(files, '/state', '/srv/shop', 'root');
    await keepAnswer(files, '/state', '/srv/blog', 'app');
    assert.deepEqual([await answerFor(files, '/state', '/srv/shop'), await answerFor(files, '/state', '/srv/blog'), await answerFor(files, '/state', 'constructor')], ['root', 'app', undefined]);
    assert.equal((await files.stat('/state/answers.json'))?.mode, 0o600);
  });

  it('is asked again where what was kept is no answer', async () => {
    for (const text of ['{"version":1,"pro', '[]', 'null', '{"projects":{"/srv/shop":{"appEditors":"yes"}}}']) {
      assert.equal(await answerFor(memoryFiles({ '/state/answers.json': text }), '/state', '/srv/shop'), undefined, text);
    }
  });
});
