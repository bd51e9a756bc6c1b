import assert from 'node:assert/strict';
import { it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { filesAfter, isFileChange } from '../../source/engine/edits.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { RISKS } from '../../source/risks/index.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const FILES = { 'Dockerfile': 'FROM debian:bookworm-slim\nRUN mkdir /run/stats\nCOPY app.py /srv/\nCMD ["python3", "/srv/app.py"]\n', 'app.py': 'print()\n', 'compose.yaml': 'services:\n  web:\n    build: .\n' };
const trials = { web: { writable: { needs: [{ path: '/run/stats' }], trials: [], minimal: true } } };
const running = (): Recorded => ({ containers: [{ service: 'web', processes: [{ pid: 100, uid: 0, argv: ['python3', '/srv/app.py'] }] }], trials: trials as unknown as NonNullable<Recorded['trials']> });

async function memory(...risks: readonly (readonly [string, string])[]): Promise<string | undefined> {
  const machine = await machineOf(FILES, running());
  const findings = diagnose(machine, RISKS).findings;
  const choices = risks.flatMap(([risk, fix]) => findings.filter((f) => f.risk === risk).map((f) => ({ finding: f.id, risk, fix })));
  assert.equal(choices.length, risks.length);
  const plan = makePlan(machine, RISKS, findings, choices);
  assert.deepEqual(plan.refused, []);
  return /\/run\/stats:[^\s"]+/.exec(filesAfter(machine, plan.steps.map((s) => s.change).filter(isFileChange)).get('compose.yaml')?.text ?? '')?.[0];
}

// A tmpfs over a folder of the image has that folder's mode and is root's, mode= or not (measured, runc 1.1).
it('memory beside a new user is that user\'s, in whichever order they were chosen', async () => {
  const [user, readOnly] = [['root-container', 'numeric-user'], ['writable-rootfs', 'read-only']] as const;
  assert.equal(await memory(user, readOnly), '/run/stats:uid=10001,gid=10001');
  assert.equal(await memory(readOnly, user), '/run/stats:uid=10001,gid=10001');
  assert.equal(await memory(readOnly), '/run/stats:mode=1777', 'root may write it whoever it is');
});
