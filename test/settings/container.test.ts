// What a container is held to: who decides, and how it is written where it is decided.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { confineFlags, recreation } from '../../source/changes/recreation.ts';
import { filesAfter } from '../../source/engine/edits.ts';
import { isRefusal } from '../../source/model/risk.ts';
import { BY_DEFAULT, capabilitiesIn, kept, maskOf } from '../../source/settings/capabilities.ts';
import { containerSetting } from '../../source/settings/container.ts';
import { confine, type Wanted } from '../../source/settings/container-edits.ts';
import type { RawContainer, RawImage } from '../../source/system/raw.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

async function written(files: Record<string, string>, wanted: Wanted): Promise<Record<string, string> | string> {
  const machine = await machineOf(files);
  const made = confine(machine, machine.services[0]!, wanted);
  if (isRefusal(made)) return made.refused.en;
  return Object.fromEntries([...filesAfter(machine, made.changes)].map(([path, f]) => [path, f.text]));
}

describe('capabilities', () => {
  it('are counted as the engine counts them', () => {
    assert.equal(maskOf(BY_DEFAULT), 0xa80425fbn);
    assert.deepEqual(capabilitiesIn(0x400n), ['NET_BIND_SERVICE']);
    assert.deepEqual(kept(['all'], ['cap_chown']), ['CHOWN']);
    assert.equal(kept([], []).length, 14);
    assert.equal(kept(['CAP_MKNOD'], ['NET_ADMIN']).length, 14);
    assert.ok(kept([], ['ALL']).includes('SYS_ADMIN'));
  });
});

describe('a setting of a container', () => {
  const FILES = { 'compose.yaml': 'services:\n  web:\n    image: web\n    cap_drop: [MKNOD]\n', 'compose.override.yaml': 'services:\n  web:\n    cap_drop: [cap_kill]\n    read_only: true\n' };
  const value = async (recorded?: Recorded) => { const machine = await machineOf(FILES, recorded); return containerSetting(machine, machine.services[0]!, 'capDrop'); };
  it('is what all files say together, where nothing runs', async () => {
    const drop = await value();
    assert.deepEqual([[...drop.value].sort(), drop.seen, drop.from.at?.file], [['KILL', 'MKNOD'], false, 'compose.override.yaml']);
    const machine = await machineOf(FILES);
    assert.equal(containerSetting(machine, machine.services[0]!, 'readOnly').value, true);
  });
  it('is what a running container shows, and the files are told behind it', async () => {
    const drop = await value({ containers: [{ service: 'web', capDrop: ['CAP_CHOWN'] }] });
    assert.deepEqual([drop.value, drop.seen, drop.from.label, drop.hides.length], [['CHOWN'], true, '--cap-drop', 1]);
  });
});

describe('what is wanted of a container', () => {
  it('is added behind what is there, in the file that says it', async () => {
    const after = await written({ 'compose.yaml': 'services:\n  web:\n    image: web\n', 'compose.override.yaml': 'services:\n  web:\n    tmpfs: /cache\n    cap_add:\n    - KILL # for the reaper\n' }, { dropAll: true, capAdd: ['KILL', 'CHOWN'], readOnly: true, tmpfs: ['/cache', '/run:uid=5,gid=5'], noNewPrivileges: true });
    assert.deepEqual(after, {
      'compose.yaml': 'services:\n  web:\n    image: web\n    cap_drop:\n      - ALL\n    security_opt:\n      - no-new-privileges:true\n    read_only: true\n',
      'compose.override.yaml': 'services:\n  web:\n    tmpfs: [/cache, "/run:uid=5,gid=5"]\n    cap_add:\n    - KILL # for the reaper\n    - CHOWN\n',
    });
  });
  it('changes nothing that is so already', async () => {
    const text = 'services:\n  web:\n    image: web\n    cap_drop: [ALL]\n    read_only: true\n    security_opt: [no-new-privileges]\n';
    assert.deepEqual(await written({ 'compose.yaml': text }, { dropAll: true, readOnly: true, noNewPrivileges: true }), { 'compose.yaml': text });
  });
  it('is refused where an anchor shares it, or a variable decides', async () => {
    assert.match(String(await written({ 'compose.yaml': 'services:\n  web: &a\n    image: web\n  b: *a\n' }, { readOnly: true })), /anchor/);
    assert.match(String(await written({ 'compose.yaml': 'services:\n  web:\n    image: web\n    read_only: ${RO}\n' }, { readOnly: true })), /variable/);
    assert.match(String(await written({ 'compose.yaml': 'services:\n  web:\n    image: web\n    tmpfs: ${PLACE}\n' }, { tmpfs: ['/tmp'] })), /variable/);
  });
});

describe('a container of docker run', () => {
  const raw = {
    Id: 'a'.repeat(64), Name: '/web', Config: { Env: null, Labels: null, Image: 'web', Hostname: '' }, Mounts: [],
    HostConfig: { NetworkMode: 'default', Binds: null, CapDrop: ['MKNOD'], CapAdd: null, ReadonlyRootfs: false, Tmpfs: { '/cache': '' }, SecurityOpt: ['seccomp=x'] }, NetworkSettings: { Networks: {} },
  } as unknown as RawContainer;
  const image = { Config: { Env: null, Labels: null } } as unknown as RawImage;
  it('is made again with what it is held to, and everything else as it was', () => {
    const told = { capDrop: ['ALL'], capAdd: ['CHOWN'], readOnly: true, tmpfs: ['/tmp', '/run:uid=5'] };
    const host = recreation(raw, image, [], told).spec['HostConfig'] as Record<string, unknown>;
    assert.deepEqual([host['CapDrop'], host['CapAdd'], host['ReadonlyRootfs'], host['Tmpfs'], host['SecurityOpt']], [['ALL'], ['CHOWN'], true, { '/cache': '', '/tmp': '', '/run': 'uid=5' }, ['seccomp=x']]);
    assert.deepEqual(confineFlags(told), ['--cap-drop=ALL', '--cap-add=CHOWN', '--read-only=true', '--tmpfs=/tmp', '--tmpfs=/run:uid=5']);
    assert.deepEqual((recreation(raw, image).spec['HostConfig'] as Record<string, unknown>)['CapDrop'], ['MKNOD']);
  });
});
