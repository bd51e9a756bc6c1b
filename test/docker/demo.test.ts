// `demo` on the real engine: it never takes over what is there, and leaves nothing behind.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareDemo } from '../../source/demo/index.ts';
import { openJournal } from '../../source/engine/journal.ts';
import { realDocker, realSystem } from '../../source/system/real/index.ts';
import { docker, engineTest, unique } from '../helpers/engine.ts';
import { get } from '../helpers/requests.ts';

const lines = (text: string): string[] => text.split('\n').filter(Boolean);
const ofProject = (name: string): string[] => [
  ...lines(docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${name}`)),
  ...lines(docker('volume', 'ls', '-q', '--filter', `label=com.docker.compose.project=${name}`)),
  ...lines(docker('network', 'ls', '-q', '--filter', `label=com.docker.compose.project=${name}`)),
  ...lines(docker('images', '-q', '--filter', `reference=${name}-*`)),
];

engineTest('a demo starts beside what is there, and is gone afterwards', async (t) => {
  const state = mkdtempSync(path.join(tmpdir(), 'ht-demo-'));
  const system = { ...realSystem, docker: await realDocker('unix:///var/run/docker.sock', realSystem.shell) };
  // Somebody's volume from another project of that name: it would be removed with ours.
  const theirs = unique('theirs');
  docker('volume', 'create', '--label', 'com.docker.compose.project=root-container', theirs);
  const kept = `harden-tui/keep:${unique('demo')}`;
  t.after(() => {
    docker('volume', 'rm', theirs);
    rmSync(state, { recursive: true });
  });

  const told: string[] = [];
  const demo = await prepareDemo(system, 'root-container', { state, say: (line) => told.push(line) });
  const name = path.basename(demo.root);
  try {
    assert.match(name, /^root-container-\d+$/);
    assert.deepEqual(ofProject(name), [], 'something was made before it was asked for');
    assert.match(demo.commands[0]?.join(' ') ?? '', / up -d --build$/);
    await demo.up();
    assert.ok(told.length > 0, 'nothing was heard while it was built');
    const answer = await get(demo.urls[0]!);
    assert.equal(answer.status, 200);
    assert.match(answer.text, /Best soup of the week/);
    const published = docker('inspect', '-f', '{{json .HostConfig.PortBindings}}', `${name}-web-1`);
    assert.match(published, /"HostIp":"127\.0\.0\.1"/);

    // As a fix of the wizard leaves it: a run in the journal, and the old image under our tag.
    const image = docker('image', 'inspect', '-f', '{{.Id}}', `${name}-web`);
    docker('tag', image, kept);
    const journal = await openJournal(realSystem.files, state);
    const plan = { version: 1 as const, root: demo.root, name, choices: [], steps: [], owed: [], findings: [], joins: [], refused: [], foreseen: { gone: [], left: [], fresh: [] } };
    await journal.write({ t: 'run', run: journal.run, root: demo.root, name, at: new Date().toISOString(), plan });
    await journal.write({ t: 'step', step: 1, undo: { image, kept } });
  } finally {
    await demo.down();
  }
  assert.deepEqual(ofProject(name), []);
  assert.equal(docker('images', '-q', kept), '');
  assert.ok(!existsSync(demo.root) && !existsSync(path.dirname(demo.root)));
  assert.equal(docker('volume', 'ls', '-q', '--filter', `name=${theirs}`), theirs, "somebody else's volume is gone");
  await demo.down();
});

engineTest('a demo that was never started is gone as well', async (t) => {
  const state = mkdtempSync(path.join(tmpdir(), 'ht-demo-'));
  t.after(() => rmSync(state, { recursive: true }));
  const system = { ...realSystem, docker: await realDocker('unix:///var/run/docker.sock', realSystem.shell) };
  const demo = await prepareDemo(system, 'privileged-port', { state });
  assert.ok(existsSync(path.join(demo.root, 'tls/dev.crt')));
  await demo.down();
  assert.ok(!existsSync(path.dirname(demo.root)));
});
