// What becomes of published ports: in a container that is made anew, and in the comparison of before and after.
import assert from 'node:assert/strict';
import test from 'node:test';
import { recreation } from '../../source/changes/recreation.ts';
import { compareVitals } from '../../source/engine/vitals.ts';
import type { RawContainer, RawImage } from '../../source/system/raw.ts';

const IMAGE = { Config: { Env: [], ExposedPorts: {} } } as unknown as RawImage;
const raw = (bindings: unknown): RawContainer => ({
  Id: 'a'.repeat(64), Mounts: [], Config: { Image: 'cache', Hostname: '', Env: [], Labels: {}, ExposedPorts: {} },
  HostConfig: { NetworkMode: 'bridge', Binds: null, PortBindings: bindings }, NetworkSettings: { Networks: {}, Ports: {} },
}) as unknown as RawContainer;

const bindingsOf = (bindings: unknown, remap: Parameters<typeof recreation>[2]): unknown => (recreation(raw(bindings), IMAGE, remap).spec['HostConfig'] as { PortBindings: unknown }).PortBindings;

test('a mapping of a plain container goes to loopback, goes away, or moves inside', () => {
  const open = { '6379/tcp': [{ HostIp: '', HostPort: '6379' }, { HostIp: '::', HostPort: '6379' }], '53/udp': [{ HostIp: '', HostPort: '53' }] };
  const other = { '53/udp': open['53/udp'] };
  assert.deepEqual(bindingsOf(open, [{ from: 6379, to: 6379, address: '127.0.0.1' }]), { '6379/tcp': [{ HostIp: '127.0.0.1', HostPort: '6379' }], ...other });
  assert.deepEqual(bindingsOf(open, [{ from: 6379, to: 6379, address: null }]), other);
  assert.deepEqual(bindingsOf(open, [{ from: 6379, to: 16379 }]), { '16379/tcp': open['6379/tcp'], ...other });
  // Two ways out of two risks at once.
  assert.deepEqual(bindingsOf({ '443/tcp': [{ HostIp: '', HostPort: '443' }] }, [{ from: 443, to: 8443 }, { from: 443, to: 443, address: '127.0.0.1' }]), { '8443/tcp': [{ HostIp: '127.0.0.1', HostPort: '443' }] });
});

test('a port that the engine picked anew is the same port, by where it leads', () => {
  const before = { service: 'cache', what: 'port 32768', inside: 6379, before: 'connects' };
  const results = (after: typeof before): unknown => compareVitals([before], [after]).map((v) => v.result);
  assert.deepEqual(results({ ...before, what: 'port 32801' }), ['same']);
  assert.deepEqual(results({ ...before, what: 'port 32801', before: 'nothing' }), ['WORSE']);
  // The outside stays and the inside moves: also the same.
  assert.deepEqual(results({ ...before, inside: 16379 }), ['same']);
  assert.deepEqual(results({ ...before, what: 'port 9', inside: 9 }), ['WORSE']);
});
