// The least that a service holds with, found on disposable copies, applied, seen on the new processes, and taken back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withService } from '../helpers/corpus.ts';
import { docker, engineTest, longTest } from '../helpers/engine.ts';
import { inspect } from '../helpers/inspected.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { findingOf, read, said } from '../helpers/scan.ts';

/** Root that gives a file away, as entrypoints do; the rest of its power it never uses. */
const GIVES_AWAY = {
  'compose.yaml': 'services:\n  web:\n    build: .\n    init: true\n',
  'Dockerfile': 'FROM debian:bookworm-slim\nCOPY start.sh /start.sh\nCMD ["sh", "/start.sh"]\n',
  'start.sh': '#!/bin/sh\nset -e\necho job > /tmp/spool\nchown 10001:10001 /tmp/spool\nexec sleep infinity\n',
};

const compose = (made: Made): string => readFileSync(path.join(made.root, 'compose.yaml'), 'utf8');
const options = (c: Record<string, any>): unknown => ({ drop: c['HostConfig'].CapDrop, add: c['HostConfig'].CapAdd, readOnly: c['HostConfig'].ReadonlyRootfs, tmpfs: Object.keys(c['HostConfig'].Tmpfs ?? {}), security: c['HostConfig'].SecurityOpt });
/** What the kernel has of the container's first process. */
const kernel = (made: Made, service: string): Record<string, string> => {
  const status = readFileSync(`/proc/${made.container(service)['State'].Pid as number}/status`, 'utf8');
  return Object.fromEntries(['CapBnd', 'CapEff', 'NoNewPrivs'].map((f) => [f, new RegExp(`^${f}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? '']));
};
/** Everything of ours that would be left behind. */
const ours = (name: string): string => docker('ps', '-aq', '--filter', 'label=io.harden-tui.run', '--filter', `name=${name}`) + docker('volume', 'ls', '-q', '--filter', 'label=io.harden-tui.run', '--filter', `name=${name}`);

const LEAST = ['--risk', 'all-capabilities', '--risk', 'writable-rootfs', '--risk', 'no-new-privileges'];

engineTest('one capability and one folder in memory, found by trials', (t) =>
  withMade('least', GIVES_AWAY, async (made) => {
    const before = { text: compose(made), options: options(made.container('web')), id: made.container('web')['Id'] as string };

    await t.test('a plain dry run says that it has to be tried', async () => {
      const told = await made.harden('fix', '--risk', 'all-capabilities');
      assert.equal(told.code, 0, said(told));
      assert.equal(told.stdout, '');
      assert.match(told.stderr, /has to be tried first:\s+\S[^\n]*harden-tui\.js\s+fix\s+--risk\s+all-capabilities\s+--rehearse/);
    });

    await t.test('fix finds the least, applies it, and sees it on the new processes', async () => {
      const told = await made.harden('fix', '--yes', '--rehearse', ...LEAST);
      assert.equal(told.code, 0, said(told));
      assert.match(told.stderr, /at most 24 trials/);
      assert.match(told.stderr, /x {2}web {2}cap_drop: ALL {2}[\s\S]*Operation not permitted[\s\S]*ok {2}web {2}cap_drop: ALL, cap_add: CHOWN/);
      assert.deepEqual(options(made.container('web')), { drop: ['ALL'], add: ['CHOWN'], readOnly: true, tmpfs: ['/tmp'], security: ['no-new-privileges:true'] });
      assert.deepEqual(kernel(made, 'web'), { CapBnd: '0000000000000001', CapEff: '0000000000000001', NoNewPrivs: '1' });
      assert.match(compose(made), /cap_drop:\n {6}- ALL\n/);
      assert.match((await made.exec('web', ['touch', '/x'])).stderr, /Read-only file system/);
      assert.equal((await made.exec('web', ['touch', '/tmp/x'])).code, 0);
      assert.equal(ours(made.name), '', 'a copy is left over');
    });

    await t.test('undo brings all of it back', async () => {
      const told = await made.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.equal(compose(made), before.text);
      assert.deepEqual(options(made.container('web')), before.options);
    });
  }), { timeout: 10 * 60_000 });

/** What the search says it found; and every capability that one of its trials was given. */
function foundIn(stderr: string, service: string): { readonly needs: readonly string[]; readonly touched: readonly string[] } {
  const words = (line: string | undefined): string[] => (line ?? '').split(',').map((w) => w.trim()).filter((w) => /^[A-Z_]+$/.test(w));
  const lines = stderr.split('\n');
  return {
    needs: words(lines.find((l) => l.includes(`${service}: capabilities:`))?.split('capabilities:')[1]),
    touched: [...new Set(lines.flatMap((l) => words(/cap_add: ([A-Z_, ]+?) {2}/.exec(l)?.[1])))],
  };
}

const subsets = (all: readonly string[]): readonly (readonly string[])[] => all.reduce<readonly (readonly string[])[]>((some, c) => [...some, ...some.map((s) => [...s, c])], [[]]);

/** Brute force, by docker alone: does the image come up, and answer, with these and nothing else? */
async function answersWith(image: string, port: number, given: readonly string[]): Promise<boolean> {
  const id = docker('run', '-d', '--cap-drop', 'ALL', ...given.flatMap((c) => ['--cap-add', c]), image);
  try {
    for (let tries = 0; tries < 20; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { State, NetworkSettings } = JSON.parse(docker('inspect', id))[0] as { State: { Running: boolean }; NetworkSettings: { IPAddress: string } };
      if (!State.Running) return false;
      const answer = await fetch(`http://${NetworkSettings.IPAddress}:${port}/`).catch(() => undefined);
      if (answer?.status === 200) return true;
    }
    return false;
  } finally {
    docker('rm', '-fv', id);
  }
}

/** Services of the corpus, and what their programs were written to need. */
const KNOWN: readonly { readonly name: string; readonly service: string; readonly needs: readonly string[]; readonly port?: number }[] = [
  { name: 'gosu-entrypoint', service: 'tally', needs: ['CHOWN', 'SETGID', 'SETUID'], port: 8000 },
  { name: 'raw-socket', service: 'sniff', needs: ['NET_RAW'] },
  { name: 'makes-a-device', service: 'tuner', needs: ['MKNOD'] },
  { name: 'pid-in-var-run', service: 'relay', needs: [] },
  { name: 'flask-uploads', service: 'web', needs: [] },
];

for (const { name, service, needs, port } of KNOWN) {
  longTest(`${name} holds with ${needs.join(', ') || 'no capability'}, and not with less`, () =>
    withService(name, async (started) => {
      const told = await started.harden('fix', '--rehearse', '--risk', 'all-capabilities');
      assert.equal(told.code, 0, said(told));
      const found = foundIn(told.stderr, service);
      assert.deepEqual([...found.needs].sort(), needs, said(told));
      assert.match(told.stdout, /\+ +- ALL\n/);
      if (port === undefined) return;
      assert.ok(found.touched.length <= 5, found.touched.join());
      const image = `${started.name}-${service}`;
      const held: (readonly string[])[] = [];
      for (const given of subsets(found.touched)) if (await answersWith(image, port, given)) held.push(given);
      const minimal = held.filter((s) => !held.some((o) => o.length < s.length && o.every((c) => s.includes(c)))).map((s) => [...s].sort().join());
      assert.deepEqual(minimal, [[...found.needs].sort().join()], `brute force over ${found.touched.join()}`);
    }), { timeout: 12 * 60_000 });
}

longTest('a container of docker run is held to less by its flags, and comes back itself', () =>
  withService('plain-run', async (started) => {
    const id = started.ids()[0]!;
    const told = await started.harden('fix', '--yes', '--rehearse', '--risk', 'all-capabilities', '--risk', 'no-new-privileges');
    assert.equal(told.code, 0, said(told));
    const now = inspect(started.ids()[0]!);
    assert.notEqual(now['Id'], id);
    assert.deepEqual([now['HostConfig'].CapDrop, now['HostConfig'].SecurityOpt], [['ALL'], ['no-new-privileges:true']], said(told));
    assert.equal((await started.harden('undo', '--yes')).code, 0);
    assert.deepEqual(started.ids(), [id]);
  }), { timeout: 10 * 60_000 });

longTest('a user that nobody made gets its account, and the service starts', (t) =>
  withMade('nobody', {
    'compose.yaml': 'services:\n  web:\n    build: .\n    init: true\n',
    'Dockerfile': 'FROM debian:bookworm-slim\nWORKDIR /srv\nUSER clerk\nCMD ["sleep", "infinity"]\n',
  }, async (made) => {
    await made.compose('build');
    await assert.rejects(made.compose('up', '-d'), /unable to find user clerk/);
    const before = readFileSync(path.join(made.root, 'Dockerfile'), 'utf8');

    await t.test('scan has seen that it does not start', async () => {
      const found = findingOf(read(await made.harden('scan', '--format', 'json')), 'user-unresolvable', 'web');
      assert.deepEqual([found?.confidence, found?.severity, found?.locations[0]?.line], ['seen', 'high', 3]);
    });
    await t.test('fix makes it, builds and starts', async () => {
      const told = await made.harden('fix', '--yes', '--risk', 'user-unresolvable');
      assert.equal(told.code, 0, said(told));
      assert.equal(made.container('web')['State'].Running, true);
      assert.ok(made.processes('web').every((p) => p.uid === 10001), said(told));
      assert.match(readFileSync(path.join(made.root, 'Dockerfile'), 'utf8'), /RUN groupadd -g 10001 clerk && useradd -u 10001 -g clerk -d \/srv clerk\nUSER clerk/);
    });
    await t.test('undo leaves it as it was found: not running', async () => {
      const told = await made.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.equal(readFileSync(path.join(made.root, 'Dockerfile'), 'utf8'), before);
      assert.equal(made.container('web')['State'].Running, false);
    });
    await t.test('a number in its place starts as well', async () => {
      await assert.rejects(made.compose('up', '-d'), /unable to find user clerk/);
      const told = await made.harden('fix', '--yes', '--risk', 'user-unresolvable', '--fix', 'user-unresolvable=numeric-user');
      assert.equal(told.code, 0, said(told));
      assert.ok(made.container('web')['State'].Running && made.processes('web').every((p) => p.uid === 10001), said(told));
      assert.match(readFileSync(path.join(made.root, 'Dockerfile'), 'utf8'), /^USER 10001:10001$/m);
    });
  }, { start: false }));
