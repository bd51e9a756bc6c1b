import assert from 'node:assert/strict';
import { it } from 'node:test';
import { mustOpenLowPorts } from '../../source/engine/low-ports.ts';
import { Stop } from '../../source/model/errors.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { System } from '../../source/system/system.ts';

const machine = { services: [{ name: 'web', containers: ['c'] }], containers: [{ id: 'c', running: true }] } as unknown as Machine;
const plan = (anybody: boolean): Plan => ({ owed: [{ finding: 'f', proofs: [{ kind: 'no-root-port', service: 'web', port: 443, ...(anybody ? { anybody } : {}) }] }] }) as unknown as Plan;

async function asked(stdout: string, { code = 0, anybody = true } = {}): Promise<readonly string[][]> {
  const argvs: string[][] = [];
  const docker = { ask: async ({ argv }: { argv: string[] }) => (argvs.push(argv), { code, stdout, stderr: '' }) };
  await mustOpenLowPorts(plan(anybody), machine, { docker } as unknown as System);
  return argvs;
}

it('a low port is only kept where the namespace of the container leaves it to everybody', async () => {
  assert.deepEqual(await asked('0\n'), [['cat', '/proc/sys/net/ipv4/ip_unprivileged_port_start']]);
  await asked('443\n');
  await assert.rejects(asked('1024\n'), (e) => e instanceof Stop && e.exitCode === 2 && /In web ports below 1024 are root's/.test(e.message));
});

it('what can not be asked is left to the proof, and what has a capability is not asked', async () => {
  await asked('OCI runtime exec failed', { code: 126 });
  await asked('');
  assert.deepEqual(await asked('1024', { anybody: false }), []);
});
