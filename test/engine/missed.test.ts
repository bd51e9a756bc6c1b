import assert from 'node:assert/strict';
import { it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { RISKS } from '../../source/risks/index.ts';
import { machineOf } from '../helpers/case.ts';

const FILES = {
  'Dockerfile': 'FROM debian:bookworm-slim\nWORKDIR /app\nCOPY . .\nCMD ["python3", "web.py"]\n',
  'compose.yaml': 'services:\n  web:\n    build: .\n  other:\n    build: .\n    command: python3 other.py\n',
};

/** Services whose processes a fix of both has to show, where the other one is not running. */
async function owed(other: { readonly exitCode?: number; readonly restart?: string }): Promise<readonly string[]> {
  const machine = await machineOf(FILES, { containers: [
    { service: 'web', workdir: '/app', processes: [{ pid: 10, uid: 0, argv: ['python3', 'web.py'] }] },
    { service: 'other', workdir: '/app', running: false, processes: [], ...other },
  ] });
  const findings = diagnose(machine, RISKS).findings.filter((f) => f.risk === 'root-container');
  const plan = makePlan(machine, RISKS, findings, findings.map((f) => ({ finding: f.id, risk: f.risk, fix: 'numeric-user' })));
  return plan.owed.flatMap((o) => o.proofs).flatMap((p) => ('service' in p ? [p.service] : []));
}

it('a job that has ended owes no proof; what was stopped, fell, or is to be up does', async () => {
  assert.deepEqual(await owed({ exitCode: 0 }), ['web']);
  assert.deepEqual(await owed({}), ['web'], 'one of which it is not known what it ended with');
  for (const other of [{ exitCode: 137 }, { exitCode: 1 }, { exitCode: 0, restart: 'unless-stopped' }]) assert.deepEqual(await owed(other), ['web', 'other'], JSON.stringify(other));
});
