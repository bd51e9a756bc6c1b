// What a demo refuses, and how it cleans up; on the real engine it is in test/docker/demo.test.ts.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { prepareDemo } from '../../source/demo/index.ts';
import { Stop } from '../../source/model/errors.ts';
import type { DockerFacts } from '../../source/model/machine.ts';
import { realSystem } from '../../source/system/real/index.ts';
import type { DockerDeed } from '../../source/system/deeds.ts';
import type { Docker, Ran, System } from '../../source/system/system.ts';

const DONE: Ran = { code: 0, stdout: '', stderr: '' };
const FACTS: DockerFacts = {
  id: 'x', engine: '28.0', api: '1.48', endpoint: 'unix:///var/run/docker.sock', remote: false, compose: '2.30', userns: false, rootless: false, desktop: false, cgroup: '2',
};

interface Faked {
  readonly system: System;
  readonly said: (readonly string[])[];
  readonly deeds: DockerDeed[];
}

/** An engine that answers as told, on this machine's files; owners as `uidOf` says. */
function faked(facts: Partial<DockerFacts>, answer: (argv: readonly string[]) => Ran = () => DONE, uidOf?: (file: string) => number): Faked {
  const said: (readonly string[])[] = [];
  const deeds: DockerDeed[] = [];
  const look = { facts: async () => ({ ...FACTS, ...facts }), image: async () => ({ Id: 'sha256:1' }) };
  const docker = {
    endpoint: facts.endpoint ?? FACTS.endpoint, look,
    act: async (deed: DockerDeed) => {
      deeds.push(deed);
      return DONE;
    },
  } as unknown as Docker;
  const run = async (argv: readonly string[]): Promise<Ran> => {
    said.push(argv);
    return answer(argv);
  };
  const files = uidOf
    ? { ...realSystem.files, stat: async (file: string) => realSystem.files.stat(file).then((s) => s && { ...s, uid: uidOf(file), gid: uidOf(file) }) }
    : realSystem.files;
  return { said, deeds, system: { ...realSystem, files, docker, shell: { ...realSystem.shell, ask: run, run }, net: { get: async () => ({ status: 200, type: '' }), addresses: () => [], connects: async () => false, connectsAs: async () => undefined } } };
}

const options = { state: '/nonexistent' };
const refused = (work: Promise<unknown>, what: RegExp): Promise<void> =>
  assert.rejects(work, (error) => error instanceof Stop && what.test(error.what.en) && error.next.length > 0);

test('without an engine, on another machine, or without compose there is no demo', async () => {
  const { docker: _none, ...bare } = faked({}).system;
  await refused(prepareDemo(bare, 'shop', options), /no Docker engine answers/);
  await refused(prepareDemo(faked({ remote: true, endpoint: 'ssh://staging' }).system, 'shop', options), /Docker is elsewhere \(ssh:\/\/staging\)/);
  const { compose: _old, ...without } = FACTS;
  const old = faked({});
  const noCompose = { ...old.system, docker: { ...old.system.docker!, look: { ...old.system.docker!.look, facts: async () => without } } };
  await refused(prepareDemo(noCompose, 'shop', options), /needs docker compose/);
});

test('a name that has containers, volumes, networks or images already is left to whom it belongs', async () => {
  const taken = faked({}, (argv) => (argv.some((word) => /=root-container(-2)?$|=root-container(-2)?-\*$/.test(word)) ? { ...DONE, stdout: 'something\n' } : DONE));
  const demo = await prepareDemo(taken.system, 'root-container', options);
  assert.equal(path.basename(demo.root), 'root-container-3');
  await demo.down();
  assert.ok(!existsSync(path.dirname(demo.root)));
});

test('a build that fails is told in the words of docker, and the copy goes', async () => {
  const broken = faked({}, (argv) => (argv.includes('up') ? { code: 17, stdout: '', stderr: 'failed to solve: no space left on device\n' } : DONE));
  const demo = await prepareDemo(broken.system, 'root-container', options);
  await assert.rejects(demo.up(), (error) => error instanceof Stop && error.next.some((n) => n.en.includes('no space left on device')));
  await demo.down();
  assert.ok(!existsSync(demo.root));
});

test('calls go to this project by name and file, on the engine that was chosen', async () => {
  const { system, said } = faked({ endpoint: 'unix:///run/user/1000/docker.sock', rootless: true });
  const demo = await prepareDemo(system, 'root-container', options);
  await demo.up();
  await demo.down();
  const composed = said.filter((argv) => argv.includes('compose'));
  assert.ok(composed.length >= 4, 'up, two seeds, down');
  for (const argv of composed) assert.deepEqual(argv.slice(0, 8), ['docker', '-H', 'unix:///run/user/1000/docker.sock', 'compose', '-p', 'root-container', '-f', path.join(demo.root, 'compose.yaml')]);
  assert.deepEqual(composed.at(-1)?.slice(8), ['down', '-v', '--rmi', 'local', '--remove-orphans', '--timeout', '3']);
});

test('what the app wrote as root is handed back first where we could not remove it', async () => {
  const foreign = faked({}, undefined, (file) => (file.includes('uploads/') ? 0 : 1000));
  const demo = await prepareDemo(foreign.system, 'root-container', options);
  await demo.down();
  const [deed] = foreign.deeds;
  assert.ok(deed?.deed === 'helper');
  assert.deepEqual(deed.argv, ['chown', '-hR', '1000:1000', '/mnt']);
  assert.deepEqual(deed.mounts, [{ type: 'bind', source: demo.root, target: '/mnt' }]);

  const ours = faked({}, undefined, () => 1000);
  await (await prepareDemo(ours.system, 'root-container', options)).down();
  assert.deepEqual(ours.deeds, []);
});

test('what could not be removed is named, with the command for it', async () => {
  const stuck = faked({}, (argv) => (argv.includes('down') ? { code: 1, stdout: '', stderr: 'in use' } : DONE));
  const demo = await prepareDemo(stuck.system, 'root-container', options);
  await assert.rejects(demo.down(), (error) => error instanceof Stop && error.next.some((n) => n.en.includes(`cd ${demo.root} && docker compose down`)));
  assert.ok(existsSync(path.join(demo.root, 'compose.yaml')), 'the way to clear it by hand is gone');
  await realSystem.files.remove(path.dirname(demo.root));
});
