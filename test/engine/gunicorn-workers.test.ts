import assert from 'node:assert/strict';
import { it } from 'node:test';
import { gunicornWorkers } from '../../source/engine/proofs/gunicorn-workers.ts';
import type { System } from '../../source/system/system.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

const passwd = { files: { read: async () => Buffer.from('root:x:0:0::/root:/bin/sh\nweb:x:990:990::/:/bin/false\nadmin:x:991:991::/:/bin/false\n') } } as unknown as System;

it('workers that became another program\'s account are not what was chosen', async () => {
  const one = casesOf('gunicorn-root-workers').find((c) => c.name === 'shared-config-on-the-machine');
  assert.ok(one);
  const before = await machineOf(one.before, one.recorded);
  const admins = { real: 991, effective: 991 };
  const stepped = <T extends { processes: readonly { pid: number }[] }>(live: T): T => ({ ...live, processes: live.processes.map((p) => ([711, 721].includes(p.pid) ? { ...p, uid: admins, gid: admins } : p)) });
  const machine = { ...before, host: stepped(before.host) } as typeof before;
  const service = (name: string): string => machine.services.find((s) => s.host?.name === name)?.name ?? name;
  const seen = async (program: string) => (await gunicornWorkers({ kind: 'gunicorn-workers', service: service(program), program, user: program }, machine, passwd)).text.en;
  assert.equal(await seen('web'), 'web: its workers are uid 991, not web');
  assert.match(await seen('admin'), /^admin: 1 worker, 991:991/);
});
